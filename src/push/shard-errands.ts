import type { HubRequest, Protocol } from "./hub-request.ts";
import type { ShardCensus } from "./shard-census.ts";
import { numberOf } from "./sql.ts";

/** What is to be asked of a callback, or told to it. */
export interface Errand {
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

/** More cannot wait at the same time. */
const MOST_WAITING = 5000;

/** Errands that wait, one a callback. */
export const openErrands = (sql: SqlStorage, census: ShardCensus) => {
  // How many more there is room for, at least: counted anew only when that is used up.
  let room = 0;
  const hasRoom = (): boolean => {
    if (room <= 0) room = MOST_WAITING - numberOf(sql, "SELECT COUNT(*) AS number FROM errands");
    room -= 1;
    return room >= 0;
  };
  /** An older request of the same callback may have had another address. */
  const touch = (callback: string): void => {
    const query = "SELECT host, address FROM errands WHERE callback = ?";
    for (const { host, address } of sql.exec<{ host: string; address: string | null }>(query, callback).toArray())
      census.touch(host, address);
  };
  return {
    /** Whether a callback waits to be verified as a subscriber. */
    has: (callback: string): boolean =>
      sql.exec("SELECT 1 FROM errands WHERE callback = ? AND mode = 'subscribe'", callback).toArray().length > 0,
    /** Notes a request in the place of an older one of the same callback; false where too many wait already. */
    add({ callback, protocol, mode, secret, address }: HubRequest, lease: number, now: number): boolean {
      const { hostname } = new URL(callback);
      touch(callback);
      // Also where there is no room: the hub has counted it.
      census.touch(hostname, address);
      if (!hasRoom()) return false;
      sql.exec(
        "INSERT OR REPLACE INTO errands (callback, protocol, host, address, mode, secret, lease, due) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        ...[callback, protocol, hostname, address ?? null, mode, secret ?? null, lease, now],
      );
      return true;
    },
    /** Forgets what a callback has asked for. */
    forget(callback: string): void {
      touch(callback);
      sql.exec("DELETE FROM errands WHERE callback = ?", callback);
    },
    /** Notes a denial, unless the callback has asked for something since, or too many wait: it is a courtesy. */
    deny({ callback, protocol }: Pick<HubRequest, "callback" | "protocol">, reason: string, now: number): void {
      if (!hasRoom()) return;
      sql.exec(
        "INSERT OR IGNORE INTO errands (callback, protocol, host, mode, lease, reason, due) VALUES (?, ?, ?, 'denied', 0, ?, ?)",
        ...[callback, protocol, new URL(callback).hostname, reason, now],
      );
    },
    /** Those that are due, each marked with its challenge and not due again before `again`. */
    take(now: number, most: number, again: number, challenge: () => string): readonly Errand[] {
      const due = sql
        .exec<Omit<Errand, "challenge"> & Record<string, SqlStorageValue>>(
          "SELECT callback, protocol, mode, address, secret, lease, reason, attempts FROM errands WHERE due <= ? ORDER BY due LIMIT ?",
          ...[now, most],
        )
        .toArray()
        .map((errand) => ({ ...errand, challenge: challenge() }));
      for (const one of due) {
        sql.exec("UPDATE errands SET challenge = ?, due = ? WHERE callback = ?", one.challenge, again, one.callback);
      }
      return due;
    },
    /** Ends an errand; false where a newer request has taken its place, or it was ended before. */
    end({ callback, challenge, address }: Errand): boolean {
      census.touch(new URL(callback).hostname, address);
      const query = "DELETE FROM errands WHERE callback = ? AND challenge = ? RETURNING 1";
      return sql.exec(query, callback, challenge).toArray().length > 0;
    },
    /** It was asked in vain, and will be asked again at `due`. */
    retryAt({ callback, challenge }: Errand, due: number): void {
      sql.exec(
        "UPDATE errands SET attempts = attempts + 1, due = ? WHERE callback = ? AND challenge = ?",
        ...[due, callback, challenge],
      );
    },
  };
};

export type Errands = ReturnType<typeof openErrands>;
