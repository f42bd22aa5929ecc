import type { ShardCall } from "../rpc.ts";
import { firstOf } from "../sql.ts";

/** What a shard knows of itself. */
export const openIdentity = (sql: SqlStorage) => {
  const read = (name: string): SqlStorageValue | undefined =>
    firstOf<{ value: SqlStorageValue }>(sql, "SELECT value FROM facts WHERE name = ?", name)?.value;
  const write = (name: string, value: SqlStorageValue): void => {
    sql.exec("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", name, value);
  };
  return {
    remember({ name, topic, calls }: ShardCall): void {
      if (read("name") !== name) {
        write("name", name);
        write("topic", topic);
      }
      if (calls > Number(read("visits") ?? 0)) write("visits", calls);
    },
    identity: (): ShardCall => ({
      name: String(read("name") ?? ""),
      topic: String(read("topic") ?? ""),
      calls: Number(read("visits") ?? 0),
    }),
    /** Number of the last batch that there was. */
    lastBatch: (): number => Number(read("batch") ?? 0),
    noteBatch: (batch: number): void => write("batch", batch),
    delivered: (now: number): void => write("delivery", now),
    /** Milliseconds since 1970; 0 where nothing was delivered yet. */
    lastDelivery: (): number => Number(read("delivery") ?? 0),
  };
};
