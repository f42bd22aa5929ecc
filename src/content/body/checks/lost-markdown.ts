import { decodeNamedCharacterReference } from "decode-named-character-reference";
import type { Definition, FootnoteDefinition, Html, Link, Paragraph, Root, Table, Text } from "mdast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { location } from "vfile-location";
import { quote, reportWarning } from "../../messages/messages.ts";

const reportRows = (file: VFile, { align, children }: Table): void => {
  const count = align?.length ?? 0;
  const source = String(file);
  for (const { children: cells, position } of children) {
    const extra = cells[count];
    if (extra === undefined) {
      if (source.slice(position?.start.offset, position?.end.offset).includes("|")) continue;
      const reason =
        "This line became a row of the table. Put a blank line before it; or, if it is a row, a | around each cell.";
      reportWarning(file, "syntax", reason, position);
      continue;
    }
    const reason = `This row has ${cells.length} cells and the head ${count}, so what stands from here on is lost. Add columns to the head, or write \\| for a | that is text.`;
    reportWarning(file, "lost", reason, extra.position);
  }
};

/** Characters: nobody writes a longer row below a head. */
const MAX_ROW_LENGTH = 1000;

const isDelimiterRow = (row: string): boolean =>
  row.length <= MAX_ROW_LENGTH && row.includes("-") && row.split("|").every((cell) => /^:?-*:?$/.test(cell.trim()));

const countCells = (row: string): number =>
  row
    .replace(/\\\|/g, "")
    .replace(/^\s*\||\|\s*$/g, "")
    .split("|").length;

const isRow = (line: string): boolean => /^\|.*\|$/.test(line);

/** The numbers of the first and the last line of rows in a paragraph; undefined if it has none. */
const findRows = (lines: readonly string[]): readonly [start: number, end: number] | undefined => {
  const delimiters = lines.findIndex((line) => line.includes("|") && isDelimiterRow(line));
  if (delimiters >= 0) return [Math.max(0, delimiters - 1), lines.length];
  const start = lines.findIndex((line, index) => isRow(line) && isRow(lines[index + 1] ?? ""));
  if (start >= 0) return [start, lines.length];
  const [first = 0, ...others] = lines.map((line) => line.split(/\s\|\s/).length);
  return first > 1 && others.length > 0 && others.every((count) => count === first) ? [0, lines.length] : undefined;
};

const reportFailedTable = (file: VFile, { position }: Paragraph): void => {
  const source = String(file).slice(position?.start.offset, position?.end.offset);
  if (position === undefined || !source.includes("|")) return;
  const lines = source.split("\n").map((line) => line.replace(/^[\s>]+/, "").trimEnd());
  const [start, end] = findRows(lines) ?? [];
  if (start === undefined) return;
  const [head = "", delimiters = ""] = lines.slice(start, end);
  const advice = isDelimiterRow(head)
    ? "no head stands directly above the row of -, without a blank line."
    : isDelimiterRow(delimiters)
      ? `the row of - below the head has ${countCells(delimiters)} cells, the head ${countCells(head)}. Make them as many.`
      : `the head needs a row below it, such as ${quote(`|${"---|".repeat(countCells(head))}`)}.`;
  const place = start === 0 ? position : { line: position.start.line + start, column: 1 };
  reportWarning(file, "syntax", `These rows became no table: ${advice}`, place);
};

/** Definitions that nobody means to refer to: `[//]: # (a comment)`. */
const isComment = ({ identifier, url }: Definition): boolean =>
  /^\/\/|^comment$|^#$|^_$/i.test(identifier) || /^#?$/.test(url);

/** Why a definition is lost that no text refers to. */
const explainUnused = (node: Definition | FootnoteDefinition, name: string): string =>
  node.type === "footnoteDefinition"
    ? `No text refers to ${name}, so this note is lost. Write ${name} where it belongs.`
    : `This line gives the name ${name} to an address, no text refers to it, and readers don't see it. Write [text]${name.replaceAll("`", "")} where it belongs; if it is text, put a backslash before the [.`;

