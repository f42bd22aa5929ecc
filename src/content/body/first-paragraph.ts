import type { ElementContent, Nodes, RootContent } from "hast";
import { EXIT, SKIP, visit } from "unist-util-visit";
import { oneLine } from "../schema/shapes.ts";

// A footnote's number, the reading of a ruby and a checkbox are not read as part of the sentence.
const isAside = (node: RootContent | ElementContent): boolean =>
  node.type === "element" &&
  (["rp", "rt"].includes(node.tagName) ||
    (node.tagName === "sup" &&
      node.children.some((child) => child.type === "element" && "dataFootnoteRef" in child.properties)));

/** What is read aloud of a node. */
export const paragraphText = (node: Nodes): string => {
  if (node.type === "text") return node.value;
  if (node.type === "element" && node.tagName === "br") return " ";
  return "children" in node ? node.children.map((child) => (isAside(child) ? "" : paragraphText(child))).join("") : "";
};

/** The text of the first paragraph that has any, on one line; empty where there is none. */
export const firstParagraph = (tree: Nodes): string => {
  let found = "";
  visit(tree, "element", (element) => {
    if (element.tagName !== "p") return undefined;
    found = oneLine(paragraphText(element));
    return found === "" ? SKIP : EXIT;
  });
  return found;
};
