import { withTimeout } from "../../lib/with-timeout.ts";
import type { Item } from "../../model/item.ts";
import { isPossibleSize, type MediaFile } from "../../model/media.ts";
import { explainMissingMigration } from "./schema.ts";

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
  return (await withTimeout(statement.all<Row>(), timeoutMs).catch(explainMissingMigration)).results;
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

/** The keys that every stored Item has, by whichever version it was written: those that Items had at first. */
type OriginalKey =
  | ("id" | "slug" | "url" | "title" | "summary" | "html" | "published" | "updated" | "authors" | "tags")
  | ("attachments" | "aliases" | "draft" | "corrections" | "media");

type RequiredKey = { [Key in keyof Item]-?: object extends Pick<Item, Key> ? never : Key }[keyof Item];

/** What Items have that were written before there was the key. */
const DEFAULTS: Pick<Item, Exclude<RequiredKey, OriginalKey>> = { blocks: [] };

/**
 * Reads an Item from its JSON. It is not validated: only story-writer.ts writes it, and only what the compiler made. An
 * Item of an earlier compiler may lack keys: it gets their defaults.
 */
export const readItem = (json: string): Item => ({ ...DEFAULTS, ...JSON.parse(json) });

/** A story in a list: its Item without HTML. */
export interface ListedStory {
  /** The primary key: ascending in the order in which stories were first written. */
  readonly number: number;
  /** Number of the revision in which an editor changed it last. */
  readonly version: number;
  /** Number of the revision that made the Item: `version`, or a later one that compiled the same source again. */
  readonly itemVersion: number;
  /** Path that its file would have below content/. */
  readonly path: string;
  /** SHA-256 of the source, in hex. */
  readonly digest: string;
  readonly item: Item;
}

/** A story as editors know it. The URLs in its Item stand on the placeholder origin. */
export interface StoredStory extends ListedStory {
  /** Names of the scopes that it is in. */
  readonly scopes: readonly string[];
}

/** A row of the queries LISTED_AFTER and REFUSED_AFTER. */
export type ListedStoryRow = Omit<ListedStory, "item"> & { readonly item: string };

/** A row of the queries STORED_…. */
export type StoredStoryRow = ListedStoryRow & { readonly scopes: string };

/** Converts a row into a story of a list. */
export const toListedStory = <Row extends ListedStoryRow>(row: Row) => ({ ...row, item: readItem(row.item) });

/** Converts a row into a story. */
export const toStoredStory = (row: StoredStoryRow): StoredStory => ({
  ...toListedStory(row),
  scopes: JSON.parse(row.scopes),
});

/** A story with the bytes that its editor sent, both of the same version. */
export interface StoryWithSource {
  readonly story: StoredStory;
  readonly source: Uint8Array;
}

/** A row of the queries WITH_SOURCE…. */
export type StoryWithSourceRow = StoredStoryRow & { readonly source: ArrayLike<number> | null };

/** Converts a row into a story and its source. */
export const toStoryWithSource = ({ source, ...row }: StoryWithSourceRow): StoryWithSource => ({
  story: toStoredStory(row),
  source: Uint8Array.from(source ?? []),
});
