import { withTimeout } from "../../lib/with-timeout.ts";
import type { Item } from "../../model/item.ts";
import { isPossibleSize, type MediaFile } from "../../model/media.ts";

/** A value that a statement is given. */
export type SqlValue = string | number | null | Uint8Array;

/** Prepares a statement with its values. */
export type Prepare = (query: string, ...values: readonly SqlValue[]) => D1PreparedStatement;

/**
 * Returns the rows of a query; rejects with Unavailable after `timeoutMs`. `reader` is a database or a session with
 * one.
 */
export const readRows = async <Row>(
  reader: Pick<D1Database, "prepare">,
  timeoutMs: number,
  query: string,
  values: readonly SqlValue[],
): Promise<readonly Row[]> => {
  const statement = reader.prepare(query).bind(...values);
  return (await withTimeout(statement.all<Row>(), timeoutMs)).results;
};

/** A row of the table `media`. */
export interface MediaRow {
  readonly path: string;
  readonly type: string;
  readonly length: number;
  /** SHA-256 of the bytes, in hex. */
  readonly digest: string;
  readonly width: number | null;
  readonly height: number | null;
  /** Key of the bytes in the bucket. */
  readonly object: string;
}

/** The columns of a MediaRow. */
export const MEDIA_COLUMNS = "path, type, length, digest, width, height, object";

/** Converts a row into the media file that it describes. Older versions stored whatever size a picture claimed. */
export const toMediaFile = ({ type, length, width, height }: MediaRow): MediaFile => ({
  ...{ type, length },
  ...(width !== null && height !== null && isPossibleSize(width, height) && { width, height }),
});

/** A story as editors know it. The URLs in its Item stand on the placeholder origin. */
export interface StoredStory {
  /** The primary key: ascending in the order in which stories were first written. */
  readonly number: number;
  /** Number of the revision that changed it last. */
  readonly version: number;
  /** Path that its file would have below content/. */
  readonly path: string;
  /** SHA-256 of the source, in hex. */
  readonly digest: string;
  readonly item: Item;
}

/** A row of the queries STORED_…. */
export type StoredStoryRow = Omit<StoredStory, "item"> & { readonly item: string };

/**
 * Converts a row into a story. Its JSON is not validated: only story-writer.ts writes it, and only what the compiler
 * made.
 */
export const toStoredStory = ({ item, ...row }: StoredStoryRow): StoredStory => ({ ...row, item: JSON.parse(item) });
