/** Who a shard is, and how often the hub has called. */
export interface ShardIdentity {
  readonly name: string;
  readonly topic: string;
  readonly visits: number;
}

/** What a shard knows of itself. */
export const openFacts = (sql: SqlStorage) => {
  const read = (name: string): SqlStorageValue | undefined =>
    sql.exec<{ value: SqlStorageValue }>("SELECT value FROM facts WHERE name = ?", name).toArray()[0]?.value;
  const write = (name: string, value: SqlStorageValue): void => {
    sql.exec("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", name, value);
  };
  return {
    remember({ name, topic, visits }: ShardIdentity): void {
      if (read("name") !== name) {
        write("name", name);
        write("topic", topic);
      }
      if (visits > Number(read("visits") ?? 0)) write("visits", visits);
    },
    identity: (): ShardIdentity => ({
      name: String(read("name") ?? ""),
      topic: String(read("topic") ?? ""),
      visits: Number(read("visits") ?? 0),
    }),
    /** Numbers for so many batches, none of which was used before; gives the first. */
    takeBatchNumbers(count: number): number {
      const first = Number(read("batch") ?? 0) + 1;
      write("batch", first + count - 1);
      return first;
    },
    delivered: (now: number): void => write("delivery", now),
    /** Milliseconds since 1970; 0 where nothing was delivered yet. */
    lastDelivery: (): number => Number(read("delivery") ?? 0),
  };
};
