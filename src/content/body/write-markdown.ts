import type { Element, Nodes } from "hast";
import { defaultHandlers, type Handle, toMdast } from "hast-util-to-mdast";
import type { Html, RootContent } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";
import { EXIT, visit } from "unist-util-visit";
import { writeHtml } from "./write-html.ts";

/** Elements among words for which Markdown has no signs, and without which they would say something else: 10⁶ is not 106. */
const KEPT_TAGS = ["bdo", "ins", "mark", "sub", "sup", "u"];

/** HTML among words: the name tells the package that it is no block of its own. */
const inlineHtml = (value: string, { tagName }: Element): Html => ({ type: "html", value, data: { hName: tagName } });

/** Keeps the tags of an element, with what it holds as Markdown between them. */
const keepTags: Handle = (state, node): RootContent[] => {
  const end = `</${node.tagName}>`;
  const start = writeHtml({ ...node, children: [] }).slice(0, -end.length);
  return [inlineHtml(start, node), ...state.all(node), inlineHtml(end, node)];
};

/** Writes an element as HTML without a blank line, at which it would end for Markdown. */
const writeElement = (node: Element): string =>
  writeHtml(node).replace(/\n(?:[ \t]*\n)+/g, (lines) => lines.replaceAll("\n", "&#10;"));

/** What the cells of a table in Markdown can't hold. */
const NOT_IN_CELLS = new Set(
  "blockquote br details div dl figure h1 h2 h3 h4 h5 h6 hr ol p pre section table ul".split(" "),
);

/** Whether a table is more than rows of cells with a line of text each. */
const isRich = (table: Element): boolean => {
  let found = false;
  visit(table, "element", (node) => {
    const { tagName, properties } = node;
    const isJoined = properties.colSpan !== undefined || properties.rowSpan !== undefined;
    found ||= isJoined || tagName === "caption" || (node !== table && NOT_IN_CELLS.has(tagName));
    return found ? EXIT : undefined;
  });
  return found;
};

const writeTable: Handle = (state, node) =>
  isRich(node) ? { type: "html", value: writeElement(node) } : defaultHandlers.table(state, node);

/** A film or a sound is a link, with the words for those who can't play it, otherwise the name of its file. */
const writeMedia: Handle = (state, node) => {
  const written = defaultHandlers.video(state, node);
  if (!("type" in written) || written.type !== "link" || written.children.length > 0) return written;
  return { ...written, children: [{ type: "text", value: written.url.replace(/^.*\//s, "") }] };
};

/**
 * Writes a tree of safe HTML as GitHub Flavored Markdown, which renderers read as the same text. What it has no signs for stays HTML
 * where the sense depends on it: superscripts, ruby, tables with joined cells.
 */
export const writeMarkdown = (tree: Nodes): string => {
  const markdownTree = toMdast(tree, {
    handlers: {
      ...Object.fromEntries(KEPT_TAGS.map((name) => [name, keepTags])),
      ruby: (_state, node: Element) => inlineHtml(writeElement(node), node),
      audio: writeMedia,
      video: writeMedia,
      table: writeTable,
    },
  });
  return toMarkdown(markdownTree, {
    bullet: "-",
    rule: "-",
    extensions: [gfmToMarkdown({ tablePipeAlign: false })],
  }).trimEnd();
};
