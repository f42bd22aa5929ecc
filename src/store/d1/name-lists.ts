import { createBoundedCache } from "../../lib/bounded-cache.ts";
import { createSingleFlight } from "../../lib/single-flight.ts";
import type { Instant } from "../../model/instant.ts";
import { isListedAt, placeOf } from "./names.ts";

/** A row of the query NAMES. */
export interface NameListRow {
  readonly version: number;
  /** 1 if the list still has the version that was asked for. */
  readonly isSame: number;
  /** Null if it has, or if there are too many names to list. */
  readonly entries: string | null;
}

interface NameList {
  /** Key of the snapshot at which it was read last. */
  readonly snapshotKey: string;
  readonly version: number;
  readonly entries: string | null;
}

/** Knows the names of what is public. */
export interface NameLists {
  /** Whether a name may be one of something public at `now`. A Promise if the list of the name has to be read first. */
  has(name: string, snapshotKey: string, now: Instant): boolean | Promise<boolean>;
}

/** Bytes of lists in memory: those of a hundred thousand stories take a quarter. */
const MAX_BYTES = 16 * 1024 * 1024;

/**
 * The lists of names, each read once a snapshot at most, and only if it has changed since. `read` gets a bucket and the
 * version that is known of it, -1 if none is.
 */
export const createNameLists = (
  read: (bucket: number, version: number) => Promise<NameListRow | undefined>,
  waitUntil: (work: Promise<unknown>) => void,
): NameLists => {
  const lists = createBoundedCache<NameList>(MAX_BYTES, ({ entries }) => (entries?.length ?? 0) + 256);
  const singleFlight = createSingleFlight<NameList>(waitUntil);

  const readList = async (bucket: number, snapshotKey: string): Promise<NameList> => {
    const known = lists.get(String(bucket));
    const row = await read(bucket, known?.version ?? -1);
    if (row === undefined) throw new Error("the database has no list of names: run the migrations");
    const entries = row.isSame === 1 ? (known?.entries ?? null) : row.entries;
    const list = { snapshotKey, version: row.version, entries };
    lists.set(String(bucket), list);
    return list;
  };

  return {
    has(name, snapshotKey, now) {
      const { bucket, key } = placeOf(name);
      const isIn = ({ entries }: NameList): boolean => entries === null || isListedAt(entries, key, now);
      const known = lists.get(String(bucket));
      if (known?.snapshotKey === snapshotKey) return isIn(known);
      return singleFlight(`${bucket} ${snapshotKey}`, () => readList(bucket, snapshotKey)).then(isIn);
    },
  };
};
