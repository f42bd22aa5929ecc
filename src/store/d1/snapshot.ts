import { createSingleFlight } from "../../lib/single-flight.ts";
import { DAY_MS, type Instant } from "../../model/instant.ts";
import type { Snapshot } from "../../model/snapshot.ts";
import type { D1Settings } from "./d1-store.ts";

/** How often the database is asked, in milliseconds: as many seconds as the text says, 3 where it says none. */
export const readRefreshInterval = (text = ""): number => {
  const seconds = Number(text);
  return 1000 * (text !== "" && seconds >= 0 ? seconds : 3);
};

/** What the database says of a moment: the revision, and the transitions around it. */
export interface SnapshotRow {
  readonly number: number;
  readonly at: number;
  readonly departed: number;
  readonly epoch: string;
  readonly passed: number | null;
  readonly coming: number | null;
  readonly passedNotice: number | null;
  readonly comingNotice: number | null;
}

const latest = (...times: readonly (number | null)[]): number => Math.max(0, ...times.map((time) => time ?? 0));

const earliest = (...times: readonly (number | null)[]): number =>
  Math.min(...times.map((time) => time ?? Number.POSITIVE_INFINITY));

/** Knows how the store stands without asking the database each time. */
export interface Snapshots {
  snapshotAt(now: Instant): Snapshot | Promise<Snapshot>;
  /** The next answer comes from the database: this isolate has just written to it. */
  forget(): void;
}

/**
 * Asks the database (by `read`, with the milliseconds for which a notice stands) every `lookEvery` milliseconds at most; while it
 * fails, what it said last counts.
 */
export const createSnapshots = (
  { channel, revision, refreshIntervalMs, waitUntil }: D1Settings,
  read: (now: Instant, noticeSpan: number) => Promise<SnapshotRow | undefined>,
): Snapshots => {
  const noticeSpan = channel.noticeDays * DAY_MS;
  const reading = createSingleFlight<Snapshot>(waitUntil);
  let known: { readonly snapshot: Snapshot; readonly goodUntil: number } | undefined;
  // Counts the writes of this isolate: what was read before one does not count after it.
  let writes = 0;

  const readSnapshot = async (now: Instant): Promise<Snapshot> => {
    const before = writes;
    const row = await read(now, noticeSpan);
    if (row === undefined) throw new Error("the database has no revision: run the migrations");
    const snapshot: Snapshot = {
      now,
      revision: {
        id: `${revision.id}.${row.epoch}.${row.number}`,
        at: Math.max(revision.at, row.at),
        number: row.number,
        lastRemoval: row.departed,
      },
      since: latest(row.passed, row.passedNotice === null ? null : row.passedNotice + noticeSpan),
      until: earliest(row.coming, row.comingNotice === null ? null : row.comingNotice + noticeSpan),
    };
    if (before === writes) known = { snapshot, goodUntil: now + refreshIntervalMs };
    return snapshot;
  };

  const lastKnown = (now: Instant, error: unknown): Snapshot => {
    if (known === undefined) throw error;
    console.error("the database does not answer, so its last known state counts:", error);
    const { snapshot } = known;
    const goodUntil = now + refreshIntervalMs;
    const last: Snapshot = {
      ...snapshot,
      now,
      isStale: true,
      ...(now >= snapshot.until && { since: snapshot.until, until: goodUntil }),
    };
    // Not everybody shall wait for it.
    known = { snapshot: last, goodUntil };
    return last;
  };

  return {
    snapshotAt(now) {
      if (known !== undefined && now < known.goodUntil && now >= known.snapshot.now && now < known.snapshot.until) {
        return { ...known.snapshot, now };
      }
      return reading(String(writes), () => readSnapshot(now)).then(
        (snapshot) => ({ ...snapshot, now }),
        (error: unknown) => lastKnown(now, error),
      );
    },
    forget() {
      writes += 1;
      if (known !== undefined) known = { ...known, goodUntil: 0 };
    },
  };
};
