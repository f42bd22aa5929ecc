import type { gfm } from "micromark-extension-gfm";
import { COMMENTS } from "../comments.ts";
import { type Effort, MAX_DEPTH, TOO_DEEP, TooComplexError } from "./effort.ts";

// micromark is fast on text that people write, but takes quadratic time on some that is made to hurt: every
// closing * looks back at all that is open, every <! looks ahead for its end, every list item moves what came
// before it. The constructs below match nothing; they stand in front of micromark's own and count such work.

type Extension = ReturnType<typeof gfm>;
type Constructs = NonNullable<Extension["text"]>;
type Construct = Extract<Constructs[string], { tokenize: unknown }>;
type Context = ThisParameterType<Construct["tokenize"]>;

const codes = (characters: string, construct: Construct): Constructs =>
  Object.fromEntries(Array.from(characters, (character) => [character.charCodeAt(0), construct]));

// `partial`, so that it is never taken for the construct that is being read.
const watch = (look: (context: Context) => void, previous?: Construct["previous"]): Construct => ({
  partial: true,
  ...(previous && { previous }),
  tokenize(_effects, _ok, nok) {
    look(this);
    return nok;
  },
});

/** Finds where the text that an offset stands in must end: at a blank line or a list item. */
const textEnds = (source: string): ((offset: number) => number) => {
  const END = /\n(?=[ \t>]*\n| {0,3}[*+-][ \t]+\S)/g;
  let start = 0;
  let end = -1;
  return (offset) => {
    if (offset >= start && offset <= end) return end;
    END.lastIndex = offset;
    start = offset;
    end = END.exec(source)?.index ?? source.length;
    return end;
  };
};

/** A micromark extension that counts the work of reading `source`, and gives up where it is too much. */
export const countEffort = (source: string, effort: Effort): Extension => {
  const endOf = textEnds(source);
  const distance = (offset: number, closer: string): number => {
    const rest = source.slice(offset, endOf(offset));
    const found = rest.indexOf(closer, 1);
    return found < 0 ? rest.length : found;
  };
  const runAt = (offset: number): number => {
    let end = offset;
    while (source[end] === source[offset]) end++;
    return end - offset;
  };

  const attention = watch((context) => {
    const { offset } = context.now();
    const run = runAt(offset);
    effort.spend(100 + 3 * context.events.length + 8 * run * run, offset);
  });
  const bracket = watch((context) => {
    const { offset } = context.now();
    const isResource = source.startsWith("](", offset);
    effort.spend(100 + 2 * context.events.length + (isResource ? 4 * distance(offset, ")") : 0), offset);
  });
  const angle = watch((context) => {
    const { offset } = context.now();
    const closer = COMMENTS.find(([opener]) => source.startsWith(opener, offset))?.[1];
    effort.spend(100 + (closer === undefined ? 0 : 4 * distance(offset, closer)), offset);
  });
  // Only the first of a run can open code: micromark must not stop at the others.
  const backquote = watch(
    (context) => {
      const { offset } = context.now();
      const run = runAt(offset);
      const rest = source.slice(offset + run, endOf(offset));
      const closing = rest.matchAll(/`+/g).find(([other]) => other.length === run)?.index ?? rest.length;
      effort.spend(100 + 4 * closing, offset);
    },
    (code) => code !== "`".charCodeAt(0),
  );

  let line = 0;
  let starts = 0;
  let documentEvents = 0;
  const container = watch((context) => {
    const now = context.now();
    starts = now.line === line ? starts + 1 : 0;
    line = now.line;
    if (starts > 2 * MAX_DEPTH || now.column > 8 * MAX_DEPTH) throw new TooComplexError(TOO_DEEP, now.offset);
    effort.spend(100 + context.events.length, now.offset);
  });
  const anyLine = watch((context) => {
    documentEvents = context.events.length;
  });
  const lazyLine = watch((context) => {
    const now = context.now();
    if (context.parser.lazy[now.line]) effort.spend(100 + documentEvents + 2 * context.events.length, now.offset);
  });
  const underline = watch((context) => effort.spend(100 + 3 * context.events.length, context.now().offset));

  return {
    document: { ...codes("*+->0123456789", container), null: anyLine },
    flow: { ...codes("-=", underline), null: lazyLine },
    text: {
      ...codes("*_~", attention),
      ...codes("![]", bracket),
      ...codes("<", angle),
      ...codes("`", backquote),
    },
  };
};
