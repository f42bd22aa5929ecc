import { NewerDataError } from "../../lib/newer-data-error.ts";
import { createSingleFlight } from "../../lib/single-flight.ts";
import type { Channel } from "../../model/channel.ts";
import { DAY_MS, type Instant } from "../../model/instant.ts";
import type { Revision, Snapshot } from "../../model/snapshot.ts";
import { requireKnownSchema } from "./schema.ts";

/** So long may an isolate not notice at most that a story was withdrawn elsewhere. */
const MAX_REFRESH_SECONDS = 60;

/**
 * Parses REVISION_SECONDS into milliseconds: 3000 if the text is not a number of seconds from 0 upwards, and 60,000 if it
 * is a larger one.
 */
export const readRefreshIntervalMs = (text = ""): number => {
  const seconds = Number(text);
  return 1000 * (text !== "" && seconds >= 0 ? Math.min(seconds, MAX_REFRESH_SECONDS) : 3);
};

/** The row of the query SNAPSHOT: the current revision, and the transitions before and after an instant. */
export interface SnapshotRow {
  /** Number of the revision that last changed what readers see, and its time. */
  readonly public: number;
  readonly at: number;
  readonly departed: number;
  readonly epoch: string;
  /** The newest schema of which anything was written. */
  readonly schema: number;
  readonly passed: number | null;
  /** Number of the revision that last wrote a story with the transition `passed`. */
  readonly passedVersion: number | null;
  readonly coming: number | null;
  readonly passedNotice: number | null;
  readonly comingNotice: number | null;
  /** The names of all stories up to this number are listed. */
  readonly named: number;
  /** How often the lists of names changed without a public revision, in a way that cannot wait for the next one. */
  readonly additions: number;
  /** The highest number of a story. */
  readonly lastStory: number | null;
  /** Number of changes of the table `editors`. */
  readonly editors: number;
  /** Number of changes of the table `partners`. */
  readonly partners: number;
}

/** A snapshot, and what else is known of the database then. */
export interface DatabaseSnapshot extends Snapshot {
  /** Whether the names of all stories are listed (names.ts). */
  readonly hasAllNames: boolean;
  /** How often the lists of names changed without a public revision, in a way that cannot wait for the next one. */
  readonly additions: number;
  /** Number of changes of the table `editors`. */
  readonly editorsRevision: number;
  /** Number of changes of the table `partners`. */
  readonly partnersRevision: number;
}

/** Settings of a snapshot cache. */
export interface SnapshotSettings {
  readonly channel: Channel;
  /** The revision of the deployment: a changed site.yaml or renderer changes what readers get, too. */
  readonly revision: Revision;
  /** Milliseconds for which a snapshot is used before the database is asked again. */
  readonly refreshIntervalMs: number;
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** Knows the state of the store without asking the database for every request. */
export interface SnapshotCache {
  /**
   * The snapshot of `now`; a Promise if the database has to be asked. Rejects only if it fails and never answered
   * before, or with a `NewerDataError`.
   */
  snapshotAt(now: Instant): DatabaseSnapshot | Promise<DatabaseSnapshot>;
  /** Makes the next `snapshotAt` ask the database, since this isolate has just written to it. */
  invalidate(): void;
}

const latest = (...times: readonly (number | null)[]): number => Math.max(0, ...times.map((time) => time ?? 0));

const earliest = (...times: readonly (number | null)[]): number =>
  Math.min(...times.map((time) => time ?? Number.POSITIVE_INFINITY));

/**
 * A cache of the latest snapshot. It asks the database every `refreshIntervalMs` at most, at every transition, and
 * after `invalidate`. `read` gets the milliseconds for which the notice of a withdrawal stands. While `read` fails, the
 * last snapshot is used, marked as stale.
 */
export const createSnapshotCache = (
  { channel, revision, refreshIntervalMs, waitUntil }: SnapshotSettings,
  read: (now: Instant, noticeMs: number) => Promise<SnapshotRow | undefined>,
): SnapshotCache => {
  const noticeMs = channel.noticeDays * DAY_MS;
  const singleFlight = createSingleFlight<DatabaseSnapshot>(waitUntil);
  let cached: { readonly snapshot: DatabaseSnapshot; readonly goodUntil: number } | undefined;
  // The number of writes of this isolate: a snapshot that was requested before a write must not be used after it.
  let writes = 0;

  const readSnapshot = async (now: Instant): Promise<DatabaseSnapshot> => {
    const writesBefore = writes;
    const row = await read(now, noticeMs);
    if (row === undefined) throw new Error("the database has no revision: run the migrations");
    requireKnownSchema(row.schema);
    const snapshot: DatabaseSnapshot = {
      now,
      revision: {
        // A story that was changed before it appeared made no public revision: its own tells the editions apart.
        id: `${revision.id}.${row.epoch}.${row.public}.${row.passedVersion ?? 0}`,
        at: Math.max(revision.at ?? 0, row.at),
        number: row.public,
        lastRemoval: row.departed,
      },
      since: latest(row.passed, row.passedNotice === null ? null : row.passedNotice + noticeMs),
      until: earliest(row.coming, row.comingNotice === null ? null : row.comingNotice + noticeMs),
      additions: row.additions,
      hasAllNames: row.named >= (row.lastStory ?? 0),
      editorsRevision: row.editors,
      partnersRevision: row.partners,
    };
    if (writesBefore === writes) cached = { snapshot, goodUntil: now + refreshIntervalMs };
    return snapshot;
  };

  const staleSnapshot = (now: Instant, error: unknown): DatabaseSnapshot => {
    if (cached === undefined || error instanceof NewerDataError) throw error;
    console.error("the database does not answer; its last known state is used:", error);
    const { snapshot } = cached;
    const goodUntil = now + refreshIntervalMs;
    const stale: DatabaseSnapshot = {
      ...snapshot,
      now,
      isStale: true,
      ...(now >= snapshot.until && { since: snapshot.until, until: goodUntil }),
    };
    // Otherwise every request would wait for the time-out.
    cached = { snapshot: stale, goodUntil };
    return stale;
  };

  return {
    snapshotAt(now) {
      if (cached !== undefined && now < cached.goodUntil && now >= cached.snapshot.now && now < cached.snapshot.until) {
        return { ...cached.snapshot, now };
      }
      return singleFlight(String(writes), () => readSnapshot(now)).then(
        (snapshot) => ({ ...snapshot, now }),
        (error: unknown) => staleSnapshot(now, error),
      );
    },
    invalidate() {
      writes += 1;
      if (cached !== undefined) cached = { ...cached, goodUntil: 0 };
    },
  };
};
