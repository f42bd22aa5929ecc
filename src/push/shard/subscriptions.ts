import type { Protocol } from "../protocol/protocol.ts";
import type { DeliveryFailure, Patience, Recipient } from "../rpc.ts";
import { queryFirst, queryNumber } from "../sql.ts";
import type { CountTracker } from "./count-tracker.ts";
import { findSubscribers, type Subscriber } from "./subscriber.ts";

/** A subscription as it is verified. */
export interface Subscription {
  readonly callback: string;
  readonly protocol: Protocol;
  /** IP address of the callback's host, if it was looked up. */
  readonly address: string | null;
  readonly secret: string | null;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

const MAX_FAILURES_LISTED = 20;

/** Patience as it is stored. */
const PROVEN = 0;
const UNPROVEN = 1;
const PATIENT = 2;

/**
 * Who is delivered to, in this order: those that have accepted a delivery in time before, those of whom nothing is known,
 * those that failed, and those that take long or do not answer. Each kind has an index, and batches of its own.
 */
const QUICK_KINDS = [
  { patience: "proven", where: `failing_since IS NULL AND patience = ${PROVEN}` },
  { patience: "unproven", where: `failing_since IS NULL AND patience = ${UNPROVEN}` },
  { patience: "unproven", where: `failing_since IS NOT NULL AND patience < ${PATIENT}` },
] as const satisfies readonly { readonly patience: Patience; readonly where: string }[];

const IS_PATIENT = `patience = ${PATIENT}`;

/** No renewal of the subscription waits to be verified. */
const IS_NOT_RENEWING =
  "NOT EXISTS (SELECT 1 FROM pending_verifications v WHERE v.callback = subscriptions.callback AND v.mode = 'subscribe')";

interface RecipientRow {
  readonly [column: string]: SqlStorageValue;
  readonly id: number;
  readonly callback: string;
  readonly protocol: Protocol;
  readonly secret: string | null;
  readonly address: string | null;
}

const toRecipient = ({ id, callback, protocol, secret, address }: RecipientRow): Recipient => ({
  ...{ id, callback, protocol },
  ...(secret !== null && { secret }),
  ...(address !== null && { address }),
});

/**
 * Opens the table of a shard's subscriptions, which is the outbox, too: it says when something is to be delivered to
 * each, and in which batch. A batch that was handed out and not reported is due again after a while. As soon as
 * somebody has taken it, its number is stored negated, so that nobody else takes it, and what is reported of another
 * batch has no effect.
 */
export const openSubscriptions = (sql: SqlStorage, counts: CountTracker) => {
  const deleteWhere = (where: string, ...values: readonly SqlStorageValue[]): number => {
    const query = `DELETE FROM subscriptions WHERE ${where} RETURNING hostname, address`;
    const removed = sql.exec<{ hostname: string; address: string | null }>(query, ...values).toArray();
    for (const { hostname, address } of removed) counts.markChanged(hostname, address);
    return removed.length;
  };
  const fill = (kind: string, batch: number, now: number, size: number, again: number): number =>
    sql
      .exec(
        `UPDATE subscriptions SET batch = ?, renewed = NULL, due = ? WHERE id IN
           (SELECT id FROM subscriptions WHERE due IS NOT NULL AND due <= ? AND expires > ? AND ${kind} ORDER BY due, id LIMIT ?) RETURNING 1`,
        ...[batch, again, now, now, size],
      )
      .toArray().length;
  const isPatientUnderWay = (now: number): boolean =>
    queryFirst(sql, `SELECT 1 FROM subscriptions WHERE batch IS NOT NULL AND ${IS_PATIENT} AND due > ?`, now) !==
    undefined;
  const count = (where: string): number =>
    queryNumber(sql, `SELECT COUNT(*) AS number FROM subscriptions WHERE ${where}`);

  return {
    has: (callback: string): boolean =>
      queryFirst(sql, "SELECT 1 FROM subscriptions WHERE callback = ?", callback) !== undefined,
    /** Returns the subscriber at a callback, or all of them. */
    find: (callback: string | undefined): readonly Subscriber[] => findSubscribers(sql, "subscriptions", callback),
    /**
     * Adds a subscription or renews it. Who answers just now does not fail, and gets now what is still to be delivered.
     */
    save({ callback, protocol, address, secret, expires }: Subscription, now: number): void {
      const { hostname } = new URL(callback);
      const former = "SELECT address FROM subscriptions WHERE callback = ?";
      counts.markChanged(queryFirst<{ address: string | null }>(sql, former, callback)?.address);
      sql.exec(
        `INSERT INTO subscriptions (callback, protocol, hostname, address, secret, expires) VALUES (?1, ?7, ?2, ?3, ?4, ?5)
         ON CONFLICT (callback) DO UPDATE SET protocol = ?7, address = ?3, secret = ?4, expires = ?5, renewed = batch,
           attempts = 0, failing_since = NULL, reason = NULL, due = iif(due IS NULL OR batch IS NOT NULL, due, ?6)`,
        ...[callback, hostname, address, secret, expires, now, protocol],
      );
      counts.markChanged(hostname, address);
    },
    remove: (callback: string): boolean => deleteWhere("callback = ?", callback) > 0,
    /** Removes those whose lease is over, unless a renewal that was asked for in time waits to be verified. */
    removeExpired: (now: number): number => deleteWhere(`expires <= ? AND ${IS_NOT_RENEWING}`, now),
    /**
     * Makes a delivery due for all for which none is. Those that failed before are tried again when they were to be.
     */
    markAllDue(now: number): void {
      sql.exec("UPDATE subscriptions SET due = ? WHERE due IS NULL", now);
    },
    /** Makes nothing due any longer. */
    cancelDeliveries(): void {
      sql.exec("UPDATE subscriptions SET due = NULL, batch = NULL WHERE due IS NOT NULL");
    },
    /**
     * Puts up to `size` subscriptions that are due into a batch, which is not due again before `again`: of the first kind
     * that has any. Returns whether there were any.
     */
    fillBatch(batch: number, now: number, size: number, again: number): boolean {
      return QUICK_KINDS.some(({ where }) => fill(where, batch, now, size, again) > 0);
    },
    /**
     * The same for those that need patience, unless such a batch is under way: one at a time, so that they do not use up
     * what others need.
     */
    fillPatientBatch: (batch: number, now: number, size: number, again: number): boolean =>
      !isPatientUnderWay(now) && fill(IS_PATIENT, batch, now, size, again) > 0,
    /** Dissolves batches that could not be sent to the queue: they are due again at `due`. */
    releaseBatches(batches: readonly number[], due: number): void {
      const query = "UPDATE subscriptions SET batch = NULL, due = ? WHERE batch IN (SELECT value FROM json_each(?))";
      sql.exec(query, due, JSON.stringify(batches));
    },
    /**
     * Returns the recipients of a batch to whoever takes it first, with the patience that they need; they are not due again
     * before `again`.
     */
    takeBatch(
      batch: number,
      now: number,
      again: number,
    ): { readonly recipients: readonly Recipient[]; readonly patience: Patience } {
      const rows = sql
        .exec<RecipientRow & { readonly patience: number; readonly isFailing: number }>(
          `UPDATE subscriptions SET due = ?, batch = -batch WHERE batch = ? AND expires > ?
           RETURNING id, callback, protocol, secret, address, patience, failing_since IS NOT NULL AS isFailing`,
          ...[again, batch, now],
        )
        .toArray();
      const isProven = rows.every(({ patience, isFailing }) => patience === PROVEN && isFailing === 0);
      const isPatient = rows.some(({ patience }) => patience === PATIENT);
      return { recipients: rows.map(toRecipient), patience: isPatient ? "patient" : isProven ? "proven" : "unproven" };
    },
    /**
     * Records that an edition was delivered; `isSlow`: only with patience. At `due` the next one is to be; null if there
     * is none yet.
     */
    recordDelivered(ids: readonly number[], batch: number, isSlow: boolean, due: number | null): void {
      sql.exec(
        `UPDATE subscriptions SET due = ?, batch = NULL, attempts = 0, failing_since = NULL, reason = NULL, patience = ?
         WHERE batch = ? AND id IN (SELECT value FROM json_each(?))`,
        ...[due, isSlow ? PATIENT : PROVEN, -batch, JSON.stringify(ids)],
      );
    },
    /** Has one that did not answer in the little time that it had delivered with patience, at `due`. */
    recordSlow(id: number, batch: number, due: number): void {
      sql.exec(
        "UPDATE subscriptions SET patience = ?, due = ?, batch = NULL WHERE id = ? AND batch = ?",
        ...[PATIENT, due, id, -batch],
      );
    },
    /**
     * Removes one that wants no more. If it was renewed while the batch was under way, it is asked once more instead,
     * at `due`.
     */
    recordGone(id: number, batch: number, due: number): void {
      deleteWhere("id = ? AND batch = ? AND renewed IS NULL", id, -batch);
      sql.exec("UPDATE subscriptions SET batch = NULL, due = ? WHERE id = ? AND batch = ?", due, id, -batch);
    },
    /**
     * Records that a delivery failed, or could not be tried (`attempts`: 1 or 0). Returns how often in a row it has
     * failed and since when, or undefined if the batch does not hold it any longer.
     */
    recordFailure(
      id: number,
      batch: number,
      reason: string,
      attempts: 0 | 1,
      now: number,
    ): { readonly callback: string; readonly attempts: number; readonly since: number } | undefined {
      return queryFirst<{ callback: string; attempts: number; since: number }>(
        sql,
        `UPDATE subscriptions SET attempts = attempts + ?, failing_since = COALESCE(failing_since, ?), reason = ?, batch = NULL
         WHERE id = ? AND batch = ? RETURNING callback, attempts, failing_since AS since`,
        ...[attempts, now, reason, id, -batch],
      );
    },
    /** Has one that failed tried again at `due`. */
    retryAt(id: number, due: number): void {
      sql.exec("UPDATE subscriptions SET due = ? WHERE id = ?", due, id);
    },
    /** Has one that was not started delivered at `due`, unless the batch does not hold it any longer. */
    postpone(id: number, batch: number, due: number): void {
      sql.exec("UPDATE subscriptions SET due = ?, batch = NULL WHERE id = ? AND batch = ?", due, id, -batch);
    },
    /** Makes one, or all that failed, due now unless they are in a batch. Returns their number. */
    replay(callback: string | undefined, now: number): number {
      const [where, values] = callback === undefined ? ["failing_since IS NOT NULL", []] : ["callback = ?", [callback]];
      const query = `UPDATE subscriptions SET due = iif(batch IS NULL, ?, due) WHERE ${where} RETURNING 1`;
      return sql.exec(query, now, ...values).toArray().length;
    },
    /** Returns how many there are, and to how many something is still to be delivered. */
    counts: () => ({ subscribers: count("TRUE"), pending: count("due IS NOT NULL") }),
    /** Returns those to which deliveries fail, the oldest first. */
    failures: (): readonly DeliveryFailure[] =>
      sql
        .exec<{ callback: string; attempts: number; since: number; next: number; reason: string }>(
          `SELECT callback, attempts, failing_since AS since, COALESCE(due, 0) AS next, reason FROM subscriptions
           WHERE failing_since IS NOT NULL ORDER BY failing_since LIMIT ?`,
          MAX_FAILURES_LISTED,
        )
        .toArray(),
    /**
     * Returns when something is to be delivered, or a lease ends, next; null if neither. One whose lease is over while its
     * renewal waits counts for nothing: it is the renewal that is due. While a patient batch is under way, others like it
     * wait for what becomes of it.
     */
    nextDue: (now: number): number | null =>
      sql
        .exec<{ next: number | null }>(
          `SELECT MIN(at) AS next FROM (
             ${QUICK_KINDS.map(({ where }) => `SELECT MIN(due) AS at FROM subscriptions WHERE due IS NOT NULL AND ${where} UNION ALL `).join("")}
             SELECT MIN(due) FROM subscriptions WHERE due IS NOT NULL AND ${IS_PATIENT}${isPatientUnderWay(now) ? " AND batch IS NOT NULL AND due > ?1" : ""}
             UNION ALL SELECT COALESCE((SELECT expires FROM subscriptions WHERE expires <= ?1 AND ${IS_NOT_RENEWING} LIMIT 1),
               (SELECT MIN(expires) FROM subscriptions WHERE expires > ?1)))`,
          now,
        )
        .one().next,
  };
};

export type Subscriptions = ReturnType<typeof openSubscriptions>;
