import type { ElementContent, Nodes, RootContent } from "hast";
import { EXIT, SKIP, visit } from "unist-util-visit";
import { normalizeWhitespace } from "../schema/values.ts";

// The number of a footnote and the reading of a ruby text are not part of the sentence.
const isOutsideSentence = (node: RootContent | ElementContent): boolean =>
  node.type === "element" &&
  (["rp", "rt"].includes(node.tagName) ||
    (node.tagName === "sup" &&
      node.children.some((child) => child.type === "element" && "dataFootnoteRef" in child.properties)));

/** The text of a node as one would read it aloud. */
export const readableText = (node: Nodes): string => {
  if (node.type === "text") return node.value;
  if (node.type === "element" && node.tagName === "br") return " ";
  if (!("children" in node)) return "";
  return node.children.map((child) => (isOutsideSentence(child) ? "" : readableText(child))).join("");
};

/** The text of the first paragraph that has any, on one line; empty if none has. */
export const firstParagraph = (tree: Nodes): string => {
  let found = "";
  visit(tree, "element", (element) => {
    if (element.tagName !== "p") return undefined;
    found = normalizeWhitespace(readableText(element));
    return found === "" ? SKIP : EXIT;
  });
  return found;
};
