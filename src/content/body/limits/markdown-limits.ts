import type { Nodes, Root } from "mdast";
import { visitParents } from "unist-util-visit-parents";
import type { Construct, Constructs, Extension, TokenizeContext } from "../micromark-types.ts";
import {
  BodyLimitError,
  MAX_BLOCKS,
  MAX_INLINE_COMMENTS,
  MAX_LINES,
  MAX_LIST_ITEMS,
  MAX_MARKS,
  MAX_NESTING_DEPTH,
  MAX_PARAGRAPH_LENGTH,
  MAX_PARAGRAPH_MARKS,
  MAX_REPEATED_LENGTH,
  MAX_TABLE_CELLS,
  NESTED_TOO_DEEPLY,
} from "./body-limits.ts";

// Markdown takes time that grows with the number of marks and lines, and with the square of it within one paragraph, list
// or table: each mark may look for its partner in all the rest. The limits bound each of these numbers.

/** What counts as a mark. */
export const MARK = /[*_~[\]<>`|&\\@]|:\/\/|www\./gi;

const number = (value: number): string => value.toLocaleString("en");

/** The offset of the match number `index` (from 0) of a global pattern; undefined if there are not as many. */
const offsetOfMatch = (text: string, pattern: RegExp, index: number): number | undefined => {
  let left = index;
  for (const match of text.matchAll(pattern)) {
    if (left === 0) return match.index;
    left -= 1;
  }
  return undefined;
};

/** Throws a BodyLimitError if a Markdown text has too many lines or marks. */
export const limitText = (text: string): void => {
  const line = offsetOfMatch(text, /\n/g, MAX_LINES);
  if (line !== undefined) {
    throw new BodyLimitError(`The story has more than ${number(MAX_LINES)} lines. Split it.`, line);
  }
  const mark = offsetOfMatch(text, MARK, MAX_MARKS);
  if (mark !== undefined) {
    const reason = `The story has more than ${number(MAX_MARKS)} marks such as * _ [ ] < > | up to here. Split it.`;
    throw new BodyLimitError(reason, mark);
  }
};

/** The same construct for each of some characters, by their codes. */
const atCharacters = (characters: string, construct: Constructs[string]): Constructs =>
  Object.fromEntries(Array.from(characters, (character) => [character.charCodeAt(0), construct]));

// It matches nothing. `partial`, so that it is never taken for the construct that is being parsed.
const check = (run: (context: TokenizeContext) => void, previous?: Construct["previous"]): Construct => ({
  partial: true,
  ...(previous && { previous }),
  tokenize(_effects, _ok, nok) {
    run(this);
    return nok;
  },
});

/**
 * A micromark extension that throws a BodyLimitError where `source` has a paragraph, heading or cell that is too long, or
 * quotes and lists that are nested too deeply. It comes before micromark's own constructs and changes nothing of the
 * result.
 */
export const markdownLimits = (source: string): Extension => {
  const endOfLine = (offset: number): number => {
    const end = source.indexOf("\n", offset);
    return end < 0 ? source.length : end;
  };

  // A paragraph goes on over lines that are indented like code, and micromark asks nobody about them.
  const INDENTED_LINES = /(?:\n[ \t>]*(?: {4}|\t)[ \t>]*[^ \t\n>].*)*/y;
  let indentedFrom = -1;
  let indentedEnd = -1;
  const endOfIndentedLines = (offset: number): number => {
    if (offset < indentedFrom || offset > indentedEnd) {
      INDENTED_LINES.lastIndex = offset;
      indentedFrom = offset;
      indentedEnd = offset + (INDENTED_LINES.exec(source)?.[0].length ?? 0);
    }
    return indentedEnd;
  };

  const limitLength = (start: number, end: number): void => {
    if (end - start <= MAX_PARAGRAPH_LENGTH) return;
    const reason = `What begins here has more than ${number(MAX_PARAGRAPH_LENGTH)} characters in one paragraph. Divide it by blank lines.`;
    throw new BodyLimitError(reason, start);
  };

  let blocks = 0;
  let lastBlock = -1;
  const countBlock = (offset: number): void => {
    if (offset !== lastBlock) blocks += 1;
    lastBlock = offset;
    if (blocks <= MAX_BLOCKS) return;
    const reason = `The story has more than ${number(MAX_BLOCKS)} lists, quotes and underlined headings up to here. Split it.`;
    throw new BodyLimitError(reason, offset);
  };

  let line = 0;
  let startsInLine = 0;
  const containerStart = check((context) => {
    const now = context.now();
    countBlock(now.offset);
    startsInLine = now.line === line ? startsInLine + 1 : 0;
    line = now.line;
    if (startsInLine > 2 * MAX_NESTING_DEPTH || now.column > 8 * MAX_NESTING_DEPTH) {
      throw new BodyLimitError(NESTED_TOO_DEEPLY, now.offset);
    }
  });

  // Called for every line of a paragraph: `interrupt` says that it would continue one.
  let paragraphStart = 0;
  const paragraphLine = check((context) => {
    const { offset } = context.now();
    if (context.interrupt !== true) paragraphStart = offset;
    limitLength(paragraphStart, endOfIndentedLines(endOfLine(offset)));
  });

  const heading = check((context) => {
    const { offset } = context.now();
    limitLength(offset, endOfLine(offset));
  });

  const underline = check((context) => countBlock(context.now().offset));

  // Cells of tables are only ever a part of a line.
  let checkedUntil = -1;
  let text: { readonly context: TokenizeContext; readonly start: number; marks: number } | undefined;
  const checkMark = (context: TokenizeContext): void => {
    const { offset } = context.now();
    if (text?.context !== context) text = { context, start: offset, marks: 0 };
    text.marks += 1;
    if (text.marks > MAX_PARAGRAPH_MARKS) {
      const reason = `The paragraph from here on has more than ${number(MAX_PARAGRAPH_MARKS)} marks such as * _ [ ] < >. Divide it by blank lines.`;
      throw new BodyLimitError(reason, text.start);
    }
    if (offset <= checkedUntil) return;
    checkedUntil = endOfLine(offset);
    limitLength(offset, checkedUntil);
  };
  const mark = check(checkMark);
  // Only the first of a run can open code: micromark must not stop at the others.
  const backquote = check(checkMark, (code) => code !== "`".charCodeAt(0));

  let comments = 0;
  const comment = check((context) => {
    const { offset } = context.now();
    if (!/[!?]/.test(source.charAt(offset + 1))) return;
    comments += 1;
    if (comments <= MAX_INLINE_COMMENTS) return;
    const reason = `The story has more than ${number(MAX_INLINE_COMMENTS)} HTML comments or declarations inside paragraphs up to here. Delete them.`;
    throw new BodyLimitError(reason, offset);
  });

  return {
    document: atCharacters("*+->0123456789[", containerStart),
    flow: { ...atCharacters("#", heading), ...atCharacters("-=", underline), null: paragraphLine },
    text: { ...atCharacters("*_~[]&\\", mark), ...atCharacters("`", backquote), ...atCharacters("<", [mark, comment]) },
  };
};

