import type { Paragraph, Root, Table } from "mdast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { quote, reportWarning } from "../../messages/messages.ts";

const reportExtraCells = (file: VFile, { align, children }: Table): void => {
  const count = align?.length ?? 0;
  for (const { children: cells } of children) {
    const extra = cells[count];
    if (extra === undefined) continue;
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

const reportFailedTable = (file: VFile, { position }: Paragraph): void => {
  const lines = String(file).slice(position?.start.offset, position?.end.offset).split("\n");
  const [head = "", delimiters = ""] = lines.map((line) => line.replace(/^[\s>]+/, ""));
  const isTable = lines.length > 1 && lines.every((line) => /^[\s>]*\|/.test(line) && line.trimEnd().endsWith("|"));
  if (!isTable && !(head.includes("|") && delimiters.includes("|") && isDelimiterRow(delimiters))) return;
  const advice = isDelimiterRow(delimiters)
    ? `the row of - below the head has ${countCells(delimiters)} cells, the head ${countCells(head)}. Make them as many.`
    : `the head needs a row below it, such as ${quote(`|${"---|".repeat(countCells(head))}`)}.`;
  reportWarning(file, "syntax", `These rows became no table: ${advice}`, position);
};

/** Warns of notes that no text refers to, and of notes and addresses whose name another one has: they are lost. */
const reportLostDefinitions = (file: VFile, tree: Root): void => {
  const used = new Set<string>();
  const known = new Set<string>();
  visit(tree, "footnoteReference", ({ identifier }) => {
    used.add(identifier);
  });
  visit(tree, (node) => {
    if (node.type !== "definition" && node.type !== "footnoteDefinition") return;
    const isNote = node.type === "footnoteDefinition";
    const name = quote(`[${isNote ? "^" : ""}${node.label ?? node.identifier}]`);
    const key = `${node.type} ${node.identifier}`;
    if (known.has(key) && !/^\/\/|^comment$|^#$/i.test(node.identifier)) {
      reportWarning(
        file,
        "lost",
        `${name} stands here a second time, so this one is lost. Give it another name.`,
        node.position,
      );
    } else if (isNote && !used.has(node.identifier)) {
      reportWarning(
        file,
        "lost",
        `No text refers to ${name}, so this note is lost. Write ${name} where it belongs.`,
        node.position,
      );
    }
    known.add(key);
  });
};

/** Warns of what Markdown leaves out of the story without a word, and of tables that became none. */
export const reportLostMarkdown = (file: VFile, tree: Root): void => {
  reportLostDefinitions(file, tree);
  visit(tree, (node) => {
    if (node.type === "table") reportExtraCells(file, node);
    if (node.type === "paragraph") reportFailedTable(file, node);
  });
};
