import { dayOf, type PartnerUsageRow, type UsageBatch } from "./usage.ts";

/** An answer to a partner. */
export interface CountedRequest {
  readonly partner: string;
  /** The name of the feed's file. */
  readonly file: string;
  readonly status: number;
  /** Length of the body as it is sent. */
  readonly bytes: number;
  /** Entries of the document. They count for a 200 and a 226. */
  readonly stories: number;
}

/** Counts what partners take. */
export interface UsageCounter {
  count(request: CountedRequest): void;
}

/** What a counter works with. */
export interface CounterDependencies {
  /** Has a batch added to what was counted. Whoever gets no answer knows nothing: it may have been added. */
  readonly add: (batch: UsageBatch) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Resolves after so many milliseconds. */
  readonly wait: (ms: number) => Promise<unknown>;
  /** Lets work go on after the response has been sent: for 30 s, on Cloudflare. */
  readonly waitUntil: (work: Promise<unknown>) => void;
  /** Makes an id that no other isolate has. */
  readonly newId: () => string;
}

/** How long a batch grows after its first request. */
export const BATCH_MS = 10_000;

/** Partners, times files, times days. */
export const MAX_ROWS_PER_BATCH = 5000;

// With the ten seconds before, and the former batch that may come first, these stay below the 30 s of `waitUntil`.
const MAX_ATTEMPTS = 3;
const ATTEMPT_TIMEOUT_MS = 3000;
const RETRY_AFTER_MS = 1000;

/** After that, a request no longer trusts that the work which an earlier one began will send the batch. */
const MAX_SCHEDULED_MS = BATCH_MS + 1000;

const rowKey = ({ day, partner, file }: Pick<PartnerUsageRow, "day" | "file" | "partner">): string =>
  `${day}\n${partner}\n${file}`;

/**
 * Creates the counter of an isolate. It counts in memory; the first request of a batch has it sent `BATCH_MS` later, in
 * its own `waitUntil`. A batch that may not have arrived is sent again as it was, before the next one, by the work of a later
 * request at the latest; meanwhile what comes is counted in the next one. Two pieces of work may send the same batch at a
 * time: it counts once. So none waits for a promise of another request, which may never be settled.
 */
export const createUsageCounter = ({ add, now, wait, waitUntil, newId }: CounterDependencies): UsageCounter => {
  let rows = new Map<string, PartnerUsageRow>();
  let uncounted = 0;
  let isolate: string | undefined;
  let batches = 0;
  /** Was closed, and is not known to have arrived. */
  let pending: UsageBatch | undefined;
  /** Until when work is expected to send what is counted. */
  let scheduledUntil = Number.NEGATIVE_INFINITY;

  const close = (): UsageBatch | undefined => {
    if (uncounted > 0) console.error(`${uncounted} requests of partners were not counted: there are too many files`);
    if (rows.size === 0) return undefined;
    // Not made before: there is no randomness while a worker starts.
    isolate ??= newId();
    batches += 1;
    const batch = { isolate, number: batches, closedAt: now(), rows: [...rows.values()] };
    rows = new Map();
    uncounted = 0;
    return batch;
  };

  const attempt = async (batch: UsageBatch): Promise<void> => {
    const tooLate = wait(ATTEMPT_TIMEOUT_MS).then(() => {
      throw new Error(`no answer within ${ATTEMPT_TIMEOUT_MS} ms`);
    });
    await Promise.race([add(batch), tooLate]);
  };

  /** Sends a batch, and resolves to whether it arrived. */
  const deliver = async (batch: UsageBatch, attempts: number): Promise<boolean> => {
    for (let made = 1; made <= attempts; made++) {
      try {
        await attempt(batch);
        if (pending === batch) pending = undefined;
        return true;
      } catch (error) {
        if (made === attempts) console.error("what partners took is counted later:", error);
        else await wait(RETRY_AFTER_MS);
      }
    }
    return false;
  };

  const flush = async (): Promise<void> => {
    await wait(BATCH_MS);
    scheduledUntil = Number.NEGATIVE_INFINITY;
    if (pending !== undefined && !(await deliver(pending, MAX_ATTEMPTS - 1))) return;
    // Other work may have closed it meanwhile.
    pending ??= close();
    if (pending !== undefined) await deliver(pending, MAX_ATTEMPTS);
  };

  return {
    count({ partner, file, status, bytes, stories }) {
      const time = now();
      const day = dayOf(time);
      const key = rowKey({ day, partner, file });
      const row = rows.get(key);
      if (row === undefined && rows.size >= MAX_ROWS_PER_BATCH) uncounted += 1;
      else {
        const hasStories = status === 200 || status === 226;
        rows.set(key, {
          ...{ day, partner, file },
          requests: (row?.requests ?? 0) + 1,
          notModified: (row?.notModified ?? 0) + (status === 304 ? 1 : 0),
          deltas: (row?.deltas ?? 0) + (status === 226 ? 1 : 0),
          bytes: (row?.bytes ?? 0) + bytes,
          stories: (row?.stories ?? 0) + (hasStories ? stories : 0),
        });
      }
      if (time < scheduledUntil) return;
      scheduledUntil = time + MAX_SCHEDULED_MS;
      waitUntil(flush());
    },
  };
};
