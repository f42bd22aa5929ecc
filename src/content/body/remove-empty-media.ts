import type { Element, ElementContent, Nodes } from "hast";
import { visit } from "unist-util-visit";

const isElement = (node: ElementContent, tagName: string): node is Element =>
  node.type === "element" && node.tagName === tagName;

const hasAddress = ({ tagName, properties, children }: Element): boolean => {
  if (properties.src !== undefined || properties.srcSet !== undefined) return true;
  if (tagName === "picture") return children.some((child) => isElement(child, "img") && hasAddress(child));
  return children.some((child) => isElement(child, "source") && hasAddress(child));
};

/** The text of a picture, which stays where the picture can't. */
const textOf = ({ tagName, properties, children }: Element): readonly ElementContent[] => {
  if (tagName === "picture") return children.flatMap((child) => (isElement(child, "img") ? textOf(child) : []));
  return tagName === "img" && typeof properties.alt === "string" && properties.alt !== ""
    ? [{ type: "text", value: properties.alt }]
    : [];
};

const MEDIA = new Set(["audio", "img", "picture", "source", "track", "video"]);

/** Whether a tree has a picture, film or sound that readers can get. */
export const hasMedia = (tree: Nodes): boolean => {
  let found = false;
  visit(tree, "element", (element) => {
    found ||= ["audio", "img", "video"].includes(element.tagName) && hasAddress(element);
  });
  return found;
};

/** Puts the text of a picture whose address was removed in its place, and removes other media that have none. */
export const removeEmptyMedia = (tree: Nodes): void =>
  visit(tree, "element", (element, index, parent) => {
    if (!MEDIA.has(element.tagName) || hasAddress(element) || index === undefined) return undefined;
    parent?.children.splice(index, 1, ...textOf(element));
    return index;
  });
