import type { ShardCall } from "../rpc.ts";
import { queryFirst } from "../sql.ts";

/** Opens the table of what a shard knows about itself, by name. */
export const openIdentity = (sql: SqlStorage) => {
  const read = (name: string): SqlStorageValue | undefined =>
    queryFirst<{ value: SqlStorageValue }>(sql, "SELECT value FROM identity WHERE name = ?", name)?.value;
  const write = (name: string, value: SqlStorageValue): void => {
    sql.exec("INSERT OR REPLACE INTO identity (name, value) VALUES (?, ?)", name, value);
  };
  return {
    /** Records a call of the hub: it says who this shard is. */
    recordCall({ name, topic, calls }: ShardCall): void {
      if (read("name") !== name) {
        write("name", name);
        write("topic", topic);
      }
      if (calls > Number(read("calls") ?? 0)) write("calls", calls);
    },
    /** Returns the last call of the hub: name and topic are empty before the first. */
    lastCall: (): ShardCall => ({
      name: String(read("name") ?? ""),
      topic: String(read("topic") ?? ""),
      calls: Number(read("calls") ?? 0),
    }),
    /** Returns the number of the last batch of deliveries; 0 if there was none. */
    lastBatch: (): number => Number(read("last_batch") ?? 0),
    recordBatch: (batch: number): void => write("last_batch", batch),
    /** Returns when a delivery was made last, in milliseconds since 1970; 0 if none was. */
    lastDelivery: (): number => Number(read("last_delivery") ?? 0),
    recordDelivery: (now: number): void => write("last_delivery", now),
  };
};
