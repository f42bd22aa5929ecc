/** Who a shard is. */
export interface ShardIdentity {
  readonly name: string;
  readonly topic: string;
}

/** What a shard knows of itself. */
export const openFacts = (sql: SqlStorage) => {
  const read = (name: string): SqlStorageValue | undefined =>
    sql.exec<{ value: SqlStorageValue }>("SELECT value FROM facts WHERE name = ?", name).toArray()[0]?.value;
  const write = (name: string, value: SqlStorageValue): void => {
    sql.exec("INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)", name, value);
  };
  return {
    remember({ name, topic }: ShardIdentity): void {
      write("name", name);
      write("topic", topic);
    },
    identity: (): ShardIdentity => ({ name: String(read("name") ?? ""), topic: String(read("topic") ?? "") }),
    delivered: (now: number): void => write("delivery", now),
    /** Milliseconds since 1970; 0 where nothing was delivered yet. */
    lastDelivery: (): number => Number(read("delivery") ?? 0),
  };
};
