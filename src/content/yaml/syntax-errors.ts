import { type Document, isCollection, isScalar, type Node, visit, type YAMLError } from "yaml";
import { quote } from "../messages/messages.ts";

/** An error of YAML's syntax: where in the text it is (UTF-16 units from 0), and what to do about it. */
export interface YamlSyntaxError {
  readonly range: readonly [number, number];
  readonly reason: string;
}

/** What an explanation is made from. */
interface ErrorContext {
  readonly text: string;
  readonly document: Document;
  readonly range: readonly [number, number];
  /** The text at the range. */
  readonly here: string;
  /** The line in which the range begins. */
  readonly line: string;
}

/** Returns the message, with a range if it is about another place than the parser's. */
type Explainer = (context: ErrorContext) => YamlSyntaxError | string;

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

const openingMark = (node: Node | undefined, range: ErrorContext["range"]): ErrorContext["range"] =>
  node?.range ? [node.range[0], node.range[0] + 1] : range;

const explainUnclosedQuote: Explainer = ({ document, range }) => ({
  range: openingMark(lastNode(document, range[1], isQuoted), range),
  reason: "This quote is not closed. Add the closing quote, or indent the lines that belong to it.",
});

const explainUnclosedBracket: Explainer = ({ text, document, range }) => {
  const isOpen = (node: Node): boolean => isBracketed(node) && !/[\]}]/.test(text[(node.range?.[1] ?? 0) - 1] ?? "");
  const start = openingMark(lastNode(document, range[1], isOpen), range);
  const close = text[start[0]] === "{" ? "}" : "]";
  return { range: start, reason: `This bracket is not closed. Put ${close} at the end of what it holds.` };
};

const explainUnexpected: Explainer = ({ text, document, range, here }) => {
  if (here === ",") return "Nothing stands before this comma. Delete it, or add what is missing.";
  if (here === "]" || here === "}") return `This ${here} closes nothing. Delete it, or put the whole text in quotes.`;
  const before = lastNode(document, range[0], (node) => isQuoted(node) || isBracketed(node));
  if (before === undefined) return "This is not expected here. Check quotes, colons and indentation before it.";
  return isQuoted(before) && text[range[0] - 1] === "'"
    ? "The quote before this ends the text. Write '' for an apostrophe, or put the text in \" quotes."
    : `${quote(here)} stands behind the end of the text. Put all of it in quotes: ' around ", " around '.`;
};

const SPACE_MISSING = "A space is missing behind the colon. Add it.";
const KEY_WITHOUT_SPACE = /^\s*[\w-]+:(?!\/\/)\S/;

const explainMissingValue: Explainer = ({ here }) =>
  KEY_WITHOUT_SPACE.test(here)
    ? SPACE_MISSING
    : `${quote(here)} is no key with a value. Write \`key: value\`, or indent the line if it belongs to the one above.`;

/** A key where none can be: in the text of another key's value, or indented deeper than that key. */
const explainStrayKey: Explainer = ({ text, range, line }) => {
  if (KEY_WITHOUT_SPACE.test(line)) return SPACE_MISSING;
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

/** How the errors of one code are explained; of several rows that fit, the first. */
interface Explanation {
  readonly code: YAMLError["code"];
  /** What the parser's own message must say; absent if that does not matter. */
  readonly message?: RegExp;
  /** The message for people, or what makes it. */
  readonly explain: string | Explainer;
}

const EXPLANATIONS: readonly Explanation[] = [
  {
    code: "BAD_DQ_ESCAPE",
    explain: ({ here, text, range }) => {
      const sequence = here === "\\" ? text.slice(range[0], range[0] + 2) : here;
      return `${quote(sequence)} means nothing in " quotes. Write \\\\ for a backslash, or use ' quotes.`;
    },
  },
  { code: "BAD_INDENT", message: /Flow/, explain: explainUnclosedBracket },
  { code: "BAD_INDENT", explain: explainStrayKey },
  {
    code: "BAD_SCALAR_START",
    explain: ({ here }) => `A text can't begin with ${here === "`" ? "a backquote" : quote(here)}. Put it in quotes.`,
  },
  { code: "BLOCK_AS_IMPLICIT_KEY", explain: explainStrayKey },
  {
    code: "BLOCK_IN_FLOW",
    explain: "A comma is missing between two keys here, or quotes around a text with a colon.",
  },
  { code: "KEY_OVER_1024_CHARS", explain: "This key is far too long. Put the text in quotes." },
  { code: "MISSING_CHAR", message: /closing .quote/, explain: explainUnclosedQuote },
  { code: "MISSING_CHAR", message: /Flow/, explain: explainUnclosedBracket },
  {
    code: "MISSING_CHAR",
    message: /Comments/,
    explain: "A space is missing before #. Add it, or put the whole text in quotes.",
  },
  { code: "MISSING_CHAR", message: /Implicit map keys/, explain: explainMissingValue },
  { code: "MISSING_CHAR", message: /Sequence item/, explain: explainStrayKey },
  { code: "MULTILINE_IMPLICIT_KEY", explain: explainStrayKey },
  { code: "MULTIPLE_DOCS", explain: "What follows a second `---` is not read. Delete the line." },
  { code: "RESOURCE_EXHAUSTION", explain: "This is nested too deeply. Use plain values." },
  { code: "TAB_AS_INDENT", explain: "Tabs can't indent here. Use spaces." },
  {
    code: "UNEXPECTED_TOKEN",
    message: /block-seq-ind/,
    explain:
      "A list begins in a line of its own, or stands in brackets: [one, two]. Put a text that begins with - in quotes.",
  },
  {
    code: "UNEXPECTED_TOKEN",
    message: /Not a YAML token|Block scalar header/,
    explain:
      "Behind | or > the text begins in the next line, indented. Put a text that itself begins with them in quotes.",
  },
  { code: "UNEXPECTED_TOKEN", explain: explainUnexpected },
];

const UNKNOWN_ERROR = "This can't be read. Check the quotes, brackets, colons and indentation around it.";

const explain = (text: string, document: Document, error: YAMLError): YamlSyntaxError => {
  const { code, pos: range } = error;
  const lineStart = text.lastIndexOf("\n", range[0] - 1) + 1;
  const line = text.slice(lineStart).split("\n", 1)[0] ?? "";
  const explanation = EXPLANATIONS.find((one) => one.code === code && one.message?.test(error.message) !== false);
  const found = explanation?.explain ?? UNKNOWN_ERROR;
  const result = typeof found === "string" ? found : found({ text, document, range, here: text.slice(...range), line });
  return typeof result === "string" ? { range, reason: result } : result;
};

/**
 * The syntax errors that the YAML parser found in a document, explained for people, in the order of the text. An error
 * often makes the parser stumble again in the same or the next line: such consequences are left out.
 */
export const explainSyntaxErrors = (text: string, document: Document): readonly YamlSyntaxError[] => {
  const errors: YamlSyntaxError[] = [];
  let lastStart: number | undefined;
  for (const error of document.errors.toSorted((a, b) => a.pos[0] - b.pos[0])) {
    const [start] = error.pos;
    const isConsequence = lastStart !== undefined && text.slice(lastStart, start).split("\n").length <= 2;
    if (!isConsequence) errors.push(explain(text, document, error));
    lastStart = start;
  }
  return errors;
};
