import type { HubRequest, Protocol } from "../protocol/protocol.ts";
import { queryFirst, queryNumber } from "../sql.ts";
import type { CountTracker } from "./count-tracker.ts";
import { findSubscribers, type Subscriber } from "./subscriber.ts";

/** What a callback is to be asked (to confirm a request), or told (that it is denied). */
export interface PendingVerification {
  readonly callback: string;
  readonly protocol: Protocol;
  readonly mode: "subscribe" | "unsubscribe" | "denied";
  /** IP address of the callback's host, if it was looked up. */
  readonly address: string | null;
  readonly secret: string | null;
  /** Is echoed, if the request had one. */
  readonly verifyToken: string | null;
  /** For how long the subscription will hold. */
  readonly leaseMs: number;
  /** Of a denial. */
  readonly reason: string | null;
  /** How often the callback was asked and did not answer. */
  readonly attempts: number;
  /** Of the question that is under way now: tells it from a newer request of the same callback. */
  readonly challenge: string;
}

/** No more may wait at the same time, except those of subscribers. */
const MAX_PENDING = 5000;

/** How many of those that matter least are removed at once when there is no room. */
const EVICTION_SIZE = 100;

/** The order in which callbacks are asked; each time that one does not answer its rank grows. */
const RANK_OF_SUBSCRIBERS = 0;
const RANK_OF_OTHERS = 1;
const RANK_OF_DENIALS = 3;

/** From this rank on they are removed to make room: those that did not answer, and denials. */
const MIN_EVICTABLE_RANK = 2;

interface HostRow {
  readonly [column: string]: SqlStorageValue;
  readonly hostname: string;
  readonly address: string | null;
}

/** Opens the queue of what is to be asked or told, at most one entry for each callback. */
export const openVerificationQueue = (sql: SqlStorage, counts: CountTracker) => {
  // How many more there is room for, at least: counted anew only when that is used up.
  let freePlaces = 0;
  const hasRoom = (): boolean => {
    if (freePlaces <= 0)
      freePlaces = MAX_PENDING - queryNumber(sql, "SELECT COUNT(*) AS number FROM pending_verifications");
    freePlaces -= 1;
    return freePlaces >= 0;
  };
  const deleteWhere = (where: string, ...values: readonly SqlStorageValue[]): number => {
    const query = `DELETE FROM pending_verifications WHERE ${where} RETURNING hostname, address`;
    const removed = sql.exec<HostRow>(query, ...values).toArray();
    for (const { hostname, address } of removed) counts.markChanged(hostname, address);
    return removed.length;
  };
  const makeRoom = (): boolean => {
    const least = "SELECT callback FROM pending_verifications WHERE rank >= ? ORDER BY rank DESC, due LIMIT ?";
    return deleteWhere(`callback IN (${least})`, MIN_EVICTABLE_RANK, EVICTION_SIZE) > 0 && hasRoom();
  };
  const attemptsOf = (callback: string): number =>
    queryNumber(sql, "SELECT attempts AS number FROM pending_verifications WHERE callback = ?", callback);

  return {
    /** Whether a callback waits to be verified as a subscriber. */
    has: (callback: string): boolean =>
      queryFirst(sql, "SELECT 1 FROM pending_verifications WHERE callback = ? AND mode = 'subscribe'", callback) !==
      undefined,
    /** Returns a callback that waits to be verified as a subscriber, or all of them. */
    find: (callback: string | undefined): readonly Subscriber[] =>
      findSubscribers(sql, "pending_verifications", callback, "mode = 'subscribe'"),
    /**
     * Adds a request, in the place of an older one of the same callback. Returns false if too many wait already; there
     * is always room for those who are subscribers.
     */
    add(
      { callback, protocol, mode, secret, address, verifyToken }: HubRequest,
      leaseMs: number,
      isSubscriber: boolean,
      now: number,
    ): boolean {
      const { hostname } = new URL(callback);
      // Even if there is no room: the hub has counted it.
      counts.markChanged(hostname, address);
      if (!isSubscriber && !hasRoom() && !makeRoom()) return false;
      // Kept, so that a lease does not last as long as somebody asks for a renewal that nobody confirms.
      const attempts = isSubscriber ? attemptsOf(callback) : 0;
      // An older request may have had another address, for which it was counted.
      deleteWhere("callback = ?", callback);
      const rank = isSubscriber ? RANK_OF_SUBSCRIBERS : RANK_OF_OTHERS;
      sql.exec(
        `INSERT INTO pending_verifications (callback, protocol, hostname, address, mode, secret, verify_token, lease_ms, attempts, rank, due)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[callback, protocol, hostname, address ?? null, mode, secret ?? null, verifyToken ?? null, leaseMs],
        ...[attempts, rank, now],
      );
      return true;
    },
    /** Removes what a callback has asked for. */
    remove: (callback: string): number => deleteWhere("callback = ?", callback),
    /**
     * Adds a denial, unless the callback has asked for something since. Returns false if too many wait already, and
     * drops it then: subscribers have no right to be told.
     */
    addDenial({ callback, protocol }: Subscriber, reason: string, now: number): boolean {
      if (!hasRoom()) return false;
      sql.exec(
        `INSERT OR IGNORE INTO pending_verifications (callback, protocol, hostname, mode, lease_ms, reason, rank, due)
         VALUES (?, ?, ?, 'denied', 0, ?, ?, ?)`,
        ...[callback, protocol, new URL(callback).hostname, reason, RANK_OF_DENIALS, now],
      );
      return true;
    },
    /** Returns those that are due, by rank. Each is given a challenge, and is not due again before `again`. */
    take(now: number, limit: number, again: number, challenge: () => string): readonly PendingVerification[] {
      const due = sql
        .exec<Omit<PendingVerification, "challenge"> & Record<string, SqlStorageValue>>(
          `SELECT callback, protocol, mode, address, secret, verify_token AS verifyToken, lease_ms AS leaseMs, reason, attempts FROM pending_verifications
           WHERE due <= ? ORDER BY rank, due LIMIT ?`,
          ...[now, limit],
        )
        .toArray()
        .map((verification) => ({ ...verification, challenge: challenge() }));
      for (const one of due) {
        sql.exec(
          "UPDATE pending_verifications SET challenge = ?, due = ? WHERE callback = ?",
          one.challenge,
          again,
          one.callback,
        );
      }
      return due;
    },
    /** Removes one that is done. Returns false if a newer request has taken its place, or it was removed before. */
    finish({ callback, challenge, address }: PendingVerification): boolean {
      counts.markChanged(new URL(callback).hostname, address);
      return deleteWhere("callback = ? AND challenge = ?", callback, challenge) > 0;
    },
    /** Has one that was not answered asked again at `due`, after those that were not asked yet. */
    retryAt({ callback, challenge }: PendingVerification, due: number): void {
      sql.exec(
        "UPDATE pending_verifications SET attempts = attempts + 1, rank = rank + 1, due = ? WHERE callback = ? AND challenge = ?",
        ...[due, callback, challenge],
      );
    },
    /** Has one that was taken, but not asked, asked at `due`. */
    postpone({ callback, challenge }: PendingVerification, due: number): void {
      sql.exec(
        "UPDATE pending_verifications SET due = ? WHERE callback = ? AND challenge = ?",
        due,
        callback,
        challenge,
      );
    },
  };
};

export type VerificationQueue = ReturnType<typeof openVerificationQueue>;
