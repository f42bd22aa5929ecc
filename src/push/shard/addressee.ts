import type { HubRequest } from "../protocol/websub.ts";

/** Whom something is said to, and how. */
export type Addressee = Pick<HubRequest, "callback" | "protocol">;

/** The one at a callback, or all, of those in a table of a shard; `where` narrows it. */
export const addresseesOf = (
  sql: SqlStorage,
  table: "errands" | "subscriptions",
  callback: string | undefined,
  where = "TRUE",
): readonly Addressee[] => {
  const query = `SELECT callback, protocol FROM ${table} WHERE ${where}`;
  const [narrowed, values] = callback === undefined ? [query, []] : [`${query} AND callback = ?`, [callback]];
  return sql.exec<Addressee & Record<string, SqlStorageValue>>(narrowed, ...values).toArray();
};
