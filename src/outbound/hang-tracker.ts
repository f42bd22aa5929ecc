import { createBoundedCache } from "../lib/bounded-cache.ts";
import { keysOf, type Party } from "./party.ts";

/** Knows who has let us wait until the time was up, and has not answered since. Times in milliseconds since 1970. */
export interface HangTracker {
  /**
   * Whether a party let us wait three times in a row, the last time a moment ago: its host, or one of the groups that it
   * shares with others, unless only the host is to count.
   */
  isSlow(party: Party, counts: "all" | "host", now: number): boolean;
  /** Records whether there was an answer, whatever it was. */
  record(party: Party, hasAnswered: boolean, now: number): void;
}

/** One callback that hangs must not slow down others that share its host, domain or network; several do. */
const MIN_HANGS = 3;

/** After that, somebody who hung is asked again as if nothing had happened, and is slow at once if that hangs. */
const SLOW_FOR_MS = 60_000;

const MAX_BYTES = 1_000_000;
const ENTRY_BYTES = 100;

/** Makes a tracker, bounded in memory: for the life of an isolate, and of no consequence if it is lost. */
export const createHangTracker = (): HangTracker => {
  const hangs = createBoundedCache<{ readonly count: number; readonly last: number }>(MAX_BYTES, () => ENTRY_BYTES);
  const isKeySlow = (key: string, now: number): boolean => {
    const { count, last } = hangs.get(key) ?? { count: 0, last: 0 };
    return count >= MIN_HANGS && now - last < SLOW_FOR_MS;
  };
  return {
    isSlow: (party, counts, now) =>
      keysOf(counts === "host" ? { ...party, groups: [] } : party).some((key) => isKeySlow(key, now)),
    record(party, hasAnswered, now) {
      for (const key of keysOf(party)) {
        const count = hangs.get(key)?.count ?? 0;
        if (!hasAnswered) hangs.set(key, { count: count + 1, last: now });
        else if (count > 0) hangs.set(key, { count: 0, last: now });
      }
    },
  };
};
