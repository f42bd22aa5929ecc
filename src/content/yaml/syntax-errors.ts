import { type Document, isCollection, isScalar, type Node, visit, type YAMLError } from "yaml";
import { quote } from "../messages/quote.ts";

/** A mistake of YAML's syntax: where it stands in the text (from 0), and what to do about it. */
export interface YamlSyntaxError {
  readonly range: readonly [number, number];
  readonly reason: string;
}

interface Scene {
  readonly text: string;
  readonly document: Document;
  readonly range: readonly [number, number];
  /** What stands at the range. */
  readonly here: string;
  /** The line in which the range begins. */
  readonly line: string;
}

type Rephrase = (scene: Scene) => YamlSyntaxError | string;

const isQuoted = (node: Node): boolean => isScalar(node) && node.type?.startsWith("QUOTE") === true;

const isBracketed = (node: Node): boolean => isCollection(node) && node.flow === true;

/** The last of the nodes of a kind that begin before an offset. */
const lastNode = (document: Document, before: number, isWanted: (node: Node) => boolean): Node | undefined => {
  let found: Node | undefined;
  visit(document, {
    Node: (_, node) => {
      if (node.range && node.range[0] < before && isWanted(node)) found = node;
    },
  });
  return found;
};

const opening = (node: Node | undefined, range: Scene["range"]): Scene["range"] =>
  node?.range ? [node.range[0], node.range[0] + 1] : range;

const unclosedQuote: Rephrase = ({ document, range }) => ({
  range: opening(lastNode(document, range[1], isQuoted), range),
  reason: "This quote is not closed. Add the closing quote, or indent the lines that belong to it.",
});

const unclosedBracket: Rephrase = ({ text, document, range }) => {
  const isOpen = (node: Node): boolean => isBracketed(node) && !/[\]}]/.test(text[(node.range?.[1] ?? 0) - 1] ?? "");
  const start = opening(lastNode(document, range[1], isOpen), range);
  const close = text[start[0]] === "{" ? "}" : "]";
  return { range: start, reason: `This bracket is not closed. Put ${close} at the end of what it holds.` };
};

const unexpected: Rephrase = ({ text, document, range, here }) => {
  if (here === ",") return "Nothing stands before this comma. Delete it, or add what is missing.";
  if (here === "]" || here === "}") return `This ${here} closes nothing. Delete it, or put the whole text in quotes.`;
  const before = lastNode(document, range[0], (node) => isQuoted(node) || isBracketed(node));
  if (before === undefined) return "This is not expected here. Check quotes, colons and indentation before it.";
  return isQuoted(before) && text[range[0] - 1] === "'"
    ? "The quote before this ends the text. Write '' for an apostrophe, or put the text in \" quotes."
    : `${quote(here)} stands behind the end of the text. Put all of it in quotes: ' around ", " around '.`;
};

const NO_SPACE = "A space is missing behind the colon. Add it.";
const GLUED_KEY = /^\s*[\w-]+:(?!\/\/)\S/;

const noValue: Rephrase = ({ here }) =>
  GLUED_KEY.test(here)
    ? NO_SPACE
    : `${quote(here)} is no key with a value. Write \`key: value\`, or indent the line if it belongs to the one above.`;

/** A key where none can stand: in the text of another key's value, or indented deeper than that key. */
const strayKey: Rephrase = ({ text, range, line }) => {
  if (GLUED_KEY.test(line)) return NO_SPACE;
  const rest = text.slice(range[0]);
  if (/:(?:\s|$)/.test(rest.split("\n", 1)[0] ?? "")) {
    return "A colon with a space begins a new key. Put the whole text in quotes.";
  }
  const deeper = /^[^\n]*\n[ \t]+(?=\S)/.exec(rest)?.[0] ?? "";
  const start = range[0] + (line.trimStart().startsWith("-") ? 0 : deeper.length);
  return {
    range: [start, start + 1],
    reason: "This does not line up with the lines above. Begin all keys, or all entries of a list, in one column.",
  };
};

const RULES: readonly (readonly [YAMLError["code"], RegExp, Rephrase])[] = [
  [
    "BAD_DQ_ESCAPE",
    /(?:)/,
    ({ here, text, range }) =>
      `${quote(here === "\\" ? text.slice(range[0], range[0] + 2) : here)} means nothing in " quotes. Write \\\\ for a backslash, or use ' quotes.`,
  ],
  ["BAD_INDENT", /Flow/, unclosedBracket],
  ["BAD_INDENT", /(?:)/, strayKey],
  [
    "BAD_SCALAR_START",
    /(?:)/,
    ({ here }) => `A text can't begin with ${here === "`" ? "a backquote" : quote(here)}. Put it in quotes.`,
  ],
  ["BLOCK_AS_IMPLICIT_KEY", /(?:)/, strayKey],
  ["BLOCK_IN_FLOW", /(?:)/, () => "A comma is missing between two keys here, or quotes around a text with a colon."],
  ["KEY_OVER_1024_CHARS", /(?:)/, () => "This key is far too long. Put the text in quotes."],
  ["MISSING_CHAR", /closing .quote/, unclosedQuote],
  ["MISSING_CHAR", /Flow/, unclosedBracket],
  ["MISSING_CHAR", /Comments/, () => "A space is missing before #. Add it, or put the whole text in quotes."],
  ["MISSING_CHAR", /Implicit map keys/, noValue],
  ["MISSING_CHAR", /Sequence item/, strayKey],
  ["MULTILINE_IMPLICIT_KEY", /(?:)/, strayKey],
  ["MULTIPLE_DOCS", /(?:)/, () => "What follows a second `---` is not read. Delete the line."],
  ["RESOURCE_EXHAUSTION", /(?:)/, () => "This is nested too deeply. Use plain values."],
  ["TAB_AS_INDENT", /(?:)/, () => "Tabs can't indent here. Use spaces."],
  [
    "UNEXPECTED_TOKEN",
    /block-seq-ind/,
    () =>
      "A list begins in a line of its own, or stands in brackets: [one, two]. Put a text that begins with - in quotes.",
  ],
  [
    "UNEXPECTED_TOKEN",
    /Not a YAML token|Block scalar header/,
    () =>
      "Behind | or > the text begins in the next line, indented. Put a text that itself begins with them in quotes.",
  ],
  ["UNEXPECTED_TOKEN", /(?:)/, unexpected],
];

const UNKNOWN = "This can't be read. Check the quotes, brackets, colons and indentation around it.";

const rephrase = (text: string, document: Document, { code, message, pos }: YAMLError): YamlSyntaxError => {
  const lineStart = text.lastIndexOf("\n", pos[0] - 1) + 1;
  const line = text.slice(lineStart).split("\n", 1)[0] ?? "";
  const rule = RULES.find(([known, like]) => known === code && like.test(message))?.[2];
  const found = rule?.({ text, document, range: pos, here: text.slice(...pos), line }) ?? UNKNOWN;
  return typeof found === "string" ? { range: pos, reason: found } : found;
};

/**
 * What is wrong with a YAML document's syntax, for people. A mistake often makes the parser stumble again in
 * the same or the next line: such echoes are left out.
 */
export const syntaxErrors = (text: string, document: Document): readonly YamlSyntaxError[] => {
  const errors: YamlSyntaxError[] = [];
  let last: number | undefined;
  for (const error of document.errors.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const [start] = error.pos;
    const isEcho = last !== undefined && text.slice(last, start).split("\n").length <= 2;
    if (!isEcho) errors.push(rephrase(text, document, error));
    last = start;
  }
  return errors;
};
