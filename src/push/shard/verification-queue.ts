import { keysOf, type Party, partyOf } from "../../outbound/party.ts";
import type { HubRequest, Protocol } from "../protocol/protocol.ts";
import type { Verification, VerificationBatch } from "../rpc.ts";
import { queryFirst, queryNumber } from "../sql.ts";
import type { CountTracker } from "./count-tracker.ts";
import { pickInTurns } from "./pick-in-turns.ts";
import { findSubscribers, type Subscriber } from "./subscriber.ts";

/** A verification that is under way: what its answer decides about. */
export interface PendingVerification {
  readonly callback: string;
  readonly protocol: Protocol;
  readonly mode: Verification["mode"];
  readonly address: string | null;
  readonly secret: string | null;
  readonly leaseMs: number;
  /** How often the callback was asked and did not answer. */
  readonly attempts: number;
  readonly challenge: string;
  /** Whether it had the full time-out. */
  readonly isPatient: boolean;
}

/** No more may wait at the same time, except those of subscribers. */
const MAX_PENDING = 5000;

/** How many of those that matter least are removed at once when there is no room. */
const EVICTION_SIZE = 100;

/**
 * The order in which callbacks are asked: subscribers that renew or unsubscribe, others, those that did not answer, and
 * denials. Each rank has batches of its own, so that none waits for another.
 */
const RANK_OF_SUBSCRIBERS = 0;
const RANK_OF_OTHERS = 1;
const RANK_OF_SLOW = 2;
const RANK_OF_DENIALS = 3;

/** How many batches of a rank may be under way at the same time, and how large they are. */
const BATCHES = [
  { rank: RANK_OF_SUBSCRIBERS, max: 4, size: 12 },
  { rank: RANK_OF_OTHERS, max: 4, size: 12 },
  // As many as have a connection each: with the full time-out none should wait for another one.
  { rank: RANK_OF_SLOW, max: 1, size: 6 },
  { rank: RANK_OF_DENIALS, max: 1, size: 12 },
] as const;

/** For the index by rank and batch. */
const OF_ANY_RANK = `rank IN (${BATCHES.map(({ rank }) => rank).join(", ")})`;

interface HostRow {
  readonly [column: string]: SqlStorageValue;
  readonly hostname: string;
  readonly address: string | null;
}

interface WaitingRow {
  readonly [column: string]: SqlStorageValue;
  readonly callback: string;
  readonly address: string | null;
}

type VerificationRow = Omit<Verification, "challenge" | "isSubscriber"> & Record<string, SqlStorageValue>;
type PendingRow = Omit<PendingVerification, "isPatient"> & Record<string, SqlStorageValue>;

const partyOfRow = ({ callback, address }: WaitingRow): Party => partyOf(callback, address);

