import type { Recipient } from "../delivery/deliver.ts";
import type { Protocol } from "../protocol/websub.ts";
import type { Failure } from "../rpc.ts";
import { firstOf, numberOf } from "../sql.ts";
import { type Addressee, addresseesOf } from "./addressee.ts";
import type { CountTracker } from "./subscriber-counts.ts";

/** A subscription as it is verified. */
export interface Subscription {
  readonly callback: string;
  readonly protocol: Protocol;
  readonly address: string | null;
  readonly secret: string | null;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

const MAX_FAILURES_LISTED = 20;

/** No renewal of it waits to be verified. */
const NOT_RENEWING =
  "NOT EXISTS (SELECT 1 FROM errands e WHERE e.callback = subscriptions.callback AND e.mode = 'subscribe')";

/** A subscription as it is read to be delivered to. */
interface Row {
  readonly [column: string]: SqlStorageValue;
  readonly id: number;
  readonly callback: string;
  readonly protocol: Protocol;
  readonly secret: string | null;
}

const toRecipient = ({ id, callback, protocol, secret }: Row): Recipient => ({
  ...{ id, callback, protocol },
  ...(secret !== null && { secret }),
});

/** The subscriptions of a shard, with what is still to be delivered to them: the outbox. */
export const openSubscriptions = (sql: SqlStorage, counts: CountTracker) => {
  const remove = (where: string, ...values: readonly SqlStorageValue[]): number => {
    const query = `DELETE FROM subscriptions WHERE ${where} RETURNING host, address`;
    const removed = sql.exec<{ host: string; address: string | null }>(query, ...values).toArray();
    for (const { host, address } of removed) counts.touch(host, address);
    return removed.length;
  };
  const count = (where: string): number => numberOf(sql, `SELECT COUNT(*) AS number FROM subscriptions WHERE ${where}`);

  return {
    remove: (callback: string): boolean => remove("callback = ?", callback) > 0,
    has: (callback: string): boolean =>
      firstOf(sql, "SELECT 1 FROM subscriptions WHERE callback = ?", callback) !== undefined,
    /** The subscriber at a callback, or all of them. */
    named: (callback: string | undefined): readonly Addressee[] => addresseesOf(sql, "subscriptions", callback),
    /** How a subscriber is spoken to; nothing where it is none. */
    protocolOf: (callback: string): Protocol | undefined =>
      firstOf<{ protocol: Protocol }>(sql, "SELECT protocol FROM subscriptions WHERE callback = ?", callback)?.protocol,
    /** Adds one, or renews it: who answers just now is no failure, and gets now what it has still to get. */
    save({ callback, protocol, address, secret, expires }: Subscription, now: number): void {
      const { hostname } = new URL(callback);
      const former = "SELECT address FROM subscriptions WHERE callback = ?";
      counts.touch(firstOf<{ address: string | null }>(sql, former, callback)?.address);
      sql.exec(
        `INSERT INTO subscriptions (callback, protocol, host, address, secret, expires) VALUES (?1, ?7, ?2, ?3, ?4, ?5)
         ON CONFLICT (callback) DO UPDATE SET protocol = ?7, address = ?3, secret = ?4, expires = ?5, renewed = batch,
           attempts = 0, failing_since = NULL, reason = NULL, due = iif(due IS NULL OR batch IS NOT NULL, due, ?6)`,
        ...[callback, hostname, address, secret, expires, now, protocol],
      );
      counts.touch(hostname, address);
    },
    /** Ends those whose lease is over, unless a renewal waits that was asked for in time. */
    expire: (now: number): number => remove(`expires <= ? AND ${NOT_RENEWING}`, now),
    /** What they have still to get is nothing any longer. */
    suspend(): void {
      sql.exec("UPDATE subscriptions SET due = NULL, batch = NULL WHERE due IS NOT NULL");
    },
    /** All that wait for nothing wait for the new edition; who failed before is tried again when it was to be. */
    wakeAll(now: number): void {
      sql.exec("UPDATE subscriptions SET due = ? WHERE due IS NULL", now);
    },
    /** Puts so many of those that are due into a batch, which is not due again before `again`. Those that failed go by themselves. */
    fill(batch: number, now: number, size: number, again: number): boolean {
      for (const kind of ["failing_since IS NULL", "failing_since IS NOT NULL"]) {
        const filled = sql.exec(
          `UPDATE subscriptions SET batch = ?, renewed = NULL, due = ? WHERE id IN
             (SELECT id FROM subscriptions WHERE due IS NOT NULL AND due <= ? AND expires > ? AND ${kind} ORDER BY due, id LIMIT ?) RETURNING 1`,
          ...[batch, again, now, now, size],
        );
        if (filled.toArray().length > 0) return true;
      }
      return false;
    },
    /** Gives a batch back that could not be handed out. */
    giveBack(batches: readonly number[], due: number): void {
      const query = "UPDATE subscriptions SET batch = NULL, due = ? WHERE batch IN (SELECT value FROM json_each(?))";
      sql.exec(query, due, JSON.stringify(batches));
    },
    /** Those of a batch, for the one who takes it first; not due again before `again`. */
    take(batch: number, now: number, again: number): readonly Recipient[] {
      return sql
        .exec<Row>(
          "UPDATE subscriptions SET due = ?, batch = -batch WHERE batch = ? AND expires > ? RETURNING id, callback, protocol, secret",
          ...[again, batch, now],
        )
        .toArray()
        .map(toRecipient);
    },
    /** They have taken an edition; `due` where there is a later one already, else null. */
    taken(ids: readonly number[], batch: number, due: number | null): void {
      sql.exec(
        `UPDATE subscriptions SET due = ?, batch = NULL, attempts = 0, failing_since = NULL, reason = NULL
         WHERE batch = ? AND id IN (SELECT value FROM json_each(?))`,
        ...[due, -batch, JSON.stringify(ids)],
      );
    },
    /** It wants no more; unless it was renewed meanwhile: then it is asked once more at `due`. */
    gone(id: number, batch: number, due: number): void {
      remove("id = ? AND batch = ? AND renewed IS NULL", id, -batch);
      sql.exec("UPDATE subscriptions SET batch = NULL, due = ? WHERE id = ? AND batch = ?", due, id, -batch);
    },
    /**
     * It failed, or could not be tried (`more` attempts: 1 or 0). Gives how often in a row and since when, and nothing where the
     * batch does not hold it any longer.
     */
    failed(
      id: number,
      batch: number,
      reason: string,
      more: 0 | 1,
      now: number,
    ): { callback: string; attempts: number; since: number } | undefined {
      return firstOf(
        sql,
        `UPDATE subscriptions SET attempts = attempts + ?, failing_since = COALESCE(failing_since, ?), reason = ?, batch = NULL
         WHERE id = ? AND batch = ? RETURNING callback, attempts, failing_since AS since`,
        ...[more, now, reason, id, -batch],
      );
    },
    /** It failed, and is tried at `due`. */
    retryAt(id: number, due: number): void {
      sql.exec("UPDATE subscriptions SET due = ? WHERE id = ?", due, id);
    },
    /** It was not begun, so it is at `due`; unless the batch does not hold it any longer. */
    postpone(id: number, batch: number, due: number): void {
      sql.exec("UPDATE subscriptions SET due = ?, batch = NULL WHERE id = ? AND batch = ?", due, id, -batch);
    },
    /** Makes one, or all that failed, due now, unless they are being delivered to. Gives their number. */
    replay(callback: string | undefined, now: number): number {
      const [where, values] = callback === undefined ? ["failing_since IS NOT NULL", []] : ["callback = ?", [callback]];
      const query = `UPDATE subscriptions SET due = iif(batch IS NULL, ?, due) WHERE ${where} RETURNING 1`;
      return sql.exec(query, now, ...values).toArray().length;
    },
    counts: () => ({ subscribers: count("TRUE"), pending: count("due IS NOT NULL") }),
    /** The oldest first. */
    failures: (): readonly Failure[] =>
      sql
        .exec<{ callback: string; attempts: number; since: number; next: number; reason: string }>(
          `SELECT callback, attempts, failing_since AS since, COALESCE(due, 0) AS next, reason FROM subscriptions
           WHERE failing_since IS NOT NULL ORDER BY failing_since LIMIT ?`,
          MAX_FAILURES_LISTED,
        )
        .toArray(),
    /** When something is to be done next by itself; null where nothing is. */
    next: (now: number): number | null =>
      sql
        .exec<{ next: number | null }>(
          `SELECT MIN(at) AS next FROM (SELECT MIN(due) AS at FROM subscriptions WHERE due IS NOT NULL AND failing_since IS NULL
             UNION ALL SELECT MIN(due) FROM subscriptions WHERE due IS NOT NULL AND failing_since IS NOT NULL
             UNION ALL SELECT COALESCE((SELECT expires FROM subscriptions WHERE expires <= ?1 AND ${NOT_RENEWING} LIMIT 1),
               (SELECT MIN(expires) FROM subscriptions WHERE expires > ?1))
             UNION ALL SELECT MIN(due) FROM errands
             UNION ALL SELECT 0 WHERE EXISTS (SELECT 1 FROM uncounted))`,
          now,
        )
        .one().next,
  };
};

export type Subscriptions = ReturnType<typeof openSubscriptions>;
