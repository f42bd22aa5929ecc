import type { Code, Emphasis, Heading, List, ListItem, Nodes, Paragraph, Root, Strong } from "mdast";
import { visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { quote, reportWarning } from "../../messages/messages.ts";

// Prose can be Markdown by accident: a year at the beginning of a line numbers a list, four spaces make code, a line of hyphens
// makes a heading of what stands above it. What it became is legal, so these are guesses, and none is an error.

const sourceOf = (file: VFile, { position }: Nodes): string =>
  String(file).slice(position?.start.offset, position?.end.offset);

const warn = (file: VFile, node: Nodes, reason: string): void => reportWarning(file, "syntax", reason, node.position);

/** UTF-16 units: headings are shorter. */
const MAX_UNDERLINED_LENGTH = 100;

const reportHeading = (file: VFile, heading: Heading): void => {
  if (heading.children.length === 0) {
    warn(file, heading, "This heading has no words. Write some, or delete it.");
    return;
  }
  const lines = sourceOf(file, heading).split("\n");
  const underline = /(-+|=+)[ \t]*$/.exec(lines.at(-1) ?? "")?.[1] ?? "";
  if (lines.length < 2 || underline === "") return;
  const text = lines.slice(0, -1).join(" ").trim();
  const isProse = lines.length > 2 || underline.length === 1 || text.length > MAX_UNDERLINED_LENGTH;
  if (!isProse && !/[.,;:。，；：]$/.test(text)) return;
  warn(
    file,
    heading,
    `${quote(text)} became a heading, since ${quote(underline)} stands directly below. If it is none, put a blank line between them.`,
  );
};

/** The numbers that stand before the entries of a list. */
const numbersOf = (file: VFile, list: List): readonly number[] =>
  list.children.map((item) => Number.parseInt(sourceOf(file, item), 10));

/** Whether a list stands before it in the same text whose numbers it may go on with. */
const isContinued = (list: List, before: readonly Nodes[]): boolean =>
  before.some((other) => other.type === "list" && other.ordered === true && (other.start ?? 1) <= (list.start ?? 1));

const reportOrderedList = (file: VFile, list: List, before: readonly Nodes[]): void => {
  const numbers = numbersOf(file, list);
  const [first = 1] = numbers;
  const last = before.at(-1);
  const interruptsText = last?.type === "paragraph" && last.position?.end.line === (list.position?.start.line ?? 0) - 1;
  if (numbers.length === 1 && (interruptsText || (first > 1 && !isContinued(list, before)))) {
    const mark = /^\d+[.)]/.exec(sourceOf(file, list))?.[0] ?? "";
    warn(
      file,
      list,
      `${quote(mark)} became the number of a list, which the summary is without. If it is a part of the text, write ${quote(`${mark.slice(0, -1)}\\${mark.slice(-1)}`)}.`,
    );
    return;
  }
  if (new Set(numbers).size === 1) return;
  const wrong = numbers.findIndex((number, index) => number !== first + index);
  const item = list.children[wrong];
  if (item === undefined) return;
  warn(
    file,
    item,
    `Readers see ${first + wrong} here, not ${numbers[wrong]}: the numbers of a list go up by one from its first. Write it so, or put a backslash behind each number: ${quote(`${numbers[wrong]}\\.`)}.`,
  );
};

const reportList = (file: VFile, list: List, before: readonly Nodes[]): void => {
  if (list.ordered === true) {
    reportOrderedList(file, list, before);
    return;
  }
  const [sign, number] = /^([+-])[ \t]+(\d\S*)/.exec(sourceOf(file, list))?.slice(1) ?? [];
  if (list.children.length > 1 || sign === undefined || number === undefined) return;
  warn(
    file,
    list,
    `${quote(`${sign} ${number}`)} became an entry of a list. If the sign belongs to the number, write ${quote(`${sign === "-" ? "−" : "\\+"}${number}`)}.`,
  );
};

/** What stands before entries of lists that Markdown does not know. */
const FOREIGN_MARK =
  /^(?:[•◦▪■●○‣⁃∙·＊]|[a-zA-Z]\)(?=\s)|\(?\d{1,3}\)|\d{1,3}、|[０-９]{1,3}[．、）]|[（]\d{1,3}[）]|[\u{2460}-\u{2473}]|[一二三四五六七八九十]、)[\s\u{3000}]*\S/u;
