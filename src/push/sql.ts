/** The first row of what a query finds; nothing where it finds none. */
export const firstOf = <Row extends Readonly<Record<string, SqlStorageValue>>>(
  sql: SqlStorage,
  query: string,
  ...values: readonly SqlStorageValue[]
): Row | undefined => sql.exec<Row>(query, ...values).toArray()[0];

/** The number that a query gives as `number`; 0 where it is NULL. */
export const numberOf = (sql: SqlStorage, query: string, ...values: readonly SqlStorageValue[]): number =>
  firstOf<{ number: number | null }>(sql, query, ...values)?.number ?? 0;
