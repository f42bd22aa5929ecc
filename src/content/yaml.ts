import type { VFile } from "vfile";
import { location } from "vfile-location";
import { CST, type Document, Lexer, parseDocument } from "yaml";
import { type Place, problem } from "./report.ts";
import { syntaxMistakes } from "./yaml-mistakes.ts";
import { keyRange, valueRange } from "./yaml-nodes.ts";
import { takeOddities } from "./yaml-oddities.ts";

/** Characters: far beyond any front matter or site.yaml. */
export const MAX_YAML_LENGTH = 131_072;
const MAX_DEPTH = 16;

/** A YAML mapping with the places of its keys and values. */
export interface Yaml {
  readonly data: Readonly<Record<string, unknown>>;
  /** Where a value stands, or the nearest thing around it that exists. */
  readonly placeOf: (path: readonly PropertyKey[]) => Place;
  /** Where a key stands. */
  readonly placeOfKey: (path: readonly PropertyKey[]) => Place;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

interface Tangle {
  readonly offset: number;
  readonly reason: string;
}

/** What the parser would take too long over or would not read to its end, found in one quick look at the tokens. */
const findTangle = (text: string): Tangle | undefined => {
  if (text.length > MAX_YAML_LENGTH) {
    const reason = `These keys and values have ${text.length} characters; ${MAX_YAML_LENGTH} are the most. Shorten them.`;
    return { offset: MAX_YAML_LENGTH, reason };
  }
  let offset = 0;
  let depth = 0;
  let entries = 0;
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token);
    if (type === "flow-seq-start" || type === "flow-map-start") depth++;
    else if (type === "flow-seq-end" || type === "flow-map-end") depth = Math.max(0, depth - 1);
    else if (type === "seq-item-ind") entries++;
    else if (type === "newline") entries = 0;
    else if (type === "explicit-key-ind") {
      return { offset, reason: "A key can't begin with `? `. Write `key: value`, or put the text in quotes." };
    } else if (type === "doc-end") return { offset, reason: "What follows a line `...` is not read. Delete the line." };
    else if (type === "directive-line") return { offset, reason: "A line can't begin with %. Put the text in quotes." };
    if (depth + entries > MAX_DEPTH) return { offset, reason: "This is nested too deeply. Use plain values." };
    if (!LEXER_MARKS.has(token)) offset += token.length;
  }
  return undefined;
};

// The lexer puts these before a document, a scalar and flow errors; they are no part of the text.
const LEXER_MARKS: ReadonlySet<string> = new Set(["\u{2}", "\u{18}", "\u{1f}"]);

const parse = (text: string): Document =>
  parseDocument(text, { prettyErrors: false, logLevel: "error", schema: "core", uniqueKeys: false });

/**
 * Reads a YAML 1.2 mapping that stands at `offset` in the file. Notes every mistake of syntax and every oddity;
 * gives nothing where the syntax is broken, or where it is no mapping.
 */
export const readYaml = (file: VFile, text: string, offset: number): Yaml | undefined => {
  const places = location(file);
  const pointAt = (position: number) => places.toPoint(offset + position) ?? { line: 1, column: 1 };
  const placeAt = ([start, end]: readonly [number, number]): Place => ({ start: pointAt(start), end: pointAt(end) });
  const tangle = findTangle(text);
  if (tangle !== undefined) {
    problem(file, "yaml", tangle.reason, pointAt(tangle.offset));
    return undefined;
  }
  const document = parse(text);
  const mistakes = syntaxMistakes(text, document);
  for (const { range, reason } of mistakes) problem(file, "yaml", reason, placeAt(range));
  for (const { rule, range, reason } of takeOddities(text, document)) problem(file, rule, reason, placeAt(range));
  if (mistakes.length > 0) return undefined;
  const data: unknown = document.toJS() ?? {};
  if (!isRecord(data)) {
    const reason = /^[\w-]+:\S/.test(text.trimStart())
      ? "A space is missing behind the colon. Add it."
      : "Expected keys with values here, such as `title: My story`.";
    problem(file, "yaml", reason, placeAt(valueRange(document, []) ?? [0, 0]));
    return undefined;
  }
  return {
    data,
    placeOf: (path) => placeAt(valueRange(document, path) ?? [0, 0]),
    placeOfKey: (path) => placeAt(keyRange(document, path) ?? valueRange(document, path) ?? [0, 0]),
  };
};
