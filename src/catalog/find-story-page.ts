import type { Channel } from "../model/channel.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { type Lookup, MISSING } from "../model/lookup.ts";
import { newestFirst } from "../model/newest-first.ts";
import type { Scope } from "../model/scope.ts";
import { visibilityOf } from "../model/visibility.ts";
import type { Store } from "../store/store.ts";
import { takeVisible } from "./take-visible.ts";

/** A page of the stories of a scope, those too that no feed of it has. */
export interface StoryPage {
  /** What the scope is called; empty for all stories. */
  readonly name: string;
  /** Newest first. */
  readonly items: readonly Item[];
  /** From 1, which has the newest. */
  readonly number: number;
  /** Whether there is a page with older stories. */
  readonly hasOlder: boolean;
  /** Whether the scope has feeds: none of a tag or author whose stories state their feeds. */
  readonly hasFeeds: boolean;
  /** The newest stories that are in feeds: on them depends where the page ends, and whether there are others. */
  readonly newest: readonly Item[];
}

type Place = Pick<Item, "id" | "published">;

/** So many stories without a feed are on one page at most, for each that is in feeds. The page of their month has them all. */
const MAX_WITHOUT_FEED = 5;

/** What site.yaml or one of the visible stories calls a scope; undefined if none of them has it. */
const nameOf = (scope: Scope, { authors, sections }: Channel, items: readonly Item[]): string | undefined => {
  if (scope.kind === "all") return "";
  const candidates = {
    author: () => [...authors, ...items.flatMap((item) => item.authors)],
    section: () => sections,
    tag: () => items.flatMap((item) => item.tags),
    article: () => [],
    feed: () => [],
  }[scope.kind]();
  return candidates.find(({ key }) => key === scope.key)?.name;
};

/** The visible stories without a feed that come after one story and before another, as the order has them. */
const takeWithoutFeed = async (
  store: Store,
  scope: Scope,
  after: Place | undefined,
  before: Place | undefined,
  now: Instant,
): Promise<readonly Item[]> => {
  const { feedLength } = store.channel;
  const taken: Item[] = [];
  for await (const item of store.storiesWithoutFeed(scope, now, feedLength, after)) {
    if (before !== undefined && newestFirst(before, item) < 0) break;
    if (visibilityOf(item, now) === "visible") taken.push(item);
    if (taken.length >= feedLength * MAX_WITHOUT_FEED) break;
  }
  return taken;
};

/** How many stories have places before the last of `first`: of those of the same second, the others of `first` have not. */
const countBefore = async (store: Store, scope: Scope, last: Item, first: readonly Item[]): Promise<number> =>
  (await store.countPublished(scope, last.published)) -
  first.filter(({ published }) => published === last.published).length;

/**
 * The page of a scope with a number. Page 1 has the newest `feedLength` visible stories. The others are counted back from there by
 * the places that stories have in archives, so that a database reads one page only; those that left keep their place. Stories
 * without a feed stand among the others, by their dates.
 */
export const findStoryPage = async (
  store: Store,
  scope: Scope,
  number: number,
  now: Instant,
): Promise<Lookup<StoryPage>> => {
  const { channel } = store;
  const { feedLength } = channel;
  // Whoever asks for page after page costs nothing: this is known.
  if ((number - 2) * feedLength >= (await store.countAppeared(scope, now))) return MISSING;
  const newest = await takeVisible(store.stories(scope, now, feedLength + 1), feedLength + 1, now);
  const first = newest.slice(0, feedLength);
  const last = newest.length > feedLength ? first.at(-1) : undefined;
  const older = last === undefined ? 0 : await countBefore(store, scope, last, first);
  const to = older - (number - 2) * feedLength;
  if (number > 1 && to <= 0) return MISSING;
  const from = Math.max(0, to - feedLength);
  // One more, after which the page begins.
  const appeared = number === 1 ? [] : await Array.fromAsync(store.appeared(scope, from, to + 1));
  const after = number === 1 ? undefined : number === 2 ? last : appeared.at(-1);
  const hasOlder = number === 1 ? older > 0 : from > 0;
  const before = hasOlder ? (number === 1 ? last : appeared[0]) : undefined;
  const inFeeds =
    number === 1
      ? first
      : appeared.filter(
          (item) => visibilityOf(item, now) === "visible" && after !== undefined && newestFirst(after, item) < 0,
        );
  const others = await takeWithoutFeed(store, scope, after, before, now);
  const items = [...inFeeds, ...others].sort(newestFirst);
  const name = nameOf(scope, channel, [...items, ...newest]);
  if (name === undefined) return MISSING;
  const hasFeeds = newest.length > 0 || nameOf(scope, channel, []) !== undefined;
  return { kind: "found", value: { name, items, number, hasOlder, hasFeeds, newest } };
};
