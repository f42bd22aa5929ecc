import type { Instant } from "./instant.ts";
import type { Item } from "./item.ts";
import { noticeEnd, tombstoneOf } from "./tombstone.ts";

/**
 * What readers may know of a story at one moment. A `hidden` one must look as if it did not exist; a `withdrawn` or
 * `expired` one was visible before and is answered by 410.
 */
export type Visibility = "hidden" | "visible" | "withdrawn" | "expired";

/**
 * The visibility of a story. A withdrawal counts at once, even if it is dated in the future: hiding too late is the
 * worse mistake.
 */
export const visibilityOf = (item: Item, now: Instant): Visibility => {
  if (item.draft || now < item.published) return "hidden";
  if (item.withdrawn !== undefined) return "withdrawn";
  if (item.expires !== undefined && now >= item.expires) return "expired";
  return "visible";
};

/**
 * The moments at which what readers see of a story changes without an edit: it appears, leaves, or its notice ends.
 * Unordered.
 */
export const transitionsOf = (item: Item, noticeDays: number): readonly Instant[] => {
  if (item.draft) return [];
  const tombstone = tombstoneOf(item);
  if (tombstone === undefined) return [item.published];
  const ends = tombstone.reason === undefined ? [] : [noticeEnd(tombstone, noticeDays)];
  return [item.published, tombstone.at, ...ends];
};

/**
 * Whether readers may notice an edit of `former` to `item` at `now`. They may not if both are hidden; undefined is a story
 * that does not exist.
 */
export const isPublicEdit = (former: Item | undefined, item: Item | undefined, now: Instant): boolean =>
  [former, item].some((one) => one !== undefined && visibilityOf(one, now) !== "hidden");

/** When a story begins and ceases to be visible if nobody edits it. */
const visiblePeriod = ({ draft, withdrawn, published, expires = Number.POSITIVE_INFINITY }: Item) =>
  draft || withdrawn !== undefined
    ? { from: Number.POSITIVE_INFINITY, to: Number.NEGATIVE_INFINITY }
    : { from: published, to: expires };

/** Whether an edit of `former` to `item` hides the story at a moment at which readers would have seen it. */
export const takesFromReaders = (former: Item, item: Item): boolean => {
  const [before, after] = [visiblePeriod(former), visiblePeriod(item)];
  return before.from < after.from || before.to > after.to;
};
