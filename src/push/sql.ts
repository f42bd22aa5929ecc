/** Returns the first row that a query finds, or undefined if it finds none. */
export const queryFirst = <Row extends Readonly<Record<string, SqlStorageValue>>>(
  sql: SqlStorage,
  query: string,
  ...values: readonly SqlStorageValue[]
): Row | undefined => sql.exec<Row>(query, ...values).toArray()[0];

/** Returns what a query selects as `number`, or 0 if that is NULL or there is no row. */
export const queryNumber = (sql: SqlStorage, query: string, ...values: readonly SqlStorageValue[]): number =>
  queryFirst<{ number: number | null }>(sql, query, ...values)?.number ?? 0;
