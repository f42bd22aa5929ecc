import type { Element, Parents, Root } from "hast";
import { SKIP, visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { quote, reportWarning } from "../messages/messages.ts";
import { trimReference } from "../references/references.ts";
import { normalizeWhitespace } from "../schema/values.ts";
import { isVisible } from "../visible-text.ts";
import { isInvisible } from "./hidden.ts";
import { watchAddress } from "./watch-address.ts";

declare module "hast" {
  interface ElementData {
    /** Whether this is a link in the place of a frame. */
    readonly isFrameLink?: boolean;
  }
}

/** Elements that show what is elsewhere. */
export const FRAMES: ReadonlySet<string> = new Set(["embed", "fencedframe", "iframe", "object", "portal"]);

/** Attributes that hold a frame's address; the names with `data` are those of scripts that load frames late. */
const ADDRESS_PROPERTIES = ["src", "data", "dataSrc", "dataLazySrc", "dataOriginal", "dataUrl"];

/** In these, a paragraph may stand. */
const FLOW_PARENTS = new Set([
  "article",
  "aside",
  "blockquote",
  "body",
  "center",
  "details",
  "div",
  "figure",
  "main",
  "section",
]);

/** What players and their hosts call every film. */
const EMPTY_TITLE =
  /^(?:youtube video(?: player)?|vimeo(?:[- ]player)?|(?:embedded )?(?:content|frame|iframe|player|post|video)|video player)$/i;

/** Whether a value is the address of a page or a file that a link can lead to. */
const isAddress = (value: unknown): value is string => {
  if (typeof value !== "string") return false;
  const address = trimReference(value);
  return /^https?:/i.test(address) ? URL.canParse(address) : address !== "" && !/^[a-z][a-z\d+.-]*:/i.test(address);
};

const addressOf = ({ properties, children }: Element): string | undefined => {
  const own = ADDRESS_PROPERTIES.map((name) => properties[name]).find(isAddress);
  if (own !== undefined) return own;
  for (const child of children) {
    if (child.type !== "element") continue;
    // Flash: <param name="movie" value="…">.
    const isMovie = child.tagName === "param" && /^(?:movie|src|url)$/i.test(String(child.properties.name));
    const value = isMovie ? child.properties.value : FRAMES.has(child.tagName) ? addressOf(child) : undefined;
    if (isAddress(value)) return value;
  }
  return undefined;
};

const titleOf = ({ properties: { title, ariaLabel } }: Element): string => {
  const stated = [title, ariaLabel].map((value) => normalizeWhitespace(String(value ?? "")));
  return stated.find((value) => isVisible(value) && !EMPTY_TITLE.test(value)) ?? "";
};

const linkTo = (frame: Element, address: string, text: string): Element => ({
  type: "element",
  tagName: "a",
  properties: { href: address },
  children: [{ type: "text", value: text }],
  data: { isFrameLink: true },
  ...(frame.position && { position: frame.position }),
});

const paragraphOf = (link: Element): Element => ({ type: "element", tagName: "p", properties: {}, children: [link] });

const isFlow = (parent: Parents): boolean =>
  parent.type === "root" || (parent.type === "element" && FLOW_PARENTS.has(parent.tagName));

const reportFrame = (file: VFile, frame: Element, address: string | undefined, title: string): void => {
  const removed = `<${frame.tagName}> is not allowed in a feed and was removed with all it holds`;
  const advice =
    address === undefined
      ? `${removed}. Put a link to what it showed in its place.`
      : `${removed}; a link to ${quote(address)} stands in its place.${title === "" ? " Give it a `title`, which becomes the link's text." : ""}`;
  reportWarning(file, "removed", advice, frame.position);
};

/**
 * Puts a link to what it showed in the place of every frame of a tree, and warns of each. The link's text is the frame's title,
 * otherwise the address. A frame that has no address, or shows nothing, is left for the sanitiser to remove.
 */
export const replaceFrames = (file: VFile, tree: Root): void => {
  visit(tree, "element", (element, index, parent) => {
    if (element.tagName === "noscript") return SKIP;
    if (!FRAMES.has(element.tagName) || index === undefined || parent === undefined) return undefined;
    const found = isInvisible(element) ? undefined : addressOf(element);
    const address = found && watchAddress(found);
    const title = titleOf(element);
    reportFrame(file, element, address, title);
    if (address === undefined) {
      parent.children.splice(index, 1);
      return index;
    }
    const link = linkTo(element, address, title || address);
    const isInLink = parent.type === "element" && parent.tagName === "a";
    const shown = isInLink ? link.children : isFlow(parent) ? [paragraphOf(link)] : [link];
    parent.children.splice(index, 1, ...shown);
    return SKIP;
  });
};

/** Whether an element is a link in the place of a frame. */
export const isFrameLink = ({ data }: Element): boolean => data?.isFrameLink === true;
