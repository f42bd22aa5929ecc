import type { Recipient } from "./delivery.ts";
import type { Failure } from "./stubs.ts";

/** A subscription as it is verified. */
export interface Subscription {
  readonly callback: string;
  readonly secret: string | null;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

const MOST_FAILURES_TOLD = 20;

const hostOf = (callback: string): string => new URL(callback).hostname;

const toRecipient = ({ id, callback, secret }: { id: number; callback: string; secret: string | null }): Recipient => ({
  ...{ id, callback },
  ...(secret !== null && { secret }),
});

export type Subscriptions = ReturnType<typeof openSubscriptions>;

/** The subscriptions of a shard, with what is still to be delivered to them: the outbox. */
export const openSubscriptions = (sql: SqlStorage) => {
  const uncounted = (callback: string): void => {
    sql.exec("INSERT OR IGNORE INTO uncounted (host) VALUES (?)", hostOf(callback));
  };
  const remove = (callback: string): boolean => {
    const isRemoved = sql.exec("DELETE FROM subscriptions WHERE callback = ?", callback).rowsWritten > 0;
    if (isRemoved) uncounted(callback);
    return isRemoved;
  };
  const callbacks = (where: string, ...values: readonly SqlStorageValue[]): readonly string[] =>
    sql
      .exec<{ callback: string }>(`SELECT callback FROM subscriptions WHERE ${where}`, ...values)
      .toArray()
      .map(({ callback }) => callback);
  const count = (where: string, ...values: readonly SqlStorageValue[]): number =>
    sql.exec<{ number: number }>(`SELECT COUNT(*) AS number FROM subscriptions WHERE ${where}`, ...values).one().number;

  return {
    remove,
    all: () => callbacks("TRUE"),
    has: (callback: string): boolean => count("callback = ?", callback) > 0,
    /** Adds one, or renews it: what it has still to get, and how often it failed, stays as it was. */
    save({ callback, secret, expires }: Subscription): void {
      sql.exec(
        `INSERT INTO subscriptions (callback, host, secret, expires) VALUES (?, ?, ?, ?)
         ON CONFLICT (callback) DO UPDATE SET secret = excluded.secret, expires = excluded.expires`,
        ...[callback, hostOf(callback), secret, expires],
      );
      uncounted(callback);
    },
    /** Ends those whose lease is over. */
    expire(now: number): void {
      for (const callback of callbacks("expires <= ?", now)) remove(callback);
    },
    /** All that wait for nothing wait for the new edition; who failed before is tried again when it was to be. */
    wakeAll(now: number): void {
      sql.exec("UPDATE subscriptions SET due = ? WHERE due IS NULL", now);
    },
    /** Makes batches of those that are due, which are not due again before `again`. Gives the numbers of the batches. */
    batch(now: number, size: number, most: number, again: number): readonly number[] {
      const batches: number[] = [];
      let { next } = sql
        .exec<{ next: number }>("SELECT COALESCE(MAX(value), 0) + 1 AS next FROM facts WHERE name = 'batch'")
        .one();
      while (batches.length < most) {
        const { rowsWritten } = sql.exec(
          `UPDATE subscriptions SET batch = ?, due = ? WHERE id IN
             (SELECT id FROM subscriptions WHERE due <= ? ORDER BY due, id LIMIT ?)`,
          ...[next, again, now, size],
        );
        if (rowsWritten === 0) break;
        batches.push(next);
        next += 1;
      }
      sql.exec("INSERT OR REPLACE INTO facts (name, value) VALUES ('batch', ?)", next - 1);
      return batches;
    },
    /** Those that a batch still holds; not due again before `again`. */
    take(batch: number, again: number): readonly Recipient[] {
      sql.exec("UPDATE subscriptions SET due = ? WHERE batch = ?", again, batch);
      return sql
        .exec<{ id: number; callback: string; secret: string | null }>(
          "SELECT id, callback, secret FROM subscriptions WHERE batch = ? ORDER BY id",
          batch,
        )
        .toArray()
        .map(toRecipient);
    },
    /** It has taken an edition; `due` where there is a later one already, else null. */
    taken(id: number, batch: number, due: number | null): void {
      sql.exec(
        `UPDATE subscriptions SET due = ?, batch = NULL, attempts = 0, failing_since = NULL, reason = NULL
         WHERE id = ? AND batch = ?`,
        ...[due, id, batch],
      );
    },
    /** It failed; gives how often in a row and since when, and nothing where the batch does not hold it any longer. */
    failed(
      id: number,
      batch: number,
      reason: string,
      now: number,
    ): { callback: string; attempts: number; since: number } | undefined {
      const [row] = sql
        .exec<{ callback: string; attempts: number; since: number }>(
          `UPDATE subscriptions SET attempts = attempts + 1, failing_since = COALESCE(failing_since, ?), reason = ?, batch = NULL
           WHERE id = ? AND batch = ? RETURNING callback, attempts, failing_since AS since`,
          ...[now, reason, id, batch],
        )
        .toArray();
      return row;
    },
    wait(id: number, due: number): void {
      sql.exec("UPDATE subscriptions SET due = ? WHERE id = ?", due, id);
    },
    /** It wants no more, unless it was handed out anew or renewed since. */
    gone(id: number, batch: number): void {
      for (const callback of callbacks("id = ? AND batch = ?", id, batch)) remove(callback);
    },
    /** Makes one, or all that failed, due now. Gives their number. */
    replay(callback: string | undefined, now: number): number {
      const [where, values] = callback === undefined ? ["failing_since IS NOT NULL", []] : ["callback = ?", [callback]];
      return sql
        .exec(`UPDATE subscriptions SET due = ?, batch = NULL WHERE ${where} RETURNING id`, now, ...values)
        .toArray().length;
    },
    counts: () => ({ subscribers: count("TRUE"), pending: count("due IS NOT NULL") }),
    failures: (): readonly Failure[] =>
      sql
        .exec<{ callback: string; attempts: number; since: number; next: number; reason: string }>(
          `SELECT callback, attempts, failing_since AS since, COALESCE(due, 0) AS next, reason FROM subscriptions
           WHERE failing_since IS NOT NULL ORDER BY failing_since LIMIT ?`,
          MOST_FAILURES_TOLD,
        )
        .toArray(),
    /** Of the hosts that were not told yet, how many subscriptions each has. */
    uncounted(): Readonly<Record<string, number>> {
      const rows = sql
        .exec<{ host: string; number: number }>(
          "SELECT u.host, (SELECT COUNT(*) FROM subscriptions s WHERE s.host = u.host) AS number FROM uncounted u LIMIT 500",
        )
        .toArray();
      return Object.fromEntries(rows.map(({ host, number }) => [host, number]));
    },
    /** The hub was told these numbers: where one is another by now, it must be told again. */
    counted(hosts: Readonly<Record<string, number>>): void {
      for (const [host, number] of Object.entries(hosts)) {
        if (count("host = ?", host) === number) sql.exec("DELETE FROM uncounted WHERE host = ?", host);
      }
    },
    /** When something is to be done next by itself; null where nothing is. */
    next(): number | null {
      return sql
        .exec<{ next: number | null }>(
          `SELECT MIN(at) AS next FROM (SELECT MIN(due) AS at FROM subscriptions WHERE due IS NOT NULL
             UNION ALL SELECT MIN(expires) FROM subscriptions UNION ALL SELECT MIN(due) FROM intents
             UNION ALL SELECT 0 FROM uncounted)`,
        )
        .one().next;
    },
  };
};
