/** How deep quotes, lists, emphasis and HTML may be nested. */
export const MAX_NESTING_DEPTH = 64;

/** The message for text that is nested deeper. */
export const NESTED_TOO_DEEPLY = "Quotes, lists, emphasis or HTML are nested too deeply here. Flatten them.";

const TOO_COMPLEX =
  "Up to here the text has too many marks such as * _ [ ] < | > or lines to be read in good time. Make its paragraphs and lists shorter, or split the story.";

/** Markdown or HTML that would take too long to parse, or is nested deeper than programs can follow. */
export class TooComplexError extends Error {
  override readonly name = "TooComplexError";
  /** Where in the text, in UTF-16 units from 0. */
  readonly offset: number;

  /** `message` is for the writer. */
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

// 1 MiB of ordinary Markdown takes about half of it.
const MAX_STEPS = 250_000_000;

/**
 * Adds up the steps that parsing a story takes, about ten nanoseconds each, and refuses a story with too many. It counts
 * what parsers do and not time, so the same story always gets the same answer.
 */
export class ComplexityBudget {
  #spent = 0;

  /** Throws a TooComplexError for `offset` once all steps together exceed the budget. */
  spend(steps: number, offset: number): void {
    this.#spent += steps;
    if (this.#spent > MAX_STEPS) throw new TooComplexError(TOO_COMPLEX, offset);
  }
}
