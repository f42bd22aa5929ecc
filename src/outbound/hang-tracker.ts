import { createBoundedCache } from "../lib/bounded-cache.ts";

/** Knows who has let us wait until the time was up, and has not answered since. */
export interface HangTracker {
  /** Whether somebody let us wait three times in a row, the last time a moment ago. Times in milliseconds since 1970. */
  isSlow(key: string, now: number): boolean;
  /** Records for all that somebody is known by whether there was an answer, whatever it was. */
  record(keys: readonly string[], hasAnswered: boolean, now: number): void;
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
  return {
    isSlow(key, now) {
      const { count, last } = hangs.get(key) ?? { count: 0, last: 0 };
      return count >= MIN_HANGS && now - last < SLOW_FOR_MS;
    },
    record(keys, hasAnswered, now) {
      for (const key of keys) {
        const count = hangs.get(key)?.count ?? 0;
        if (!hasAnswered) hangs.set(key, { count: count + 1, last: now });
        else if (count > 0) hangs.set(key, { count: 0, last: now });
      }
    },
  };
};
