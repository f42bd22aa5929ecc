import { CST, Lexer } from "yaml";

/** Characters: far beyond any front matter or site.yaml. */
const MAX_YAML_LENGTH = 131_072;
const MAX_DEPTH = 16;

/** What makes a YAML text not worth parsing, with where it stands. */
export interface NestingError {
  readonly offset: number;
  readonly reason: string;
}

/** The tokens of a text that mean something, each with where it begins. */
function* tokensOf(text: string): Generator<{ readonly type: string | null; readonly offset: number }> {
  let offset = 0;
  let isText = false;
  for (const token of new Lexer().lex(text)) {
    // The lexer puts marks of its own between the pieces of the text. Behind that of a plain text stands the
    // text itself, which may look like anything.
    const type: string | null = isText ? null : CST.tokenType(token);
    isText = type === "scalar";
    if (isText || type === "doc-mode" || type === "flow-error-end") continue;
    yield { type, offset };
    offset += token.length;
  }
}

const REFUSED: ReadonlyMap<string | null, string> = new Map([
  ["explicit-key-ind", "A key can't begin with `? `. Write `key: value`, or put the text in quotes."],
  ["doc-end", "What follows a line `...` is not read. Delete the line."],
  ["directive-line", "A line can't begin with %. Put the text in quotes."],
]);

/** Finds what the YAML parser would take too long over, or would not read to its end, in one quick look. */
export const findNestingError = (text: string): NestingError | undefined => {
  if (text.length > MAX_YAML_LENGTH) {
    const reason = `These keys and values have ${text.length} characters; ${MAX_YAML_LENGTH} are the most. Shorten them.`;
    return { offset: MAX_YAML_LENGTH, reason };
  }
  let depth = 0;
  let entries = 0;
  for (const { type, offset } of tokensOf(text)) {
    const reason = REFUSED.get(type);
    if (reason !== undefined) return { offset, reason };
    if (type === "flow-seq-start" || type === "flow-map-start") depth++;
    else if (type === "flow-seq-end" || type === "flow-map-end") depth = Math.max(0, depth - 1);
    else if (type === "seq-item-ind") entries++;
    else if (type === "newline") entries = 0;
    if (depth + entries > MAX_DEPTH) return { offset, reason: "This is nested too deeply. Use plain values." };
  }
  return undefined;
};
