import { RETRY_AFTER_FAILURE_MS } from "../../schedule/alarm.ts";
import { queryFirst } from "../sql.ts";

/** A topic that could not be checked waits twice as long each time, but never longer than this. */
const MAX_RETRY_AFTER_FAILURE_MS = 60_000;

/** A topic that is to be checked. */
export interface DueTopic {
  readonly topic: string;
  /** How often it was marked as unchecked: a check that began before the last time counts for nothing. */
  readonly timesUnchecked: number;
}

/**
 * Opens the table of the topics that are checked for changes: those that have subscribers, and those of which hubs
 * elsewhere are told. Changes are numbered, and each topic knows after which change it was checked last.
 */
export const openTopics = (sql: SqlStorage) => ({
  /** Has a topic checked again, whatever was seen of it before: it has subscribers of whom nobody knew. */
  markUnchecked(topic: string): void {
    const again =
      "ON CONFLICT (topic) DO UPDATE SET checked_change = 0, next_check = 0, times_unchecked = times_unchecked + 1";
    sql.exec(`INSERT INTO topics (topic) VALUES (?) ${again}`, topic);
  },
  /**
   * Sets the topics of which hubs elsewhere are told. Of those that are no longer among them, they are told a last
   * time.
   */
  setPublic(topics: readonly string[]): void {
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
  /** Whether hubs elsewhere are told of a topic, or are to be told a last time. */
  isPublic: (topic: string): boolean =>
    queryFirst(sql, "SELECT 1 FROM topics WHERE topic = ? AND is_public <> 0", topic) !== undefined,
  /**
   * Returns topics that were not checked since a change: first those that were not for the longest, of these the ones
   * with the shortest addresses, as the main feeds have.
   */
  due: (change: number, now: number, limit: number): readonly DueTopic[] =>
    sql
      .exec<{ topic: string; timesUnchecked: number }>(
        "SELECT topic, times_unchecked AS timesUnchecked FROM topics WHERE checked_change < ? AND next_check <= ? ORDER BY checked_change, LENGTH(topic), topic LIMIT ?",
        ...[change, now, limit],
      )
      .toArray(),
  /** Records that a topic was checked after a change. */
  markChecked({ topic, timesUnchecked }: DueTopic, change: number): void {
    sql.exec(
      `UPDATE topics SET checked_change = ?, next_check = 0, failures = 0, is_public = MAX(is_public, 0)
         WHERE topic = ? AND times_unchecked = ?`,
      ...[change, topic, timesUnchecked],
    );
  },
  /** Records that a topic could not be checked: it is tried again after ten seconds, and then less and less often. */
  recordFailure({ topic }: DueTopic, now: number): void {
    sql.exec(
      "UPDATE topics SET next_check = ? + MIN(?, ? << MIN(failures, 10)), failures = failures + 1 WHERE topic = ?",
      ...[now, MAX_RETRY_AFTER_FAILURE_MS, RETRY_AFTER_FAILURE_MS, topic],
    );
  },
  /** Deletes the topics of which nobody is told. */
  deleteUnused(): void {
    const isUsed = "is_public <> 0 OR EXISTS (SELECT 1 FROM shards s WHERE s.topic = topics.topic)";
    sql.exec(`DELETE FROM topics WHERE NOT (${isUsed})`);
  },
  /** Returns when a topic may be checked next; null if all were checked since a change. */
  nextDue: (change: number): number | null =>
    queryFirst<{ next: number | null }>(
      sql,
      "SELECT MIN(next_check) AS next FROM topics WHERE checked_change < ?",
      change,
    )?.next ?? null,
});

export type Topics = ReturnType<typeof openTopics>;
