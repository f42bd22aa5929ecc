import type { Element, Nodes } from "hast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { reportError } from "../../messages/messages.ts";
import { containsPlaceholderOrigin, PLACEHOLDER_ORIGIN_RESERVED } from "../../references/placeholder-origin.ts";
import { readableText } from "../first-paragraph.ts";
import { URL_PROPERTIES } from "../resolve-urls.ts";

const isInProperties = ({ properties }: Element): boolean =>
  Object.entries(properties).some(
    ([name, value]) =>
      !Object.hasOwn(URL_PROPERTIES, name) && name !== "srcSet" && containsPlaceholderOrigin(String(value)),
  );

// Texts side by side become one in the HTML.
const isInOwnText = (node: Nodes): boolean =>
  "children" in node &&
  containsPlaceholderOrigin(node.children.map((child) => (child.type === "text" ? child.value : "\0")).join(""));

/**
 * Reports where the text or an attribute of a story contains the placeholder origin, at the innermost element that does.
 * URLs are left to `resolveUrls`.
 */
export const reportPlaceholderOrigin = (file: VFile, tree: Nodes): void => {
  const messageCount = file.messages.length;
  visit(tree, (node) => {
    if (isInOwnText(node) || (node.type === "element" && isInProperties(node))) {
      reportError(file, "placeholder", PLACEHOLDER_ORIGIN_RESERVED, node.position);
    }
  });
  if (file.messages.length > messageCount) return;
  // The text of a paragraph, across its elements, may become the summary.
  visit(tree, "element", (element) => {
    if (element.tagName !== "p" || !containsPlaceholderOrigin(readableText(element))) return;
    reportError(file, "placeholder", PLACEHOLDER_ORIGIN_RESERVED, element.position);
  });
};
