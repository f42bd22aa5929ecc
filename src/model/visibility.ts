import { DAY, type Instant } from "./instant.ts";
import type { Item } from "./item.ts";

/**
 * How a story stands at one moment. `hidden` ones must look as if they did not exist;
 * `withdrawn` and `expired` ones once were visible, and whoever asks for them is told so.
 */
export type Visibility = "hidden" | "visible" | "withdrawn" | "expired";

/** A withdrawal hides a story at once, even where its date lies ahead: hiding late is the worse mistake. */
export const visibilityOf = (item: Item, now: Instant): Visibility => {
  if (item.draft || now < item.published) return "hidden";
  if (item.withdrawn !== undefined) return "withdrawn";
  if (item.expires !== undefined && now >= item.expires) return "expired";
  return "visible";
};

/** A story that readers may hold and should let go of. Carries nothing of its title or text. */
export interface Tombstone {
  readonly id: string;
  readonly slug: string;
  readonly url: string;
  readonly published: Instant;
  readonly at: Instant;
  /** Why it was withdrawn; absent for one that expired. */
  readonly reason?: string;
}

/** The departure of an item, past or to come, whatever the time is. */
export const tombstoneOf = ({ id, slug, url, published, withdrawn, expires, draft }: Item): Tombstone | undefined => {
  if (draft) return undefined;
  if (withdrawn !== undefined) return { id, slug, url, published, at: withdrawn.at, reason: withdrawn.reason };
  return expires === undefined ? undefined : { id, slug, url, published, at: expires };
};

/** Until when a withdrawn story stands as a notice. */
export const noticeEnds = (tombstone: Tombstone, noticeDays: number): Instant => tombstone.at + noticeDays * DAY;

/** Every moment at which what readers may see of this item changes by itself, in no order. */
export const transitionsOf = (item: Item, noticeDays: number): readonly Instant[] => {
  if (item.draft) return [];
  const tombstone = tombstoneOf(item);
  if (tombstone === undefined) return [item.published];
  const ends = tombstone.reason === undefined ? [] : [noticeEnds(tombstone, noticeDays)];
  return [item.published, tombstone.at, ...ends];
};

/** From when to when a story is visible, if nobody touches it. */
const visibleWhile = ({ draft, withdrawn, published, expires = Number.POSITIVE_INFINITY }: Item) =>
  draft || withdrawn !== undefined
    ? { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY }
    : { from: published, to: expires };

/** Whether readers would see a story at some moment at which they don't, now that it is changed. */
export const isTakenBack = (former: Item, item: Item): boolean => {
  const [before, after] = [visibleWhile(former), visibleWhile(item)];
  return before.from < after.from || before.to > after.to;
};

/** When the first of some stories leaves; Infinity where none is known to. */
export const firstRemoval = (items: readonly Item[]): Instant =>
  items.reduce((first, item) => Math.min(first, tombstoneOf(item)?.at ?? first), Number.POSITIVE_INFINITY);
