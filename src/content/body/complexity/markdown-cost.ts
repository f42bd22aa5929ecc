import type { gfm } from "micromark-extension-gfm";
import { COMMENT_DELIMITERS } from "../comment-delimiters.ts";
import { type ComplexityBudget, MAX_NESTING_DEPTH, NESTED_TOO_DEEPLY, TooComplexError } from "./complexity-budget.ts";

/** What each mark costs, whatever is around it: a token, often a node, sometimes a line of them. */
const MARK_COSTS: readonly (readonly [marks: RegExp, steps: number])[] = [
  [/\]:/g, 12_000],
  [/:\/\/|www\./gi, 6000],
  [/[\n|@]/g, 3000],
  [/[#&*+<>[\\\]_`~-]/g, 1000],
];

// Long addresses that become links by themselves: micromark looks for the end of one from every dot in it.
const LONG_ADDRESS = /(?:https?:|www\.)[^\s]{100,}|[-.\w+]{200,}/gi;

/** Charges for the work that a Markdown text takes wherever its marks are: a token for each, and very long addresses. */
export const chargeForText = (text: string, budget: ComplexityBudget): void => {
  for (const [marks, steps] of MARK_COSTS) {
    for (const { index } of text.matchAll(marks)) budget.spend(steps, index);
  }
  for (const { 0: address, index } of text.matchAll(LONG_ADDRESS)) {
    const dots = address.match(/[^a-z0-9/]/gi)?.length ?? 0;
    budget.spend(4 * address.length * dots, index);
  }
};

// micromark is fast on text that people write, but takes quadratic time on some that is made to hurt: every closing *
// looks back at all that is open, every <! looks ahead for its end, every list item moves what came before it. The
// constructs below match nothing; they come before micromark's own and count such work.

type Extension = ReturnType<typeof gfm>;
type Constructs = NonNullable<Extension["text"]>;
type Construct = Extract<Constructs[string], { tokenize: unknown }>;
type TokenizeContext = ThisParameterType<Construct["tokenize"]>;

/** The same construct for each of some characters, by their codes. */
const atCharacters = (characters: string, construct: Construct): Constructs =>
  Object.fromEntries(Array.from(characters, (character) => [character.charCodeAt(0), construct]));

// `partial`, so that it is never taken for the construct that is being parsed.
const countingConstruct = (count: (context: TokenizeContext) => void, previous?: Construct["previous"]): Construct => ({
  partial: true,
  ...(previous && { previous }),
  tokenize(_effects, _ok, nok) {
    count(this);
    return nok;
  },
});

/** Returns a function that finds where the text around an offset must end: at a blank line or a list item. */
const textEndFinder = (source: string): ((offset: number) => number) => {
  const TEXT_END = /\n(?=[ \t>]*\n| {0,3}[*+-][ \t]+\S)/g;
  let start = 0;
  let end = -1;
  return (offset) => {
    if (offset >= start && offset <= end) return end;
    TEXT_END.lastIndex = offset;
    start = offset;
    end = TEXT_END.exec(source)?.index ?? source.length;
    return end;
  };
};

/** A micromark extension that charges for the work of parsing `source`. It changes nothing of the result. */
export const markdownCostExtension = (source: string, budget: ComplexityBudget): Extension => {
  const endOfText = textEndFinder(source);
  const distanceTo = (closer: string, offset: number): number => {
    const rest = source.slice(offset, endOfText(offset));
    const found = rest.indexOf(closer, 1);
    return found < 0 ? rest.length : found;
  };
  const runLength = (offset: number): number => {
    let end = offset;
    while (source[end] === source[offset]) end++;
    return end - offset;
  };

  const attention = countingConstruct((context) => {
    const { offset } = context.now();
    const run = runLength(offset);
    budget.spend(100 + 3 * context.events.length + 8 * run * run, offset);
  });
  const bracket = countingConstruct((context) => {
    const { offset } = context.now();
    const isResource = source.startsWith("](", offset);
    budget.spend(100 + 2 * context.events.length + (isResource ? 4 * distanceTo(")", offset) : 0), offset);
  });
  const angleBracket = countingConstruct((context) => {
    const { offset } = context.now();
    const closer = COMMENT_DELIMITERS.find(([opener]) => source.startsWith(opener, offset))?.[1];
    budget.spend(100 + (closer === undefined ? 0 : 4 * distanceTo(closer, offset)), offset);
  });
  // Only the first of a run can open code: micromark must not stop at the others.
  const backquote = countingConstruct(
    (context) => {
      const { offset } = context.now();
      const run = runLength(offset);
      const rest = source.slice(offset + run, endOfText(offset));
      const closing = rest.matchAll(/`+/g).find(([other]) => other.length === run)?.index ?? rest.length;
      budget.spend(100 + 4 * closing, offset);
    },
    (code) => code !== "`".charCodeAt(0),
  );

  let line = 0;
  let startsInLine = 0;
  let documentEvents = 0;
  const containerStart = countingConstruct((context) => {
    const now = context.now();
    startsInLine = now.line === line ? startsInLine + 1 : 0;
    line = now.line;
    if (startsInLine > 2 * MAX_NESTING_DEPTH || now.column > 8 * MAX_NESTING_DEPTH) {
      throw new TooComplexError(NESTED_TOO_DEEPLY, now.offset);
    }
    budget.spend(100 + context.events.length, now.offset);
  });
  const anyLine = countingConstruct((context) => {
    documentEvents = context.events.length;
  });
  const lazyLine = countingConstruct((context) => {
    const now = context.now();
    if (context.parser.lazy[now.line]) budget.spend(100 + documentEvents + 2 * context.events.length, now.offset);
  });
  const underline = countingConstruct((context) => budget.spend(100 + 3 * context.events.length, context.now().offset));

  return {
    document: { ...atCharacters("*+->0123456789", containerStart), null: anyLine },
    flow: { ...atCharacters("-=", underline), null: lazyLine },
    text: {
      ...atCharacters("*_~", attention),
      ...atCharacters("![]", bracket),
      ...atCharacters("<", angleBracket),
      ...atCharacters("`", backquote),
    },
  };
};
