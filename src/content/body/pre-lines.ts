import type { Element, Nodes } from "hast";
import { visit } from "unist-util-visit";

// HTML parsers leave out a line feed right behind `<pre>` (HTML, "parsing-main-inbody"), so one that counts is written twice.

const repeatLineFeed = (first: Element["children"][number] | undefined): void => {
  if (first?.type === "text" && /^[\n\r]/.test(first.value)) first.value = `\n${first.value}`;
};

const forEachPre = (tree: Nodes, change: (pre: Element) => void): void =>
  visit(tree, "element", (element) => {
    if (element.tagName === "pre") change(element);
  });

/** Readies a tree to be written as HTML: an empty first line of a `<pre>` must reach readers. */
export const repeatFirstLineFeeds = (tree: Nodes): void =>
  forEachPre(tree, ({ children }) => repeatLineFeed(children[0]));

/** Readies a tree for hast-util-raw, which leaves out the line feed behind `<pre><code>`, too. */
export const repeatFirstLineFeedsOfCode = (tree: Nodes): void =>
  forEachPre(tree, ({ children: [code] }) => {
    if (code?.type === "element") repeatLineFeed(code.children[0]);
  });
