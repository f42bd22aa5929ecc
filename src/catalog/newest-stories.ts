import type { Channel } from "../model/channel.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { newestFirst } from "../model/newest-first.ts";
import type { StoryList } from "../model/scope.ts";
import { noticeEnd, type Tombstone, tombstoneOf } from "../model/tombstone.ts";
import { visibilityOf } from "../model/visibility.ts";
import type { Store, Stories } from "../store/store.ts";

/** The stories of a feed, and what it says of those that left. */
export interface NewestStories {
  readonly items: readonly Item[];
  readonly tombstones: readonly Tombstone[];
  /** The withdrawals among the tombstones whose notice has not ended. */
  readonly notices: readonly Tombstone[];
}

/** What a feed may have of a list of stories. */
export interface FeedLimits {
  /** Number of stories, those apart that were corrected. */
  readonly length: number;
  /** Milliseconds after its publication at which a story first appears. */
  readonly delayMs: number;
  /** Milliseconds after its publication at which a story falls out of the feed; Infinity if it never does. */
  readonly maxAgeMs: number;
  /** Whether the feed may have a story at all, whatever the time is. */
  readonly accepts: (item: Item) => boolean;
  /** Whether it may have had one before that was withdrawn: an edit can make it what the feed does not accept. */
  readonly mayHaveHad: (item: Item) => boolean;
}

/** Those of public feeds. */
export const publicLimits = ({ feedLength }: Pick<Channel, "feedLength">): FeedLimits => ({
  length: feedLength,
  delayMs: 0,
  maxAgeMs: Number.POSITIVE_INFINITY,
  accepts: () => true,
  mayHaveHad: () => true,
});

/** How many stories that a feed does not accept are passed over in search of others, for each one that it may have. */
const MAX_PASSED_OVER = 10;

/** Whether a feed shows a visible story: its delay is over, and it is not too old. */
const isInTime = ({ published }: Item, { delayMs, maxAgeMs }: FeedLimits, now: Instant): boolean =>
  published + delayMs <= now && now < published + maxAgeMs;

/** The newest stories that a feed shows. */
const takeShown = async (stories: Stories, limits: FeedLimits, now: Instant): Promise<readonly Item[]> => {
  const { length, maxAgeMs, accepts } = limits;
  const taken: Item[] = [];
  let passed = 0;
  for await (const item of stories) {
    if (now >= item.published + maxAgeMs) break;
    if (visibilityOf(item, now) === "visible" && isInTime(item, limits, now)) {
      if (accepts(item)) taken.push(item);
      else passed += 1;
    }
    if (taken.length >= length || passed >= length * MAX_PASSED_OVER) break;
  }
  return taken;
};

/**
 * Stories older than all of `newest` that were updated after the oldest of those was published, as many as the feed is long at
 * most: clients that read the current feed only must learn of corrections, too (RFC 5005 §4.1).
 */
const takeCorrected = async (
  store: Store,
  list: StoryList,
  newest: readonly Item[],
  limits: FeedLimits,
  now: Instant,
): Promise<readonly Item[]> => {
  const oldest = newest.at(-1);
  if (oldest === undefined || newest.length < limits.length) return [];
  const known = new Set(newest.map(({ id }) => id));
  const taken: Item[] = [];
  let passed = 0;
  for await (const item of store.updatedSince(list, oldest.published, limits.length)) {
    if (item.updated < oldest.published || passed >= limits.length * MAX_PASSED_OVER) break;
    if (known.has(item.id) || visibilityOf(item, now) !== "visible") continue;
    if (isInTime(item, limits, now) && limits.accepts(item)) taken.push(item);
    else passed += 1;
    if (taken.length >= limits.length) break;
  }
  return taken.sort(newestFirst);
};

/**
 * The tombstone of a story that readers could see before `now`; undefined if they still can, or never could. That of a withdrawn
 * one counts as soon as the story is hidden, even if it is dated a second later, after the story's last change.
 */
export const tombstoneAt = (item: Item, now: Instant): Tombstone | undefined => {
  const visibility = visibilityOf(item, now);
  return visibility === "withdrawn" || visibility === "expired" ? tombstoneOf(item) : undefined;
};

/** Whether a story that left was in a feed before, as far as the feed's limits decide that. */
const wasShown = (item: Item, { at, published }: Tombstone, { delayMs, maxAgeMs, mayHaveHad }: FeedLimits): boolean => {
  const end = Math.min(at, item.expires ?? at, published + maxAgeMs);
  return (delayMs === 0 || published + delayMs < end) && mayHaveHad(item);
};

const isNotice = (tombstone: Tombstone, noticeDays: number, now: Instant): boolean =>
  tombstone.reason !== undefined && now < noticeEnd(tombstone, noticeDays);

/**
 * The latest tombstones of `stories`, which come with the latest first: as many as a feed has stories, and beyond that
 * every withdrawal whose notice has not ended, so that no number of expiries pushes out what readers must be told. Nothing is
 * told of what left before the feed's delay was over: it never was in it.
 */
export const takeTombstones = async (
  stories: Stories,
  { noticeDays }: Pick<Channel, "noticeDays">,
  limits: FeedLimits,
  now: Instant,
): Promise<readonly Tombstone[]> => {
  const { length } = limits;
  const taken: Tombstone[] = [];
  let passed = 0;
  for await (const item of stories) {
    const tombstone = tombstoneAt(item, now);
    if (tombstone === undefined) continue;
    if (!wasShown(item, tombstone, limits)) passed += 1;
    else if (taken.length < length || isNotice(tombstone, noticeDays, now)) taken.push(tombstone);
    const isEnough = taken.length >= length || passed >= length * MAX_PASSED_OVER;
    if (isEnough && now >= noticeEnd(tombstone, noticeDays)) break;
  }
  return taken;
};

/** The withdrawals of a list of stories that readers of a feed must be told of, the latest first. */
export const takeNotices = async (
  store: Store,
  list: StoryList,
  limits: FeedLimits,
  now: Instant,
): Promise<readonly Tombstone[]> => {
  const { channel } = store;
  const tombstones = await takeTombstones(store.tombstones(list, now, limits.length), channel, limits, now);
  return tombstones.filter((tombstone) => isNotice(tombstone, channel.noticeDays, now));
};

/** What a feed of the newest stories has: those, older ones that were corrected, and tombstones. */
export const takeNewest = async (
  store: Store,
  list: StoryList,
  limits: FeedLimits,
  now: Instant,
): Promise<NewestStories> => {
  const { channel } = store;
  const { length, delayMs } = limits;
  const newest = await takeShown(store.stories(list, now - delayMs, length), limits, now);
  const items = [...newest, ...(await takeCorrected(store, list, newest, limits, now))];
  const tombstones = await takeTombstones(store.tombstones(list, now, length), channel, limits, now);
  const notices = tombstones.filter((tombstone) => isNotice(tombstone, channel.noticeDays, now));
  return { items, tombstones, notices };
};
