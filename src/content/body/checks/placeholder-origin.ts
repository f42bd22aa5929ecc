import type { Element, Nodes } from "hast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { plainText } from "../../../lib/plain-text.ts";
import { reportError } from "../../messages/messages.ts";
import { containsPlaceholderOrigin, PLACEHOLDER_ORIGIN_RESERVED } from "../../references/placeholder-origin.ts";
import type { Lead } from "../lead/lead.ts";
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
 * Reports where the text or an attribute of a story contains the placeholder origin, at the innermost element that does, or its
 * lead across elements. URLs must be resolved already: `resolveUrls` looks at them.
 */
export const reportPlaceholderOrigin = (file: VFile, tree: Nodes, { lead, words }: Lead): void => {
  const messageCount = file.messages.length;
  visit(tree, (node) => {
    if (isInOwnText(node) || (node.type === "element" && isInProperties(node))) {
      reportError(file, "placeholder", PLACEHOLDER_ORIGIN_RESERVED, node.position);
    }
  });
  if (file.messages.length > messageCount || !containsPlaceholderOrigin(lead + words)) return;
  const blocks = "children" in tree ? tree.children : [];
  const block = blocks.find((child) => containsPlaceholderOrigin(plainText(child)));
  reportError(file, "placeholder", PLACEHOLDER_ORIGIN_RESERVED, block?.position);
};
