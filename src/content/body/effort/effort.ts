/** How deep quotes, lists, emphasis and HTML may stand in one another. */
export const MAX_DEPTH = 64;

/** What to tell a writer of text that is nested deeper. */
export const TOO_DEEP = "Quotes, lists, emphasis or HTML are nested too deeply here. Flatten them.";

const TOO_MUCH =
  "Up to here the text has too many marks such as * _ [ ] < | > or lines to be read in good time. Make its paragraphs and lists shorter, or split the story.";

/** Markdown or HTML that would take too long to read, or is nested deeper than programs can follow. */
export class TooComplexError extends Error {
  override readonly name = "Tangle";
  /** Where in the text, in UTF-16 units from 0. */
  readonly offset: number;

  /** `reason` is for people. */
  constructor(reason: string, offset: number) {
    super(reason);
    this.offset = offset;
  }
}

// 1 MiB of ordinary Markdown takes about half of it.
const BUDGET = 250_000_000;

/**
 * Counts the steps that reading a story takes, about ten nanoseconds each, and gives up where they are too many.
 * It counts what parsers do, not time, so the same story always gets the same answer.
 */
export class Effort {
  #spent = 0;

  /** Throws a Tangle for `offset` once all steps together are too many. */
  spend(steps: number, offset: number): void {
    this.#spent += steps;
    if (this.#spent > BUDGET) throw new TooComplexError(TOO_MUCH, offset);
  }
}
