import type { Element, Nodes } from "hast";
import { defaultHandlers, type Handle, toMdast } from "hast-util-to-mdast";
import { toString as textOf } from "hast-util-to-string";
import type { Html, Nodes as MarkdownNodes, RootContent } from "mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";
import { EXIT, visit } from "unist-util-visit";
import { writeHtml } from "./write-html.ts";

/** Elements among words for which Markdown has no signs, and without which they would say something else: 10⁶ is not 106. */
const KEPT_TAGS = ["bdo", "ins", "mark", "sub", "sup", "u"];

/** Elements for which it has. */
const EMPHASIS = ["b", "del", "em", "i", "s", "strike", "strong"] as const;

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

/** Blocks: neither the cells of a table nor emphasis can hold them in Markdown. */
const BLOCKS = new Set("blockquote details div dl figure h1 h2 h3 h4 h5 h6 hr li ol p pre section table ul".split(" "));

const hasBlock = (element: Element): boolean => {
  let found = false;
  visit(element, "element", (node) => {
    found ||= node !== element && BLOCKS.has(node.tagName);
    return found ? EXIT : undefined;
  });
  return found;
};

/**
 * Makes handlers for emphasis: signs for it are left out round whole blocks, as of an element that was closed too late, within emphasis
 * of the same kind, and round nothing, where they would be read as text.
 */
const emphasisHandlers = (): Readonly<Record<string, Handle>> => {
  const open = new Set<Handle>();
  const entries = EMPHASIS.map((name): readonly [string, Handle] => {
    const handle: Handle = defaultHandlers[name];
    return [
      name,
      (state, node, parent) => {
        if (open.has(handle) || hasBlock(node) || textOf(node).trim() === "") return state.all(node);
        open.add(handle);
        const written = handle(state, node, parent);
        open.delete(handle);
        return written;
      },
    ];
  });
  return Object.fromEntries(entries);
};

/** Code without a sign in it would be two backquotes. */
const writeCode: Handle = (state, node) =>
  textOf(node).trim() === "" ? state.all(node) : defaultHandlers.code(state, node);

/** Elements that are code, or look like it. */
const CODE_TAGS = ["code", "kbd", "samp", "tt", "var"];

/**
 * Puts an empty comment between two codes, and two texts that are struck out: the signs of both together would be others. A line
 * break in code becomes a space, which it is to readers: it would end the row of a table.
 */
const mendSigns = (tree: MarkdownNodes): void => {
  visit(tree, ["delete", "inlineCode"], (node, index = 0, parent) => {
    if (node.type === "inlineCode") node.value = node.value.replaceAll("\n", " ");
    if (parent === undefined || !("children" in parent)) return;
    if (parent.children[index + 1]?.type === node.type)
      parent.children.splice(index + 1, 0, { type: "html", value: "<!-- -->" });
  });
};

/** Whether a table is more than rows of cells with a line of text each. */
const isRich = (table: Element): boolean => {
  let found = hasBlock(table);
  visit(table, "element", ({ tagName, properties }) => {
    found ||= tagName === "caption" || properties.colSpan !== undefined || properties.rowSpan !== undefined;
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
      ...emphasisHandlers(),
      ...Object.fromEntries(CODE_TAGS.map((name) => [name, writeCode])),
      // A backslash at the end of a paragraph would be one.
      br: (_state, node: Element) => inlineHtml("<br>", node),
      a: (state, node: Element) =>
        node.properties.href === undefined ? state.all(node) : defaultHandlers.a(state, node),
      ruby: (_state, node: Element) => inlineHtml(writeElement(node), node),
      audio: writeMedia,
      video: writeMedia,
      table: writeTable,
    },
  });
  mendSigns(markdownTree);
  return toMarkdown(markdownTree, {
    bullet: "-",
    rule: "-",
    extensions: [gfmToMarkdown({ tablePipeAlign: false })],
  }).trimEnd();
};
