import type { Element, Nodes } from "hast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { reportError } from "../../messages/messages.ts";
import { containsPlaceholderOrigin, PLACEHOLDER_ORIGIN_RESERVED } from "../../references/placeholder-origin.ts";
import { URL_PROPERTIES } from "../absolute-urls.ts";
import { paragraphText } from "../first-paragraph.ts";

const inProperties = ({ properties }: Element): boolean =>
  Object.entries(properties).some(
    ([name, value]) =>
      !Object.hasOwn(URL_PROPERTIES, name) && name !== "srcSet" && containsPlaceholderOrigin(String(value)),
  );

// Texts side by side will be one in the HTML.
const inOwnText = (node: Nodes): boolean =>
  "children" in node &&
  containsPlaceholderOrigin(node.children.map((child) => (child.type === "text" ? child.value : "\0")).join(""));

/**
 * Notes where a story's own words hold the placeholder origin, at the innermost place that does. What its URLs
 * hold is judged with them.
 */
export const reportPlaceholder = (file: VFile, tree: Nodes): void => {
  const before = file.messages.length;
  visit(tree, (node) => {
    if (inOwnText(node) || (node.type === "element" && inProperties(node))) {
      reportError(file, "placeholder", PLACEHOLDER_ORIGIN_RESERVED, node.position);
    }
  });
  if (file.messages.length > before) return;
  // Across its elements, the text of a paragraph may become the summary.
  visit(tree, "element", (element) => {
    if (element.tagName !== "p" || !containsPlaceholderOrigin(paragraphText(element))) return;
    reportError(file, "placeholder", PLACEHOLDER_ORIGIN_RESERVED, element.position);
  });
};
