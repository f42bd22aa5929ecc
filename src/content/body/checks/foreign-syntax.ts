import type { Nodes, Root } from "mdast";
import { SKIP, visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { location } from "vfile-location";
import { quote, reportWarning } from "../../messages/messages.ts";
import { ALERT_MARKER } from "../alerts.ts";
import { MARKDOWN_IN_HTML, READ_MARKDOWN, SYNTAXES, type Syntax } from "./syntaxes.ts";

/** Messages of one kind for a story: a text of another system can have thousands. */
const MAX_REPORTS = 20;

const fill = (text: string, filler: string): string => text.replace(/[^\n]/g, filler);

const blank = (text: string): string => fill(text, " ");

type Range = readonly [start: number, end: number];

/** A part of the source in which another character stands for each of those in some ranges. */
const withoutRanges = (source: string, [start, end]: Range, hidden: readonly Range[], filler: string): string => {
  const pieces: string[] = [];
  let offset = start;
  for (const [from, to] of hidden.toSorted(([a], [b]) => a - b)) {
    if (from < offset) continue;
    pieces.push(source.slice(offset, from), fill(source.slice(from, to), filler));
    offset = to;
  }
  return pieces.join("") + source.slice(offset, end);
};

const rangeOf = ({ position }: Nodes): Range | undefined =>
  position?.start.offset === undefined || position.end.offset === undefined
    ? undefined
    : [position.start.offset, position.end.offset];

/** Code and tags in a paragraph: nothing in them is syntax of another system. */
const CODE = new Set<Nodes["type"]>(["html", "inlineCode"]);

/** What Markdown has read in a paragraph, and readers don't see as text. */
const READ = new Set<Nodes["type"]>(["footnoteReference", "html", "image", "imageReference", "inlineCode"]);

/** What Markdown has read around the text of emphasis and of links. */
const marksOf = (node: Nodes): readonly Range[] => {
  const range = rangeOf(node);
  if (range === undefined || !("children" in node)) return [];
  const [start, end] = range;
  switch (node.type) {
    case "strong":
    case "delete":
      return [
        [start, start + 2],
        [end - 2, end],
      ];
    case "emphasis":
      return [
        [start, start + 1],
        [end - 1, end],
      ];
    case "link":
    case "linkReference": {
      const textStart = node.children[0]?.position?.start.offset ?? end;
      return [
        [start, textStart],
        [node.children.at(-1)?.position?.end.offset ?? end, end],
      ];
    }
    default:
      return [];
  }
};

const rangesIn = (paragraph: Nodes, rangesOf: (node: Nodes) => readonly Range[]): readonly Range[] => {
  const ranges: Range[] = [];
  visit(paragraph, (node) => {
    ranges.push(...rangesOf(node));
  });
  return ranges;
};

const wholeIf =
  (types: ReadonlySet<Nodes["type"]>) =>
  (node: Nodes): readonly Range[] => {
    const range = types.has(node.type) ? rangeOf(node) : undefined;
    return range === undefined ? [] : [range];
  };

const IN_HTML = [...SYNTAXES.filter(({ isInHtml }) => isInHtml), ...MARKDOWN_IN_HTML];
const IN_SOURCE = SYNTAXES.filter(({ isInSource }) => isInSource);
const NOT_TEXT = SYNTAXES.filter(({ isText }) => !isText);
const IN_TEXT = SYNTAXES.filter(({ isInSource }) => !isInSource);

/** A backslash that takes its meaning from a sign (CommonMark 0.31.2 §2.4). */
const ESCAPE = /\\[!-/:-@[-`{-~]/g;

const PARAGRAPHS = new Set(["heading", "paragraph", "tableCell"]);

const CODE_ELEMENTS = new Set(["code", "kbd", "pre", "samp", "script", "style", "textarea"]);

/** Raw HTML in which tags, comments and code are blank. */
const textOfHtml = (html: string): string => {
  let text = "";
  let offset = 0;
  let closer: string | undefined;
  for (const { 0: mark, 1: slash, 2: name = "", index } of html.matchAll(/<!--|-->|<(\/?)([a-z][a-z\d]*)[^<>]*>/gi)) {
    const between = html.slice(offset, index);
    text += (closer === undefined ? between : blank(between)) + blank(mark);
    offset = index + mark.length;
    const tag = name.toLowerCase();
    if (closer === undefined)
      closer = mark === "<!--" ? "-->" : slash === "" && CODE_ELEMENTS.has(tag) ? tag : undefined;
    else if (closer === mark || (slash === "/" && closer === tag)) closer = undefined;
  }
  return text + (closer === undefined ? html.slice(offset) : "");
};

/** The text in elements of code that raw HTML in a paragraph has, each from its tag to the end tag. */
const codeElementsIn = (paragraph: Nodes): readonly Range[] => {
  const ranges: Range[] = [];
  let open: { readonly name: string; readonly start: number } | undefined;
  visit(paragraph, "html", (node) => {
    const [, slash, name = ""] = /^<(\/?)([a-z]+)(?=[\s/>])/i.exec(node.value) ?? [];
    const range = rangeOf(node);
    const tag = name.toLowerCase();
    if (range === undefined) return;
    if (open === undefined && slash === "" && CODE_ELEMENTS.has(tag)) open = { name: tag, start: range[1] };
    else if (open !== undefined && slash === "/" && open.name === tag) {
      ranges.push([open.start, range[0]]);
      open = undefined;
    }
  });
  return ranges;
};

/** What begins the lines of a paragraph that stands in a quotation or a list. */
const LINE_START = /^[ \t>]+/gm;

/** Whether a paragraph is nothing but syntax of another system, and so says nothing to readers. */
export const isForeignSyntax = (text: string): boolean => {
  let rest = text;
  for (const { pattern } of NOT_TEXT) rest = rest.replace(pattern, "");
  return rest !== text && !/[\p{L}\p{N}]/u.test(rest);
};

/**
 * Warns of what looks like syntax of another system, or like Markdown that came to nothing, at its place in the file. Code is
 * left alone, and so is what a backslash takes its meaning from.
 */
export const reportForeignSyntax = (file: VFile, tree: Root): void => {
  const source = String(file);
  const places = location(file);
  const counts = new Map<Syntax, number>();
  const report = (syntax: Syntax, match: RegExpExecArray, start: number): boolean => {
    const indent = match[0].length - match[0].trimStart().length;
    const offset = start + match.index + indent;
    const written = source.slice(offset, offset + match[0].trim().length);
    const reason = typeof syntax.reason === "string" ? syntax.reason : syntax.reason(match, written);
    if (reason === undefined) return false;
    counts.set(syntax, (counts.get(syntax) ?? 0) + 1);
    reportWarning(file, "syntax", `${quote(written)} ${reason}`, places.toPoint(offset));
    return true;
  };
  const search = (text: string, start: number, syntaxes: readonly Syntax[]): readonly Range[] => {
    const found: Range[] = [];
    let rest = text;
    for (const syntax of syntaxes) {
      for (const match of rest.matchAll(syntax.pattern)) {
        if ((counts.get(syntax) ?? 0) >= MAX_REPORTS) break;
        if (!report(syntax, match, start)) continue;
        found.push([start + match.index, start + match.index + match[0].length]);
        rest = rest.slice(0, match.index) + blank(match[0]) + rest.slice(match.index + match[0].length);
      }
    }
    return found;
  };
  visit(tree, (node, index, parent) => {
    const range = rangeOf(node);
    if (range === undefined) return undefined;
    if (node.type === "html") {
      search(textOfHtml(source.slice(...range)), range[0], IN_HTML);
      return undefined;
    }
    if (!PARAGRAPHS.has(node.type)) return undefined;
    const found = search(withoutRanges(source, range, rangesIn(node, wholeIf(CODE)), " "), range[0], IN_SOURCE);
    const read = [...found, ...rangesIn(node, wholeIf(READ)), ...rangesIn(node, marksOf), ...codeElementsIn(node)];
    const text = withoutRanges(source, range, read, READ_MARKDOWN).replace(ESCAPE, blank).replace(LINE_START, blank);
    const isInAlert = parent?.type === "blockquote" && index === 0;
    search(isInAlert ? text.replace(ALERT_MARKER, blank) : text, range[0], IN_TEXT);
    return SKIP;
  });
};