/** Opens the queue of what is to be asked or told, at most one entry for each callback. */
export const openVerificationQueue = (sql: SqlStorage, counts: CountTracker) => {
  // How many more there is room for, at least: counted anew only when that is used up.
  let freePlaces = 0;
  const hasRoom = (): boolean => {
    if (freePlaces <= 0) {
      freePlaces = MAX_PENDING - queryNumber(sql, "SELECT COUNT(*) AS number FROM pending_verifications");
    }
    freePlaces -= 1;
    return freePlaces >= 0;
  };
  const deleteWhere = (where: string, ...values: readonly SqlStorageValue[]): number => {
    const query = `DELETE FROM pending_verifications WHERE ${where} RETURNING hostname, address`;
    const removed = sql.exec<HostRow>(query, ...values).toArray();
    for (const { hostname, address } of removed) counts.markChanged(hostname, address);
    return removed.length;
  };
  /** Removes those that did not answer, and denials; but no request of a subscriber. */
  const evictSlow = (): boolean => {
    const least = `SELECT callback FROM pending_verifications v WHERE rank >= ?
      AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.callback = v.callback) ORDER BY rank DESC, due LIMIT ?`;
    return deleteWhere(`callback IN (${least})`, RANK_OF_SLOW, EVICTION_SIZE) > 0;
  };
  /** Removes the latest of the host, domain or network that has the most waiting, if `party` has far fewer. */
  const evictFromLargest = (party: Party): boolean => {
    const waiting = sql
      .exec<WaitingRow>(
        "SELECT callback, address FROM pending_verifications WHERE rank = ? AND batch IS NULL ORDER BY due DESC",
        RANK_OF_OTHERS,
      )
      .toArray();
    const groups = Map.groupBy(
      waiting.flatMap((row) => keysOf(partyOfRow(row)).map((key) => ({ key, callback: row.callback }))),
      ({ key }) => key,
    );
    const largest = [...groups.values()].reduce((most, group) => (group.length > most.length ? group : most), []);
    const own = Math.max(0, ...keysOf(party).map((key) => groups.get(key)?.length ?? 0));
    if (largest.length < own + EVICTION_SIZE) return false;
    const latest = JSON.stringify(largest.slice(0, EVICTION_SIZE).map(({ callback }) => callback));
    return deleteWhere("callback IN (SELECT value FROM json_each(?))", latest) > 0;
  };
  const makeRoom = (party: Party): boolean => (evictSlow() || evictFromLargest(party)) && hasRoom();
  /** Returns how often a callback was asked in vain; that nobody knows yet what it answers counts, too. */
  const attemptsOf = (callback: string): number =>
    queryNumber(
      sql,
      "SELECT attempts + (challenge IS NOT NULL) AS number FROM pending_verifications WHERE callback = ?",
      callback,
    );
  /** Counts batches, of each of which it reads one row. */
  const countUnderWay = (rank: number): number =>
    queryNumber(
      sql,
      `WITH RECURSIVE batches (batch) AS (
         SELECT MIN(batch) FROM pending_verifications WHERE rank = ?1 AND batch IS NOT NULL
         UNION ALL SELECT (SELECT MIN(batch) FROM pending_verifications WHERE rank = ?1 AND batch > batches.batch)
           FROM batches WHERE batch IS NOT NULL)
       SELECT COUNT(batch) AS number FROM batches`,
      rank,
    );
  /** The rest of a statement about one that is under way, with the values that belong there. */
  const UNDER_WAY = "WHERE callback = ? AND challenge = ?";

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
      if (!isSubscriber && !hasRoom() && !makeRoom(partyOf(callback, address))) return false;
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
    /**
     * Puts those that are due into batches, numbered from `first`, which are not due again before `again`; in each rank
     * as many as may be under way, and in them everybody in turn. Returns how many batches there are.
     */
    fillBatches(first: number, now: number, again: number): readonly number[] {
      // Nobody has reported them in time.
      sql.exec(
        "UPDATE pending_verifications SET batch = NULL, challenge = NULL WHERE batch IS NOT NULL AND due <= ?",
        now,
      );
      const batches: number[] = [];
      for (const { rank, max, size } of BATCHES) {
        const query = "SELECT callback, address FROM pending_verifications WHERE rank = ? AND due <= ? ORDER BY due";
        const free = max - countUnderWay(rank);
        const due = free > 0 ? sql.exec<WaitingRow>(query, rank, now).toArray() : [];
        const picked = pickInTurns(due, partyOfRow, free * size);
        for (let from = 0; from < picked.length; from += size) {
          const batch = first + batches.length;
          for (const [index, { callback }] of picked.slice(from, from + size).entries()) {
            const query = "UPDATE pending_verifications SET batch = ?, due = ? WHERE callback = ?";
            // The order in which they were picked is that of these times.
            sql.exec(query, batch, again + index, callback);
          }
          batches.push(batch);
        }
      }
      return batches;
    },
    /** Dissolves batches that could not be sent to the queue: they are due again at `due`. */
    releaseBatches(batches: readonly number[], due: number): void {
      sql.exec(
        `UPDATE pending_verifications SET batch = NULL, due = ?
         WHERE ${OF_ANY_RANK} AND batch IN (SELECT value FROM json_each(?)) AND challenge IS NULL`,
        ...[due, JSON.stringify(batches)],
      );
    },
    /**
     * Returns a batch to whoever takes it first, in the order in which it is to be asked. Each gets a challenge, and is
     * not due again before `again`.
     */
    takeBatch(batch: number, again: number, challenge: () => string): Omit<VerificationBatch, "topic"> | undefined {
      const taken = sql
        .exec<VerificationRow & { readonly rank: number }>(
          `SELECT callback, protocol, mode, address, lease_ms AS leaseMs, verify_token AS verifyToken, reason, rank
           FROM pending_verifications WHERE ${OF_ANY_RANK} AND batch = ? AND challenge IS NULL ORDER BY due`,
          batch,
        )
        .toArray()
        .map(({ rank, ...verification }) => ({
          ...{ ...verification, rank },
          isSubscriber: rank === RANK_OF_SUBSCRIBERS,
          challenge: challenge(),
        }));
      for (const one of taken) {
        const query = "UPDATE pending_verifications SET challenge = ?, due = ? WHERE callback = ?";
        sql.exec(query, one.challenge, again, one.callback);
      }
      const [first] = taken;
      return (
        first && {
          isPatient: first.rank === RANK_OF_SLOW,
          verifications: taken.map(({ rank, ...verification }) => verification),
        }
      );
    },
    /** Returns one that is under way; undefined if a newer request has taken its place, or it was removed. */
    underWay(callback: string, challenge: string): PendingVerification | undefined {
      const row = queryFirst<PendingRow & { readonly rank: number }>(
        sql,
        `SELECT callback, protocol, mode, address, secret, lease_ms AS leaseMs, attempts, challenge, rank
         FROM pending_verifications ${UNDER_WAY}`,
        ...[callback, challenge],
      );
      return row && { ...row, isPatient: row.rank === RANK_OF_SLOW };
    },
    /** Removes one that is done. */
    finish({ callback, challenge, address }: PendingVerification): void {
      counts.markChanged(new URL(callback).hostname, address);
      deleteWhere("callback = ? AND challenge = ?", callback, challenge);
    },
    /**
     * Has one that did not answer asked again at `due`, with patience and after those that were not asked yet. `attempts`:
     * how often it had the full time-out, or did not answer otherwise.
     */
    retryAt({ callback, challenge }: PendingVerification, attempts: number, due: number): void {
      sql.exec(
        `UPDATE pending_verifications SET attempts = ?, rank = ?, due = ?, batch = NULL, challenge = NULL ${UNDER_WAY}`,
        ...[attempts, RANK_OF_SLOW, due, callback, challenge],
      );
    },
    /** Has one that was taken, but not asked, asked at `due`. */
    postpone({ callback, challenge }: PendingVerification, due: number): void {
      sql.exec(
        `UPDATE pending_verifications SET due = ?, batch = NULL, challenge = NULL ${UNDER_WAY}`,
        ...[due, callback, challenge],
      );
    },
    /**
     * Returns when batches are to be filled next; null if none are. A rank of which as many are under way as may be waits
     * for what becomes of the first of them.
     */
    nextDue(): number | null {
      const times = BATCHES.map(({ rank, max }) => {
        const isFull = countUnderWay(rank) >= max;
        const which = isFull ? "AND batch IS NOT NULL ORDER BY batch" : "ORDER BY due";
        const query = `SELECT due FROM pending_verifications WHERE rank = ? ${which} LIMIT 1`;
        return queryFirst<{ due: number }>(sql, query, rank)?.due ?? null;
      }).filter((time) => time !== null);
      return times.length === 0 ? null : Math.min(...times);
    },
  };
};

export type VerificationQueue = ReturnType<typeof openVerificationQueue>;
