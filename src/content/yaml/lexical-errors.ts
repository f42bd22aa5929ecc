import { CST, Lexer } from "yaml";

/** Characters: far beyond any front matter or site.yaml. */
const MAX_YAML_LENGTH = 131_072;

/** Brackets and list entries on one line. */
const MAX_NESTING_DEPTH = 16;

/** Why a YAML text is not parsed at all, and where in the text that is (UTF-16 units from 0). */
export interface LexicalError {
  readonly offset: number;
  readonly reason: string;
}

/** The tokens of a text, each with where it begins. */
function* tokensOf(text: string): Generator<{ readonly type: string | null; readonly offset: number }> {
  let offset = 0;
  let isText = false;
  for (const token of new Lexer().lex(text)) {
    // The lexer puts marks of its own between the pieces of the text. After the mark of a plain scalar comes the
    // scalar itself, which may look like any other token.
    const type: string | null = isText ? null : CST.tokenType(token);
    isText = type === "scalar";
    if (isText || type === "doc-mode" || type === "flow-error-end") continue;
    yield { type, offset };
    offset += token.length;
  }
}

/** Tokens that begin what Feedwright does not support, with the message for each. */
const UNSUPPORTED_TOKENS: ReadonlyMap<string | null, string> = new Map([
  ["explicit-key-ind", "A key can't begin with `? `. Write `key: value`, or put the text in quotes."],
  ["doc-end", "What follows a line `...` is not read. Delete the line."],
  ["directive-line", "A line can't begin with %. Put the text in quotes."],
]);

/**
 * Finds, with the lexer alone, the first thing that the YAML parser would take too long over (a long text, deep nesting)
 * or would not read to its end (directives, the end of a document, explicit keys). `maxLength` is in characters.
 */
export const findLexicalError = (text: string, maxLength = MAX_YAML_LENGTH): LexicalError | undefined => {
  if (text.length > maxLength) {
    const reason = `These keys and values have ${text.length} characters; ${maxLength} are the most. Shorten them.`;
    return { offset: maxLength, reason };
  }
  let openBrackets = 0;
  let listEntriesInLine = 0;
  for (const { type, offset } of tokensOf(text)) {
    const reason = UNSUPPORTED_TOKENS.get(type);
    if (reason !== undefined) return { offset, reason };
    if (type === "flow-seq-start" || type === "flow-map-start") openBrackets++;
    else if (type === "flow-seq-end" || type === "flow-map-end") openBrackets = Math.max(0, openBrackets - 1);
    else if (type === "seq-item-ind") listEntriesInLine++;
    else if (type === "newline") listEntriesInLine = 0;
    if (openBrackets + listEntriesInLine > MAX_NESTING_DEPTH) {
      return { offset, reason: "This is nested too deeply. Use plain values." };
    }
  }
  return undefined;
};
