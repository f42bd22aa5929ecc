import type { Element } from "hast";
import { raw } from "hast-util-raw";
import { toHtml } from "hast-util-to-html";
import { SKIP, visit } from "unist-util-visit";
import { withoutIllegalCharacters } from "../content/illegal-characters.ts";

/** Properties that hold one URL. */
const URL_PROPERTIES = ["href", "src", "poster", "cite"] as const;

/** What shows nothing without an address, and is broken with a wrong one. */
const FILE_TAGS = new Set(["img", "source", "audio", "video", "track", "picture", "iframe"]);

/** What the story never shows. */
const HIDDEN_TAGS = new Set(["script", "style"]);

/** Where scripts find the address of a picture that they load late. */
const LATE_ADDRESSES = ["dataSrc", "dataLazySrc", "dataOriginal"] as const;

const isAddress = (value: unknown): boolean =>
  typeof value === "string" &&
  (value.startsWith("#") || (/^\s*(?:https?|mailto|tel):/i.test(value) && URL.canParse(value)));

const hasAddress = ({ tagName, properties, children }: Element): boolean => {
  const holder = tagName === "picture" ? "img" : "source";
  return (
    (tagName !== "picture" && ["src" as const, ...LATE_ADDRESSES].some((name) => isAddress(properties[name]))) ||
    children.some((child) => child.type === "element" && child.tagName === holder && hasAddress(child))
  );
};

const isLeftOut = (element: Element): boolean =>
  HIDDEN_TAGS.has(element.tagName) || (FILE_TAGS.has(element.tagName) && !hasAddress(element));

/** What stands in the place of an element that is left out. What an iframe swallowed is no text. */
const replacementOf = ({ tagName, children }: Element): Element["children"] =>
  HIDDEN_TAGS.has(tagName) || tagName === "iframe" ? [] : children;

const mendElement = ({ tagName, properties }: Element): void => {
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === "string") properties[name] = withoutIllegalCharacters(value);
  }
  for (const name of URL_PROPERTIES) if (!isAddress(properties[name])) delete properties[name];
  // The picture is there without the list of its sizes, too.
  delete properties.srcSet;
  delete properties.dataSrcSet;
  if (tagName === "img" && typeof properties.alt !== "string") properties.alt = "";
};

/**
 * HTML of another system as it can be published: characters that no feed can hold are left out, and so are addresses that lead nowhere,
 * and pictures, sounds and films that have no other, but for what stands in their place; a picture without an alternative text is
 * decoration. What the text says stays.
 */
export const mendHtml = (html: string): string => {
  const tree = raw({ type: "root", children: [{ type: "raw", value: html }] });
  visit(tree, "text", (node) => {
    node.value = withoutIllegalCharacters(node.value);
  });
  visit(tree, "element", (node, index, parent) => {
    mendElement(node);
    if (parent === undefined || index === undefined || !isLeftOut(node)) return undefined;
    parent.children.splice(index, 1, ...replacementOf(node));
    return [SKIP, index];
  });
  return toHtml(tree);
};

/** A text as a paragraph of HTML. */
export const toParagraph = (text: string): string =>
  toHtml({ type: "element", tagName: "p", properties: {}, children: [{ type: "text", value: text }] });