/** Warns of notes and addresses that no text refers to, and of those whose name another one has: they are lost. */
const reportLostDefinitions = (file: VFile, tree: Root): void => {
  const used = new Set<string>();
  const known = new Set<string>();
  visit(tree, ["footnoteReference", "imageReference", "linkReference"], (node) => {
    if (!("identifier" in node)) return;
    used.add(`${node.type === "footnoteReference" ? "footnoteDefinition" : "definition"} ${node.identifier}`);
  });
  visit(tree, (node) => {
    if (node.type !== "definition" && node.type !== "footnoteDefinition") return;
    if (node.type === "definition" && isComment(node)) return;
    const name = quote(`[${node.type === "footnoteDefinition" ? "^" : ""}${node.label ?? node.identifier}]`);
    const key = `${node.type} ${node.identifier}`;
    if (known.has(key)) {
      const reason = `${name} stands here a second time, so this one is lost. Give it another name.`;
      reportWarning(file, "lost", reason, node.position);
    } else if (!used.has(key)) {
      reportWarning(file, "lost", explainUnused(node, name), node.position);
    }
    known.add(key);
  });
};

/** Warns of links that nobody can see, and of those whose title has swallowed what follows. */
const reportLostLink = (file: VFile, link: Link): void => {
  if (link.children.every((child) => child.type === "text" && child.value.trim() === "")) {
    reportWarning(file, "lost", "This link has no words, so nobody sees it. Write [text](address).", link.position);
  }
  if (link.title?.includes("](")) {
    const reason = `The title of this link goes on to ${quote(link.title.slice(-20))}, and readers don't see that. Put a quotation mark at its end.`;
    reportWarning(file, "lost", reason, link.position);
  }
};

/** What looks like a reference to a character, with a semicolon or without one where people forget it. */
const CHARACTER_REFERENCE =
  /(?<!\\)&(amp;)?(?:([a-z][a-z\d]{1,30});|#(?:\d{1,20}|x[\da-f]{1,20})(;?)|(?:nbsp|[lr][ad]quo|[lr]squo|[mn]dash|hellip|quot|amp|copy|euro|shy)(?![a-z\d=;]))/gi;

/** Warns of what looks like a reference to a character, and stands as it is written: `&mdahs;`, `&mdash`, `&amp;nbsp;`. */
const reportFailedReferences = (file: VFile, { position }: Text): void => {
  const start = position?.start.offset ?? 0;
  const source = String(file).slice(start, position?.end.offset);
  for (const { 0: written, 1: ampersand, 2: name, 3: semicolon, index } of source.matchAll(CHARACTER_REFERENCE)) {
    const isKnown = name !== undefined && decodeNamedCharacterReference(name) !== false;
    const isRead = isKnown || (semicolon === ";" && written.length < 11);
    if (ampersand === undefined ? isRead : !isRead) continue;
    const reason = `Readers see ${quote(`&${written.slice(ampersand === undefined ? 1 : 5)}`)} as it stands. Write the character itself; or, if you mean these words, put them into backquotes.`;
    reportWarning(file, "syntax", reason, location(file).toPoint(start + index));
  }
};

/** Warns of what HTML takes for a comment. */
const reportLostHtml = (file: VFile, html: Html): void => {
  const mark = /^<(?:\?\w*|!\[CDATA\[|![a-z]+)/i.exec(html.value)?.[0];
  if (mark === undefined) return;
  const reason = `${quote(mark)} begins what HTML takes for a comment, so it is lost. Delete it, or write what it stands for.`;
  reportWarning(file, "lost", reason, html.position);
};

/** Warns of what Markdown leaves out of the story without a word, and of tables that became none. */
export const reportLostMarkdown = (file: VFile, tree: Root): void => {
  reportLostDefinitions(file, tree);
  visit(tree, (node) => {
    if (node.type === "table") reportRows(file, node);
    if (node.type === "paragraph") reportFailedTable(file, node);
    if (node.type === "link") reportLostLink(file, node);
    if (node.type === "html") reportLostHtml(file, node);
    if (node.type === "text" && node.value.includes("&")) reportFailedReferences(file, node);
  });
};
