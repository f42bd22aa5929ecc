/** How a part is to run. */
export interface Run {
  /** So short that the numbers mean little: for a test that it works at all. */
  readonly isQuick: boolean;
}

/** One chapter of the report: measures, and gives its Markdown. */
export type Part = (run: Run) => Promise<string>;
