import type { Element, ElementContent, Root, RootContent } from "hast";
import type { AllowedHtml } from "../../../dialects/rules/rule.ts";

/** What of a block a dialect does not take, with its text or media: names of elements. */
export type LostElements = ReadonlySet<string>;

/** Blocks of text in one another: unwrapped, what they hold would run together. */
const BLOCKS = new Set(
  "address article aside details dd div dl dt figcaption figure footer header main nav p pre section summary".split(
    " ",
  ),
);

const HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"];

const allowedName = (tagName: string, { attributes }: AllowedHtml): string | undefined => {
  if (Object.hasOwn(attributes, tagName)) return tagName;
  if (HEADINGS.includes(tagName)) return HEADINGS.findLast((name) => Object.hasOwn(attributes, name));
  return BLOCKS.has(tagName) && Object.hasOwn(attributes, "div") ? "div" : undefined;
};

const reduceElement = (element: Element, allowed: AllowedHtml, lost: Set<string>): readonly ElementContent[] => {
  const { tagName, properties, children } = element;
  if (allowed.dropped.includes(tagName)) {
    lost.add(tagName);
    return [];
  }
  const reduced = children.flatMap((child) => reduceNode(child, allowed, lost));
  const name = allowedName(tagName, allowed);
  if (name === undefined) return reduced;
  const names = name === tagName ? (allowed.attributes[name] ?? []) : [];
  const others = Object.entries(properties).filter(([property]) => names.includes(property.toLowerCase()));
  return [{ type: "element", tagName: name, properties: Object.fromEntries(others), children: [...reduced] }];
};

const reduceNode = (node: ElementContent, allowed: AllowedHtml, lost: Set<string>): readonly ElementContent[] => {
  if (node.type === "text") return [node];
  return node.type === "element" ? reduceElement(node, allowed, lost) : [];
};

/**
 * A block in the HTML that a dialect takes: other elements are unwrapped, blocks of text become <div>, headings that are too small
 * the smallest there is; those of `allowed.dropped` go with all that is in them, and are in `lost`.
 */
export const reduceHtml = (
  block: readonly RootContent[],
  allowed: AllowedHtml,
): { readonly root: Root; readonly lost: LostElements } => {
  const lost = new Set<string>();
  const children = block.flatMap((node) => (node.type === "doctype" ? [] : reduceNode(node, allowed, lost)));
  return { root: { type: "root", children }, lost };
};