/** The first of them, where they count. */
const FIRST_MARK = /^(?:[•◦▪■●○‣⁃∙·＊]|[（(]?[aA1１①一])/;
const DASH = /^[–—―][ \t\u{A0}]\S/u;

/** Lines that people see as one each, and that run together in a paragraph. */
const reportJoinedLines = (file: VFile, paragraph: Paragraph): void => {
  const lines = sourceOf(file, paragraph)
    .split("\n")
    .map((line) => line.replace(/^[\s>]+/, ""));
  if (lines.length < 2) return;
  const isEach = lines.every((line) => DASH.test(line));
  const marked = lines.filter((line) => FOREIGN_MARK.test(line));
  if (!isEach && (marked.length < 2 || !FIRST_MARK.test(marked[0] ?? ""))) return;
  if (lines.slice(0, -1).every((line) => /(?:\\|<br\s*\/?>)$/.test(line) || / {2}$/.test(line))) return;
  warn(
    file,
    paragraph,
    "These lines run together to one. Begin each with - and a space for a list, or put a backslash at the end of each to break the line.",
  );
};

const FENCE = /^(`{3,}|~{3,})/;

/** Words that stand as they do in prose, which code hardly has. */
const PROSE =
  /^\s*(?:["“„«»'‘(*_]*\p{L}[\p{L}\p{M}\p{N}'’.-]*[,;:.!?"”“»«)*_]*[ \t]+){5,}\S|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]{6,}.*[。，、]/mu;

/** Markdown that is indented too far. */
const MARKDOWN =
  /^(?:(?:[*+-]|\d+[.)]) (?!.*: )(?=.*\p{L}{3})|> |#{1,6} \p{Lu}|\[\^[^\]]+\]: |!?\[[^\]]+\]\([^)\s]+\)|`{3}|~{3})/u;

/** What GitHub draws, and feeds show as it stands. */
const DRAWN = new Set(["geojson", "math", "mermaid", "stl", "topojson"]);

const reportCode = (file: VFile, code: Code): void => {
  const source = sourceOf(file, code);
  const fence = FENCE.exec(source)?.[0];
  if (fence === undefined) {
    const { value } = code;
    if (!MARKDOWN.test(value.trimStart()) && (!PROSE.test(value) || /[{}<>=$|\\]|;$/m.test(value))) return;
    warn(
      file,
      code,
      "Four spaces or a tab before it made code of this. Delete them; if it is code, put a line of ``` above and below it instead.",
    );
    return;
  }
  const lastLine = source.includes("\n") ? source.slice(source.lastIndexOf("\n") + 1).replace(/^[\s>]+/, "") : "";
  if (!lastLine.startsWith(fence) || lastLine.replaceAll(fence[0] ?? "", "").trim() !== "") {
    warn(file, code, `This code has no end, so all from here on is in it. Put a line of ${fence} behind the code.`);
  } else if (code.lang != null && (DRAWN.has(code.lang.toLowerCase()) || code.lang.startsWith("{"))) {
    warn(
      file,
      code,
      `${quote(code.lang)} is drawn by other systems; here readers see what stands in it. Add a picture of it, or delete this word.`,
    );
  }
};

/** Warns of a box that can't be checked: `- []`, `- [ ]text`. */
const reportCheckBox = (file: VFile, item: ListItem): void => {
  const box = /^(?:[*+-]|\d+[.)])[ \t]+(\[[ xX]?\])(?![([:])/.exec(sourceOf(file, item))?.[1];
  if (box === undefined || typeof item.checked === "boolean") return;
  warn(
    file,
    item,
    `${quote(box)} became no check box. Write ${quote("- [ ] ")} or ${quote("- [x] ")}, with a space behind it.`,
  );
};

/**
 * Warns of a line such as `#Title` above a text, which is a heading in some systems. Where it looks like a tag of a social network
 * (more of them, the end of a sentence, several capitals) it is left alone.
 */
const reportHashLine = (file: VFile, paragraph: Paragraph, next: Nodes | undefined): void => {
  const source = sourceOf(file, paragraph);
  if (next?.type !== "paragraph" || !/^#\p{Lu}[^\n#@]{1,80}(?<![.!?…:,;。！？])$/u.test(source)) return;
  if (!source.includes(" ") && /\p{Ll}\p{Lu}|\p{Lu}{2}|\p{N}/u.test(source)) return;
  const reason = `${quote(source)} became no heading: there is no space behind the #. Add one; or, if it is a tag, put a backslash before the #.`;
  warn(file, paragraph, reason);
};

/** Emphasis that begins in the midst of a word and ends in the midst of another, or stands between digits: `Autor*innen`, `2*3*4`. */
const reportStars = (file: VFile, node: Emphasis | Strong): void => {
  const source = String(file);
  const [start, end] = [node.position?.start.offset ?? 0, node.position?.end.offset ?? 0];
  const [before, after] = [source[start - 1] ?? "", source[end] ?? ""];
  const text = sourceOf(file, node).replace(/^\*+|\*+$/g, "");
  const isInWords = /[\p{sc=Latin}\p{sc=Cyrillic}\p{sc=Greek}\p{N}]/u;
  if (!isInWords.test(before) || !isInWords.test(after)) return;
  if (!/\s/.test(text) && !/\p{N}/u.test(before + after) && text.length > 1) return;
  warn(
    file,
    node,
    `The * before and behind ${quote(text)} became emphasis, and no reader sees them. If they belong to the text, write ${quote("\\*")}.`,
  );
};

/** Warns of prose that Markdown takes for a heading, a list, code or emphasis, though nobody meant that. */
export const reportAccidentalMarkdown = (file: VFile, tree: Root): void =>
  visit(tree, (node, index, parent) => {
    switch (node.type) {
      case "heading":
        return reportHeading(file, node);
      case "list":
        return reportList(file, node, parent?.children.slice(0, index) ?? []);
      case "listItem":
        return reportCheckBox(file, node);
      case "paragraph":
        reportHashLine(file, node, parent?.children[(index ?? 0) + 1]);
        return reportJoinedLines(file, node);
      case "code":
        return reportCode(file, node);
      case "emphasis":
      case "strong":
        return reportStars(file, node);
      default:
        return undefined;
    }
  });
