import { RETRY_AFTER_FAILURE_MS } from "../../schedule/alarm.ts";
import { queryFirst } from "../sql.ts";

/** Milliseconds. A topic that could not be looked at waits twice as long each time, but never longer. */
const MAX_RETRY_AFTER_FAILURE_MS = 60_000;

/** A topic that is to be looked at. */
export interface Wanted {
  readonly topic: string;
  /** How often it has got shards that nobody knew of. */
  readonly noted: number;
}

/** The topics that are looked at: those with subscribers, and those that hubs elsewhere are told of. Changes are numbered. */
export const openTopics = (sql: SqlStorage) => ({
  /** A topic has subscribers whom nobody knew of: it is to be looked at, whatever was seen of it before. */
  note(topic: string): void {
    const again = "ON CONFLICT (topic) DO UPDATE SET looked = 0, again = 0, noted = noted + 1";
    sql.exec(`INSERT INTO topics (topic) VALUES (?) ${again}`, topic);
  },
  /** Hubs elsewhere are told of these. Of those that are no longer among them, they are told a last time. */
  publish(topics: readonly string[]): void {
    const list = JSON.stringify(topics);
    sql.exec(
      `INSERT INTO topics (topic, is_public) SELECT value, 1 FROM json_each(?) WHERE TRUE
         ON CONFLICT (topic) DO UPDATE SET is_public = 1`,
      list,
    );
    sql.exec(
      "UPDATE topics SET is_public = -1 WHERE is_public = 1 AND topic NOT IN (SELECT value FROM json_each(?))",
      list,
    );
  },
  isPublic: (topic: string): boolean =>
    queryFirst(sql, "SELECT 1 FROM topics WHERE topic = ? AND is_public <> 0", topic) !== undefined,
  /** Those that were not looked at since a change: the longest not, and then short addresses first, as the main feeds have. */
  wanted: (change: number, now: number, limit: number): readonly Wanted[] =>
    sql
      .exec<{ topic: string; noted: number }>(
        "SELECT topic, noted FROM topics WHERE looked < ? AND again <= ? ORDER BY looked, LENGTH(topic), topic LIMIT ?",
        ...[change, now, limit],
      )
      .toArray(),
  /** A topic was looked at, as it was after a change. */
  looked({ topic, noted }: Wanted, change: number): void {
    sql.exec(
      `UPDATE topics SET looked = ?, again = 0, failures = 0, is_public = MAX(is_public, 0)
         WHERE topic = ? AND noted = ?`,
      ...[change, topic, noted],
    );
  },
  /** A topic could not be looked at. */
  failed({ topic }: Wanted, now: number): void {
    sql.exec(
      "UPDATE topics SET again = ? + MIN(?, ? << MIN(failures, 10)), failures = failures + 1 WHERE topic = ?",
      ...[now, MAX_RETRY_AFTER_FAILURE_MS, RETRY_AFTER_FAILURE_MS, topic],
    );
  },
  /** Forgets those that nobody is told of. */
  forgetUnused(): void {
    const isUsed = "is_public <> 0 OR EXISTS (SELECT 1 FROM shards s WHERE s.topic = topics.topic)";
    sql.exec(`DELETE FROM topics WHERE NOT (${isUsed})`);
  },
  /** When a topic is to be looked at next; null where all were since a change. */
  next: (change: number): number | null =>
    queryFirst<{ next: number | null }>(sql, "SELECT MIN(again) AS next FROM topics WHERE looked < ?", change)?.next ??
    null,
});

export type Topics = ReturnType<typeof openTopics>;
