import type { Nodes, RootContent } from "hast";
import { toString as textOf } from "hast-util-to-string";
import { visitParents } from "unist-util-visit-parents";
import type { Block } from "../../../model/item.ts";
import { parseSrcset } from "../srcset.ts";
import { writeHtml } from "../write-html.ts";

/** A top-level block of a story's text, with the nodes that it was written from. */
export interface BlockNode {
  readonly block: Block;
  readonly node: RootContent;
}

/** A story's text as HTML, and its blocks in order. */
export interface WrittenBlocks {
  readonly html: string;
  readonly blocks: readonly BlockNode[];
}

const isBlank = (node: Nodes): boolean => node.type === "text" && node.value.trim() === "";

const textOfProperty = (value: unknown): readonly string[] => (typeof value === "string" ? [value] : []);

/** What is known of a block, but for its place. */
const describe = (node: RootContent): Omit<Block, "end"> => {
  const elements = new Set<string>();
  const media = new Set<string>();
  let depth = 0;
  visitParents(node, "element", ({ tagName, properties }, ancestors) => {
    elements.add(tagName);
    depth = Math.max(depth, ancestors.length + 1);
    for (const url of [properties.src, properties.poster].flatMap(textOfProperty)) media.add(url);
    for (const { url } of textOfProperty(properties.srcSet).flatMap(parseSrcset)) media.add(url);
  });
  const kind = node.type === "element" ? node.tagName : "text";
  return { kind, elements: [...elements].sort(), depth, textLength: textOf(node).length, media: [...media] };
};

/**
 * Writes a tree as HTML, without white space at its ends. Each of its children that is not white space alone is a block, which
 * ends where its HTML does.
 */
export const writeBlocks = (tree: Nodes): WrittenBlocks => {
  const children = tree.type === "root" ? tree.children : [];
  const pieces = children.map((node) => ({ node, html: writeHtml(node) }));
  const written = pieces.map(({ html }) => html).join("");
  const html = written.trim();
  let end = -written.indexOf(html);
  const blocks = pieces.flatMap(({ node, html: piece }): readonly BlockNode[] => {
    end += piece.length;
    return isBlank(node) || piece === ""
      ? []
      : [{ node, block: { end: Math.min(end, html.length), ...describe(node) } }];
  });
  return { html, blocks };
};
