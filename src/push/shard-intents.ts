import type { HubRequest } from "./hub-request.ts";

/** What is to be asked of a callback, or told to it. */
export interface Intent {
  readonly callback: string;
  readonly mode: "subscribe" | "unsubscribe" | "denied";
  readonly secret: string | null;
  /** Milliseconds. */
  readonly lease: number;
  readonly reason: string | null;
  /** How often it was asked in vain. */
  readonly attempts: number;
}

/** More cannot wait at the same time. */
const MOST_WAITING = 5000;

/** What waits to be asked or told. */
export const openIntents = (sql: SqlStorage) => {
  // How many more there is room for, at least: counted anew only when that is used up.
  let room = 0;
  const hasRoom = (): boolean => {
    if (room <= 0)
      room = MOST_WAITING - sql.exec<{ waiting: number }>("SELECT COUNT(*) AS waiting FROM intents").one().waiting;
    room -= 1;
    return room >= 0;
  };
  return {
    /** Notes a request in the place of an older one of the same callback; false where too many wait already. */
    add({ callback, mode, secret }: HubRequest, lease: number, now: number): boolean {
      if (!hasRoom()) return false;
      sql.exec(
        "INSERT OR REPLACE INTO intents (callback, mode, secret, lease, due) VALUES (?, ?, ?, ?, ?)",
        ...[callback, mode, secret ?? null, lease, now],
      );
      return true;
    },
    /** Notes a denial, unless the callback has asked for something since. */
    deny(callback: string, reason: string, now: number): void {
      sql.exec(
        "INSERT OR IGNORE INTO intents (callback, mode, lease, reason, due) VALUES (?, 'denied', 0, ?, ?)",
        ...[callback, reason, now],
      );
    },
    /** Those that are due, each marked with its challenge and not due again before `again`. */
    take(
      now: number,
      most: number,
      again: number,
      challenge: () => string,
    ): readonly (Intent & { challenge: string })[] {
      const due = sql
        .exec<Intent & Record<string, SqlStorageValue>>(
          "SELECT callback, mode, secret, lease, reason, attempts FROM intents WHERE due <= ? ORDER BY due LIMIT ?",
          now,
          most,
        )
        .toArray()
        .map((intent) => ({ ...intent, challenge: challenge() }));
      for (const one of due) {
        sql.exec("UPDATE intents SET challenge = ?, due = ? WHERE callback = ?", one.challenge, again, one.callback);
      }
      return due;
    },
    /** Ends a question; false where a newer request has taken its place, or it was answered before. */
    end(callback: string, challenge: string): boolean {
      return sql.exec("DELETE FROM intents WHERE callback = ? AND challenge = ?", callback, challenge).rowsWritten > 0;
    },
    /** Will ask again at `due`. */
    postpone(callback: string, challenge: string, due: number): void {
      sql.exec(
        "UPDATE intents SET attempts = attempts + 1, challenge = NULL, due = ? WHERE callback = ? AND challenge = ?",
        ...[due, callback, challenge],
      );
    },
  };
};
