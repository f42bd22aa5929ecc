import { withTimeout } from "../../lib/with-timeout.ts";

/** What a statement can be given. */
export type Bindable = string | number | null | Uint8Array;

/** The part of a database, or of a session with one, that reads. */
type Reader = Pick<D1Database, "prepare">;

/** The rows of a query; Unavailable after so many milliseconds. */
export const readRows = async <Row>(
  reader: Reader,
  timeoutMs: number,
  query: string,
  values: readonly Bindable[],
): Promise<readonly Row[]> => {
  const statement = reader.prepare(query).bind(...values);
  return (await withTimeout(statement.all<Row>(), timeoutMs)).results;
};
