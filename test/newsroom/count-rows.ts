import { interceptDatabase } from "./intercepted-database.ts";

/** Rows that D1 says it has read and written, indexes included, and the statements that were sent to it. */
export interface RowCounts {
  readonly read: number;
  readonly written: number;
  readonly statements: number;
}

/** No rows, and nothing was sent. */
export const NO_ROWS: RowCounts = { read: 0, written: 0, statements: 0 };

/** A database that counts the rows of all answers. */
export interface CountingDatabase {
  readonly database: D1Database;
  /** The numbers since it was last called. */
  readonly take: () => RowCounts;
}

/** Whether this is the answer to a statement; those of `first` and `raw` do not say how many rows there were. */
const isResult = (answer: unknown): answer is D1Result =>
  typeof answer === "object" && answer !== null && "meta" in answer;

/** Wraps a database and counts the rows of all answers. */
export const countRows = (real: D1Database): CountingDatabase => {
  let counts = NO_ROWS;
  const database = interceptDatabase(real, async ({ run }) => {
    const answer = await run();
    for (const result of Array.isArray(answer) ? answer : [answer]) {
      if (!isResult(result)) throw new Error("the rows of this query cannot be counted");
      const { read, written, statements } = counts;
      const { rows_read, rows_written } = result.meta;
      counts = { read: read + rows_read, written: written + rows_written, statements: statements + 1 };
    }
    return answer;
  });
  return {
    database,
    take: () => {
      const taken = counts;
      counts = NO_ROWS;
      return taken;
    },
  };
};
