import type { HubRequest } from "../protocol/protocol.ts";

/** A callback, and how it is spoken to. */
export type Subscriber = Pick<HubRequest, "callback" | "protocol">;

/** Finds the subscriber at a callback, or all of them, in a table of a shard. `where` is a further condition. */
export const findSubscribers = (
  sql: SqlStorage,
  table: "pending_verifications" | "subscriptions",
  callback: string | undefined,
  where = "TRUE",
): readonly Subscriber[] => {
  const query = `SELECT callback, protocol FROM ${table} WHERE ${where}`;
  const [narrowed, values] = callback === undefined ? [query, []] : [`${query} AND callback = ?`, [callback]];
  return sql.exec<Subscriber & Record<string, SqlStorageValue>>(narrowed, ...values).toArray();
};
