import { DAY_MS, type Instant } from "./instant.ts";
import type { Item } from "./item.ts";

/**
 * What remains of a story that was withdrawn or has expired, for readers that still have it. Carries nothing of its
 * title or text.
 */
export interface Tombstone {
  readonly id: string;
  readonly slug: string;
  readonly url: string;
  readonly published: Instant;
  /** When the story was or will be removed. */
  readonly at: Instant;
  /** BCP 47; absent if it is the publication's. The reason is in it. */
  readonly language?: string;
  /** Why it was withdrawn; absent for one that expired. */
  readonly reason?: string;
}

/** The tombstone of a story that is withdrawn or has an expiry date, whatever the time is; undefined for any other. */
export const tombstoneOf = (item: Item): Tombstone | undefined => {
  const { id, slug, url, published, language, withdrawn, expires, draft } = item;
  if (draft) return undefined;
  const left = { id, slug, url, published, ...(language !== undefined && { language }) };
  if (withdrawn !== undefined) return { ...left, at: withdrawn.at, reason: withdrawn.reason };
  return expires === undefined ? undefined : { ...left, at: expires };
};

/** When the notice in place of a withdrawn story ends. */
export const noticeEnd = (tombstone: Tombstone, noticeDays: number): Instant => tombstone.at + noticeDays * DAY_MS;

/** When the first of some notices ends; Infinity if there are none. */
export const firstNoticeEnd = (notices: readonly Tombstone[], noticeDays: number): Instant =>
  Math.min(...notices.map((notice) => noticeEnd(notice, noticeDays)));

/** When the first of some stories is withdrawn or expires; Infinity if that is not known of any. */
export const firstRemoval = (items: readonly Item[]): Instant =>
  items.reduce((first, item) => Math.min(first, tombstoneOf(item)?.at ?? first), Number.POSITIVE_INFINITY);
