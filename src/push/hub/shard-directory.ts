import type { SubscriberCounts } from "../rpc.ts";
import { queryNumber } from "../sql.ts";

/** A shard that has subscribers, or will have. */
export interface KnownShard {
  readonly shard: string;
  /** Entity tag of the edition that it was given last; empty if that is none. */
  readonly etag: string;
}

/** Opens the directory: which topics have subscribers, in which shards, and how many subscribers each host has. */
export const openDirectory = (sql: SqlStorage) => {
  const countSubscribers = (topic: string): number =>
    queryNumber(sql, "SELECT SUM(subscribers) AS number FROM shards WHERE topic = ?", topic);
  const addShard = (shard: string, topic: string, etag: string, calls: number): void => {
    const query = "INSERT OR IGNORE INTO shards (shard, topic, etag, calls) VALUES (?, ?, ?, ?)";
    sql.exec(query, shard, topic, etag, calls);
  };
  /** Deletes a shard without subscribers, unless a later call is on its way to it. */
  const deleteIfEmpty = (shard: string, calls: number): void => {
    sql.exec("DELETE FROM shards WHERE shard = ? AND subscribers = 0 AND calls <= ?", shard, calls);
    sql.exec("DELETE FROM hosts WHERE shard = ?1 AND NOT EXISTS (SELECT 1 FROM shards WHERE shard = ?1)", shard);
  };

  return {
    /** Returns how many subscribers a topic has, those that wait to be verified included. */
    countSubscribers,
    /** Returns how many subscriptions there are of callbacks on a host, given by its name or by its address. */
    countOnHost: (host: string): number =>
      queryNumber(sql, "SELECT SUM(subscribers) AS number FROM hosts WHERE host = ?", host),
    /**
     * Returns over how many shards new subscriptions of a topic are spread: twice as many as before whenever those are
     * full.
     */
    shardCountFor(topic: string, shardSize: number): number {
      const count = queryNumber(sql, "SELECT MAX(layout) AS number FROM topics WHERE topic = ?", topic) || 1;
      if (countSubscribers(topic) < count * shardSize) return count;
      const query = "INSERT INTO topics (topic, layout) VALUES (?1, ?2) ON CONFLICT (topic) DO UPDATE SET layout = ?2";
      sql.exec(query, topic, count * 2);
      return count * 2;
    },
    /**
     * Records a call to a shard before it is made, with one subscriber more of some hosts: a shard must be known before
     * it has somebody verified. Returns the number of the call. Numbers begin at `now` (milliseconds since 1970), so
     * that a shard that was deleted here meanwhile has never seen a greater one.
     */
    recordCall(shard: string, topic: string, etag: string, hosts: readonly string[], now: number): number {
      addShard(shard, topic, etag, now);
      sql.exec("INSERT OR IGNORE INTO topics (topic) VALUES (?)", topic);
      const more = Math.sign(hosts.length);
      sql.exec("UPDATE shards SET calls = calls + 1, subscribers = subscribers + ? WHERE shard = ?", more, shard);
      for (const host of hosts) {
        sql.exec(
          `INSERT INTO hosts (host, shard, subscribers) VALUES (?, ?, 1)
           ON CONFLICT (host, shard) DO UPDATE SET subscribers = subscribers + 1`,
          ...[host, shard],
        );
      }
      return queryNumber(sql, "SELECT calls AS number FROM shards WHERE shard = ?", shard);
    },
    /**
     * Takes back what was recorded for a call that failed, unless the shard has reported since: the call reached it
     * then, and only its answer was lost.
     */
    undoCall(shard: string, call: number, hosts: readonly string[]): void {
      if (queryNumber(sql, "SELECT reported_calls AS number FROM shards WHERE shard = ?", shard) >= call) return;
      const fewer = Math.sign(hosts.length);
      sql.exec("UPDATE shards SET subscribers = MAX(0, subscribers - ?) WHERE shard = ?", fewer, shard);
      const query = "UPDATE hosts SET subscribers = MAX(0, subscribers - 1) WHERE host = ? AND shard = ?";
      for (const host of hosts) sql.exec(query, host, shard);
      deleteIfEmpty(shard, call);
    },
    /** Records what a shard reports. One without subscribers is deleted, unless a later call is on its way to it. */
    updateCounts({ shard, topic, calls, subscribers, hosts }: SubscriberCounts): void {
      // One that is not known was deleted by mistake. Which edition it was given last is not known either.
      if (subscribers > 0) addShard(shard, topic, "", calls);
      sql.exec(
        "UPDATE shards SET subscribers = ?, reported_calls = MAX(reported_calls, ?) WHERE shard = ?",
        subscribers,
        calls,
        shard,
      );
      for (const [host, count] of Object.entries(hosts)) {
        if (count === 0) sql.exec("DELETE FROM hosts WHERE host = ? AND shard = ?", host, shard);
        else sql.exec("INSERT OR REPLACE INTO hosts (host, shard, subscribers) VALUES (?, ?, ?)", host, shard, count);
      }
      deleteIfEmpty(shard, calls);
    },
    /** Returns the topics behind one, in the order of their addresses. */
    topicsAfter: (topic: string, limit: number): readonly string[] =>
      sql
        .exec<{ topic: string }>(
          "SELECT DISTINCT topic FROM shards WHERE topic > ? ORDER BY topic LIMIT ?",
          topic,
          limit,
        )
        .toArray()
        .map((row) => row.topic),
    /** Returns the shards of a topic. */
    shardsOf: (topic: string): readonly KnownShard[] =>
      sql
        .exec<{ shard: string; etag: string }>("SELECT shard, etag FROM shards WHERE topic = ? ORDER BY shard", topic)
        .toArray(),
    /** Records which edition a shard was given; an empty entity tag: none. */
    recordEtag(shard: string, etag: string): void {
      sql.exec("UPDATE shards SET etag = ? WHERE shard = ?", etag, shard);
    },
  };
};

export type Directory = ReturnType<typeof openDirectory>;
