import type { HubRequest, Protocol } from "../protocol/websub.ts";
import { firstOf, numberOf } from "../sql.ts";
import { type Addressee, addresseesOf } from "./addressee.ts";
import type { CountTracker } from "./subscriber-counts.ts";

/** What is to be asked of a callback, or told to it. */
export interface PendingVerification {
  readonly callback: string;
  readonly protocol: Protocol;
  readonly mode: "subscribe" | "unsubscribe" | "denied";
  readonly address: string | null;
  readonly secret: string | null;
  /** Milliseconds. */
  readonly lease: number;
  readonly reason: string | null;
  /** How often it was asked in vain. */
  readonly attempts: number;
  /** Of the question that is out now. */
  readonly challenge: string;
}

/** More cannot wait at the same time, except those of subscribers. */
const MAX_WAITING = 5000;

/** So many of those that matter least make room for others. */
const GIVING_WAY = 100;

/** From this rank on they give way: who was asked in vain, and denials. */
const RANK_OF_LEAST = 2;
const RANK_OF_DENIALS = 3;

interface Place {
  readonly [column: string]: SqlStorageValue;
  readonly host: string;
  readonly address: string | null;
}

/** Errands that wait, one a callback. */
export const openVerificationQueue = (sql: SqlStorage, counts: CountTracker) => {
  // How many more there is room for, at least: counted anew only when that is used up.
  let room = 0;
  const hasRoom = (): boolean => {
    if (room <= 0) room = MAX_WAITING - numberOf(sql, "SELECT COUNT(*) AS number FROM errands");
    room -= 1;
    return room >= 0;
  };
  const remove = (where: string, ...values: readonly SqlStorageValue[]): number => {
    const removed = sql.exec<Place>(`DELETE FROM errands WHERE ${where} RETURNING host, address`, ...values).toArray();
    for (const { host, address } of removed) counts.touch(host, address);
    return removed.length;
  };
  const makeRoom = (): boolean => {
    const least = "SELECT callback FROM errands WHERE rank >= ? ORDER BY rank DESC, due LIMIT ?";
    return remove(`callback IN (${least})`, RANK_OF_LEAST, GIVING_WAY) > 0 && hasRoom();
  };
  const attemptsOf = (callback: string): number =>
    numberOf(sql, "SELECT attempts AS number FROM errands WHERE callback = ?", callback);

  return {
    /** Whether a callback waits to be verified as a subscriber. */
    has: (callback: string): boolean =>
      firstOf(sql, "SELECT 1 FROM errands WHERE callback = ? AND mode = 'subscribe'", callback) !== undefined,
    /** A callback that waits to be verified as a subscriber, or all of them. */
    waiting: (callback: string | undefined): readonly Addressee[] =>
      addresseesOf(sql, "errands", callback, "mode = 'subscribe'"),
    /**
     * Notes a request in the place of an older one of the same callback; false where too many wait already, and whoever asks is
     * no subscriber.
     */
    add(
      { callback, protocol, mode, secret, address }: HubRequest,
      lease: number,
      isSubscriber: boolean,
      now: number,
    ): boolean {
      const { hostname } = new URL(callback);
      // Also where there is no room: the hub has counted it.
      counts.touch(hostname, address);
      if (!isSubscriber && !hasRoom() && !makeRoom()) return false;
      // A lease must not last as long as somebody asks for a renewal that nobody confirms.
      const attempts = isSubscriber ? attemptsOf(callback) : 0;
      // An older request may have had another address.
      remove("callback = ?", callback);
      sql.exec(
        `INSERT INTO errands (callback, protocol, host, address, mode, secret, lease, attempts, rank, due)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[
          callback,
          protocol,
          hostname,
          address ?? null,
          mode,
          secret ?? null,
          lease,
          attempts,
          isSubscriber ? 0 : 1,
          now,
        ],
      );
      return true;
    },
    /** Forgets what a callback has asked for. */
    forget: (callback: string): number => remove("callback = ?", callback),
    /** Notes a denial, unless the callback has asked for something since, or too many wait (false): it is a courtesy. */
    deny({ callback, protocol }: Addressee, reason: string, now: number): boolean {
      if (!hasRoom()) return false;
      sql.exec(
        `INSERT OR IGNORE INTO errands (callback, protocol, host, mode, lease, reason, rank, due)
         VALUES (?, ?, ?, 'denied', 0, ?, ?, ?)`,
        ...[callback, protocol, new URL(callback).hostname, reason, RANK_OF_DENIALS, now],
      );
      return true;
    },
    /** Those that are due, each marked with its challenge and not due again before `again`. */
    take(now: number, limit: number, again: number, challenge: () => string): readonly PendingVerification[] {
      const due = sql
        .exec<Omit<PendingVerification, "challenge"> & Record<string, SqlStorageValue>>(
          `SELECT callback, protocol, mode, address, secret, lease, reason, attempts FROM errands
           WHERE due <= ? ORDER BY rank, due LIMIT ?`,
          ...[now, limit],
        )
        .toArray()
        .map((verification) => ({ ...verification, challenge: challenge() }));
      for (const one of due) {
        sql.exec("UPDATE errands SET challenge = ?, due = ? WHERE callback = ?", one.challenge, again, one.callback);
      }
      return due;
    },
    /** Ends an errand; false where a newer request has taken its place, or it was ended before. */
    end({ callback, challenge, address }: PendingVerification): boolean {
      counts.touch(new URL(callback).hostname, address);
      return remove("callback = ? AND challenge = ?", callback, challenge) > 0;
    },
    /** It was asked in vain, and will be asked again at `due`. */
    retryAt({ callback, challenge }: PendingVerification, due: number): void {
      sql.exec(
        "UPDATE errands SET attempts = attempts + 1, rank = rank + 1, due = ? WHERE callback = ? AND challenge = ?",
        ...[due, callback, challenge],
      );
    },
    /** It was not asked, so it is at `due`. */
    postpone({ callback, challenge }: PendingVerification, due: number): void {
      sql.exec("UPDATE errands SET due = ? WHERE callback = ? AND challenge = ?", due, callback, challenge);
    },
  };
};

export type VerificationQueue = ReturnType<typeof openVerificationQueue>;
