import type { SubscriberCounts } from "../rpc.ts";
import { queryNumber } from "../sql.ts";

/** A shard, with the tag of the edition that it was given last. */
export interface KnownShard {
  readonly shard: string;
  readonly etag: string;
}

/** Which topics have subscribers, in which shards, and how many each host has. */
export const openDirectory = (sql: SqlStorage) => {
  const subscribersOf = (topic: string): number =>
    queryNumber(sql, "SELECT SUM(subscribers) AS number FROM shards WHERE topic = ?", topic);
  const know = (shard: string, topic: string, etag: string, calls: number): void => {
    const query = "INSERT OR IGNORE INTO shards (shard, topic, etag, visits) VALUES (?, ?, ?, ?)";
    sql.exec(query, shard, topic, etag, calls);
  };
  /** Unless a later request is on its way to it. */
  const forgetEmpty = (shard: string, calls: number): void => {
    sql.exec("DELETE FROM shards WHERE shard = ? AND subscribers = 0 AND visits <= ?", shard, calls);
    sql.exec("DELETE FROM hosts WHERE shard = ?1 AND NOT EXISTS (SELECT 1 FROM shards WHERE shard = ?1)", shard);
  };

  return {
    /** How many a topic has, with those that wait to be verified. */
    subscribersOf,
    /** How many a host has, or an address. */
    onHost: (host: string): number =>
      queryNumber(sql, "SELECT SUM(subscribers) AS number FROM hosts WHERE host = ?", host),
    /** Into how many shards new subscriptions go: twice as many whenever those there are full. */
    layoutFor(topic: string, size: number): number {
      const layout = queryNumber(sql, "SELECT MAX(layout) AS number FROM topics WHERE topic = ?", topic) || 1;
      if (subscribersOf(topic) < layout * size) return layout;
      const query = "INSERT INTO topics (topic, layout) VALUES (?1, ?2) ON CONFLICT (topic) DO UPDATE SET layout = ?2";
      sql.exec(query, topic, layout * 2);
      return layout * 2;
    },
    /**
     * Notes a shard before a request goes there, with one subscriber more of some hosts. Gives the number of the visit: they
     * begin at `now` (milliseconds), so that a shard that was forgotten meanwhile has never seen a greater one.
     */
    call(shard: string, topic: string, etag: string, hosts: readonly string[], now: number): number {
      know(shard, topic, etag, now);
      sql.exec("INSERT OR IGNORE INTO topics (topic) VALUES (?)", topic);
      const more = Math.sign(hosts.length);
      sql.exec("UPDATE shards SET visits = visits + 1, subscribers = subscribers + ? WHERE shard = ?", more, shard);
      for (const host of hosts) {
        sql.exec(
          `INSERT INTO hosts (host, shard, subscribers) VALUES (?, ?, 1)
           ON CONFLICT (host, shard) DO UPDATE SET subscribers = subscribers + 1`,
          ...[host, shard],
        );
      }
      return queryNumber(sql, "SELECT visits AS number FROM shards WHERE shard = ?", shard);
    },
    /** A request did not get there: what was noted for it is taken back. If it did, the shard says so, or has said so. */
    undoCall(shard: string, call: number, hosts: readonly string[]): void {
      if (queryNumber(sql, "SELECT told AS number FROM shards WHERE shard = ?", shard) >= call) return;
      sql.exec(
        "UPDATE shards SET subscribers = MAX(0, subscribers - ?) WHERE shard = ?",
        Math.sign(hosts.length),
        shard,
      );
      const query = "UPDATE hosts SET subscribers = MAX(0, subscribers - 1) WHERE host = ? AND shard = ?";
      for (const host of hosts) sql.exec(query, host, shard);
      forgetEmpty(shard, call);
    },
    /** What a shard says of itself. One that is empty is forgotten, unless a request is on its way to it. */
    updateCounts({ shard, topic, calls, subscribers, hosts }: SubscriberCounts): void {
      // One that is not known was forgotten by mistake; what it was given last is not known either.
      if (subscribers > 0) know(shard, topic, "", calls);
      sql.exec("UPDATE shards SET subscribers = ?, told = MAX(told, ?) WHERE shard = ?", subscribers, calls, shard);
      for (const [host, count] of Object.entries(hosts)) {
        if (count === 0) sql.exec("DELETE FROM hosts WHERE host = ? AND shard = ?", host, shard);
        else sql.exec("INSERT OR REPLACE INTO hosts (host, shard, subscribers) VALUES (?, ?, ?)", host, shard, count);
      }
      forgetEmpty(shard, calls);
    },
    /** Topics after one, in their order. */
    after: (topic: string, limit: number): readonly string[] =>
      sql
        .exec<{ topic: string }>(
          "SELECT DISTINCT topic FROM shards WHERE topic > ? ORDER BY topic LIMIT ?",
          topic,
          limit,
        )
        .toArray()
        .map((row) => row.topic),
    /** Where the subscriptions of a topic are. */
    shardsOf: (topic: string): readonly KnownShard[] =>
      sql
        .exec<{ shard: string; etag: string }>("SELECT shard, etag FROM shards WHERE topic = ? ORDER BY shard", topic)
        .toArray(),
    /** A shard was given an edition; no tag: it has none now. */
    announced(shard: string, etag: string): void {
      sql.exec("UPDATE shards SET etag = ? WHERE shard = ?", etag, shard);
    },
  };
};

export type Directory = ReturnType<typeof openDirectory>;
