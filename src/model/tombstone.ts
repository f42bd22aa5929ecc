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
  /** Why it was withdrawn; absent for one that expired. */
  readonly reason?: string;
}

/** The tombstone of a story that is withdrawn or has an expiry date, whatever the time is; undefined for any other. */
export const tombstoneOf = ({ id, slug, url, published, withdrawn, expires, draft }: Item): Tombstone | undefined => {
  if (draft) return undefined;
  if (withdrawn !== undefined) return { id, slug, url, published, at: withdrawn.at, reason: withdrawn.reason };
  return expires === undefined ? undefined : { id, slug, url, published, at: expires };
};

/** When the notice in place of a withdrawn story ends. */
export const noticeEnd = (tombstone: Tombstone, noticeDays: number): Instant => tombstone.at + noticeDays * DAY_MS;

/** When the first of some notices ends; Infinity if there are none. */
export const firstNoticeEnd = (notices: readonly Tombstone[], noticeDays: number): Instant =>
  Math.min(...notices.map((notice) => noticeEnd(notice, noticeDays)));

/** When the first of some stories is withdrawn or expires; Infinity if that is not known of any. */
export const firstRemoval = (items: readonly Item[]): Instant =>
  items.reduce((first, item) => Math.min(first, tombstoneOf(item)?.at ?? first), Number.POSITIVE_INFINITY);
