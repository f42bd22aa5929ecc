import type { Census } from "./stubs.ts";

/** A topic with at least one subscriber. */
export interface KnownTopic {
  readonly topic: string;
  readonly etag: string;
}

/** Which topics have subscribers, in which shards, and how many each host has. */
export const openDirectory = (sql: SqlStorage) => {
  const number = (query: string, ...values: readonly SqlStorageValue[]): number =>
    sql.exec<{ number: number | null }>(query, ...values).one().number ?? 0;
  const subscribersOf = (topic: string): number =>
    number("SELECT SUM(subscribers) AS number FROM shards WHERE topic = ?", topic);

  return {
    subscribersOf,
    onHost: (host: string): number => number("SELECT SUM(subscribers) AS number FROM hosts WHERE host = ?", host),
    /** Notes a topic that somebody asks for. While it has no subscribers, what it says now is what is known. */
    meet(topic: string, etag: string): void {
      sql.exec(
        `INSERT INTO topics (topic, etag) VALUES (?, ?)
         ON CONFLICT (topic) DO UPDATE SET etag = excluded.etag WHERE ? = 0`,
        ...[topic, etag, subscribersOf(topic)],
      );
    },
    /** Into how many shards new subscriptions go: twice as many whenever those there are full. */
    shardsFor(topic: string, size: number): number {
      const shards = number("SELECT MAX(shards) AS number FROM topics WHERE topic = ?", topic) || 1;
      if (subscribersOf(topic) < shards * size) return shards;
      sql.exec("UPDATE topics SET shards = ? WHERE topic = ?", shards * 2, topic);
      return shards * 2;
    },
    count({ shard, topic, subscribers, hosts }: Census): void {
      sql.exec("INSERT OR REPLACE INTO shards (shard, topic, subscribers) VALUES (?, ?, ?)", shard, topic, subscribers);
      for (const [host, count] of Object.entries(hosts)) {
        if (count === 0) sql.exec("DELETE FROM hosts WHERE host = ? AND shard = ?", host, shard);
        else sql.exec("INSERT OR REPLACE INTO hosts (host, shard, subscribers) VALUES (?, ?, ?)", host, shard, count);
      }
      sql.exec("DELETE FROM shards WHERE subscribers = 0");
      sql.exec(
        "DELETE FROM topics WHERE topic = ? AND NOT EXISTS (SELECT 1 FROM shards s WHERE s.topic = topics.topic)",
        topic,
      );
    },
    /** Topics with subscribers after one, in their order. */
    after(topic: string, most: number): readonly KnownTopic[] {
      return sql
        .exec<{ topic: string; etag: string }>(
          `SELECT topic, etag FROM topics t WHERE topic > ? AND EXISTS (SELECT 1 FROM shards s WHERE s.topic = t.topic)
           ORDER BY topic LIMIT ?`,
          ...[topic, most],
        )
        .toArray();
    },
    /** The shards that have subscribers of a topic. */
    shardsOf: (topic: string): readonly string[] =>
      sql
        .exec<{ shard: string }>("SELECT shard FROM shards WHERE topic = ? ORDER BY shard", topic)
        .toArray()
        .map(({ shard }) => shard),
    announced(topic: string, etag: string): void {
      sql.exec("UPDATE topics SET etag = ? WHERE topic = ?", etag, topic);
    },
  };
};
