import type { Nodes } from "hast";
import { toHtml } from "hast-util-to-html";
import { visit } from "unist-util-visit";

/** HTML parsers leave out a line feed right behind `<pre>` (HTML, "parsing-main-inbody"), so one that counts is written twice. */
const doubleFirstLineFeeds = (tree: Nodes): void =>
  visit(tree, "element", ({ tagName, children: [first] }) => {
    if (tagName === "pre" && first?.type === "text" && /^[\n\r]/.test(first.value)) first.value = `\n${first.value}`;
  });

/** Writes a safe tree as HTML, for all formats. Changes the tree. */
export const serializeHtml = (tree: Nodes): string => {
  doubleFirstLineFeeds(tree);
  // A carriage return can only come from &#13;, and whoever parses HTML makes it a line feed (§13.2.3.5).
  return toHtml(tree).replace(/\r\n?/g, "\n").trim();
};
