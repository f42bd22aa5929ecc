import type { Item } from "../../model/item.ts";

/** A story as its editors know it. Its addresses stand on the placeholder origin. */
export interface StoredStory {
  readonly number: number;
  /** Number of the revision that changed it last. */
  readonly version: number;
  /** Where its file would lie below content/. */
  readonly path: string;
  /** SHA-256 of the source, in hex. */
  readonly digest: string;
  readonly item: Item;
}

/** A row of the queries STORED_…. */
export type StoredRow = Omit<StoredStory, "item"> & { readonly item: string };

/** Reads a row: only store/d1-writer.ts writes there, and only what the compiler made. */
export const toStored = ({ item, ...row }: StoredRow): StoredStory => ({ ...row, item: JSON.parse(item) });
