import type { Instant } from "./instant.ts";
import type { Item } from "./item.ts";
import { noticeEnd, tombstoneOf } from "./tombstone.ts";

/**
 * What readers may know of a story at one moment. A `hidden` one must look as if it did not exist; a `withdrawn` or
 * `expired` one was visible before, and whoever asks for it is told so.
 */
export type Visibility = "hidden" | "visible" | "withdrawn" | "expired";

/** A withdrawal hides a story at once, even if its date lies ahead: hiding too late is the worse mistake. */
export const visibilityOf = (item: Item, now: Instant): Visibility => {
  if (item.draft || now < item.published) return "hidden";
  if (item.withdrawn !== undefined) return "withdrawn";
  if (item.expires !== undefined && now >= item.expires) return "expired";
  return "visible";
};

/** Every moment at which what readers see of a story changes without an edit: it appears, leaves, or its notice ends. Unordered. */
export const transitionsOf = (item: Item, noticeDays: number): readonly Instant[] => {
  if (item.draft) return [];
  const tombstone = tombstoneOf(item);
  if (tombstone === undefined) return [item.published];
  const ends = tombstone.reason === undefined ? [] : [noticeEnd(tombstone, noticeDays)];
  return [item.published, tombstone.at, ...ends];
};

/** From when to when a story is visible if nobody edits it. */
const visiblePeriod = ({ draft, withdrawn, published, expires = Number.POSITIVE_INFINITY }: Item) =>
  draft || withdrawn !== undefined
    ? { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY }
    : { from: published, to: expires };

/** Whether an edit takes a story from readers: at some moment they would have seen `former`, and do not see `item`. */
export const takesFromReaders = (former: Item, item: Item): boolean => {
  const [before, after] = [visiblePeriod(former), visiblePeriod(item)];
  return before.from < after.from || before.to > after.to;
};
