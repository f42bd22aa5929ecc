/** Lines: a novel of 400 kB with a blank line after every sentence of dialogue has fewer. */
export const MAX_LINES = 20_000;

/** Characters that mean something to Markdown or HTML, in a whole story. */
export const MAX_MARKS = 50_000;

/** Lists, quotes and underlined headings, in a whole story. */
export const MAX_BLOCKS = 2500;

/** Items of one list. */
export const MAX_LIST_ITEMS = 5000;

/** Comments and the like in the midst of text: each may look for its end in all that follows. */
export const MAX_INLINE_COMMENTS = 200;

/** Characters, without a blank line. A page of a book has 2,000. */
export const MAX_PARAGRAPH_LENGTH = 10_000;

/** Marks in one paragraph, heading or cell. */
export const MAX_PARAGRAPH_MARKS = 2500;

/** How deep quotes, lists, emphasis and HTML may be nested. */
export const MAX_NESTING_DEPTH = 64;

/** Columns times rows: a row that is shorter than the head is filled up. */
export const MAX_TABLE_CELLS = 20_000;

/** Characters of the addresses and titles of links that are written once and named often. */
export const MAX_REPEATED_LENGTH = 1_000_000;

/** HTML elements. One that is not closed is opened again in every paragraph after it. */
export const MAX_ELEMENTS = 100_000;

/** The message for text that is nested too deeply. */
export const NESTED_TOO_DEEPLY = `Quotes, lists, emphasis or HTML are nested too deeply here: ${MAX_NESTING_DEPTH} levels are the most. Flatten them.`;

/** A body that exceeds one of the limits above: parsing it could take very long. The message is for the writer. */
export class BodyLimitError extends Error {
  override readonly name = "BodyLimitError";
  /** Where in the text, in UTF-16 units from 0. */
  readonly offset: number;

  /** `message` says what is the most, and what to do. */
  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}