const repeatedLength = (node: Nodes, definitions: ReadonlyMap<string, number>): number =>
  node.type === "linkReference" || node.type === "imageReference" ? (definitions.get(node.identifier) ?? 0) : 0;

/** Throws a BodyLimitError if a Markdown tree is nested too deeply, or would grow too much as HTML. */
export const limitMarkdownTree = (tree: Root): void => {
  const definitions = new Map<string, number>();
  visitParents(tree, "definition", ({ identifier, url, title }) => {
    if (!definitions.has(identifier)) definitions.set(identifier, url.length + (title?.length ?? 0));
  });
  let length = 0;
  visitParents(tree, (node, ancestors) => {
    const offset = node.position?.start.offset ?? 0;
    if (ancestors.length > MAX_NESTING_DEPTH) throw new BodyLimitError(NESTED_TOO_DEEPLY, offset);
    if (node.type === "list" && node.children.length > MAX_LIST_ITEMS) {
      throw new BodyLimitError(`The list has more than ${number(MAX_LIST_ITEMS)} items. Divide it.`, offset);
    }
    if (node.type === "table" && node.children.length * (node.align?.length ?? 1) > MAX_TABLE_CELLS) {
      const reason = `The table has more than ${number(MAX_TABLE_CELLS)} cells, those counted that short rows lack. Divide it.`;
      throw new BodyLimitError(reason, offset);
    }
    length += repeatedLength(node, definitions);
    if (length > MAX_REPEATED_LENGTH) {
      const reason = `The addresses of links that are named up to here have more than ${number(MAX_REPEATED_LENGTH)} characters together. Shorten them.`;
      throw new BodyLimitError(reason, offset);
    }
  });
};
