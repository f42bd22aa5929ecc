import type { Element, Nodes } from "hast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { URL_PROPERTIES } from "./absolutise.ts";
import { paragraphText } from "./first-paragraph.ts";
import { holdsPlaceholder, PLACEHOLDER_REFUSED } from "./placeholder.ts";
import { problem } from "./report.ts";

const inProperties = ({ properties }: Element): boolean =>
  Object.entries(properties).some(
    ([name, value]) => !Object.hasOwn(URL_PROPERTIES, name) && name !== "srcSet" && holdsPlaceholder(String(value)),
  );

// Texts side by side are one in the HTML, and a whole paragraph's text may become the summary.
const inText = (node: Nodes): boolean =>
  "children" in node &&
  (holdsPlaceholder(node.children.map((child) => (child.type === "text" ? child.value : "\0")).join("")) ||
    (node.type === "element" && node.tagName === "p" && holdsPlaceholder(paragraphText(node))));

/** Notes where a story's own words hold the placeholder origin. What its URLs hold is judged with them. */
export const reportPlaceholder = (file: VFile, tree: Nodes): void =>
  visit(tree, (node) => {
    if (inText(node) || (node.type === "element" && inProperties(node))) {
      problem(file, "placeholder", PLACEHOLDER_REFUSED, node.position);
    }
  });
