import { viewPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { Feed } from "../model/feed.ts";
import type { Instant } from "../model/instant.ts";
import { headlineOf, type Item } from "../model/item.ts";
import { type Lookup, MISSING } from "../model/lookup.ts";
import type { Scope } from "../model/scope.ts";
import type { Tombstone } from "../model/tombstone.ts";
import type { View } from "../model/view.ts";
import { visibilityOf } from "../model/visibility.ts";
import type { Store } from "../store/store.ts";
import { findStory } from "./find-story.ts";
import { type NewestStories, publicLimits, takeNewest, takeTombstones, tombstoneAt } from "./newest-stories.ts";
import { takeVisible } from "./take-visible.ts";

/** The stories of a feed, what it says of those that left, and where its archive goes on. */
interface Contents extends NewestStories {
  /** Number of the archive page with the stories before these; 0 if there is none. */
  readonly previousPage: number;
}

/**
 * The number of full archive pages. One that is not full yet has no address: its stories are in the feed of the newest.
 */
const countPages = async (store: Store, scope: Scope, now: Instant): Promise<number> =>
  Math.floor((await store.countAppeared(scope, now)) / store.channel.feedLength);

/** The contents of the current feed. */
const takeCurrent = async (store: Store, scope: Scope, now: Instant): Promise<Contents> => {
  const newest = await takeNewest(store, scope, publicLimits(store.channel), now);
  return { ...newest, previousPage: await countPages(store, scope, now) };
};

/**
 * The contents of an archive page: `feedLength` stories, counted from the oldest. Those that left keep their place, so
 * that a page does not change when a story is added. Undefined if the page is not full yet.
 */
const takePage = async (store: Store, scope: Scope, page: number, now: Instant): Promise<Contents | undefined> => {
  if (page > (await countPages(store, scope, now))) return undefined;
  const { feedLength } = store.channel;
  const items: Item[] = [];
  const tombstones: Tombstone[] = [];
  for await (const item of store.appeared(scope, (page - 1) * feedLength, page * feedLength)) {
    const tombstone = tombstoneAt(item, now);
    if (visibilityOf(item, now) === "visible") items.unshift(item);
    else if (tombstone !== undefined) tombstones.unshift(tombstone);
  }
  return { items, tombstones, notices: [], previousPage: page - 1 };
};

/** The name of a scope for people; undefined if neither site.yaml nor one of the visible `items` has it. */
const nameOf = (scope: Scope, { authors, sections, feeds }: Channel, items: readonly Item[]): string | undefined => {
  if (scope.kind === "all") return undefined;
  const candidates = {
    article: () => items.map((item) => ({ key: item.slug, name: headlineOf(item) })),
    author: () => [...authors, ...items.flatMap((item) => item.authors)],
    section: () => sections,
    feed: () => feeds.map(({ key, title }) => ({ key, name: title })),
    tag: () => items.flatMap((item) => item.tags),
  }[scope.kind]();
  return candidates.find(({ key }) => key === scope.key)?.name;
};

const titleOf = (scope: Scope, channel: Channel, items: readonly Item[], name: string | undefined): string => {
  if (scope.kind === "all") return channel.title;
  const [story] = items;
  return (
    (scope.kind === "article" && story ? headlineOf(story) : undefined) ?? `${channel.title}: ${name ?? scope.key}`
  );
};

/** Looks up the feed of a view under its own key. */
const findFeedByKey = async (store: Store, view: View, now: Instant): Promise<Lookup<Feed>> => {
  const { channel } = store;
  const { scope, text, page } = view;
  if (scope.kind === "article") {
    const story = await findStory(store, scope.key, now);
    if (story.kind !== "found") return story;
    if (story.value.feeds !== undefined) return MISSING;
  }
  const contents = page === undefined ? await takeCurrent(store, scope, now) : await takePage(store, scope, page, now);
  if (contents === undefined) return MISSING;
  const { items, tombstones, notices, previousPage } = contents;
  const name = nameOf(scope, channel, items);
  // An archive page holds stories that were visible once, even if nothing may be said of them now.
  const isKnown = scope.kind === "all" || name !== undefined || tombstones.length > 0 || page !== undefined;
  if (!isKnown) return MISSING;
  const head: View = { scope, text };
  const baseOf = (view: View): string => `${channel.url}${viewPath(view)}/`;
  const feed: Feed = {
    channel,
    view,
    id: channel.id.replace(/\/$/, "") + viewPath(head),
    title: titleOf(scope, channel, items, name),
    page: (scope.kind === "article" ? items[0]?.url : undefined) ?? `${channel.url}/`,
    base: baseOf(view),
    hubs: page === undefined ? channel.hubs : [],
    ...(page !== undefined && { current: baseOf(head) }),
    ...(previousPage > 0 && { previous: baseOf({ ...head, page: previousPage }) }),
    updated: Math.max(0, ...items.map((item) => item.updated), ...tombstones.map(({ at }) => at)),
    items,
    notices,
    tombstones,
  };
  return { kind: "found", value: feed };
};

/** Whether readers see a story of a scope, or a tombstone. */
const hasAppeared = async (store: Store, scope: Scope, now: Instant): Promise<boolean> =>
  (await takeVisible(store.stories(scope, now, 1), 1, now)).length > 0 ||
  (await takeTombstones(store.tombstones(scope, now, 1), store.channel, publicLimits(store.channel), now)).length > 0;

/** Whether the archive of one of these scopes has a page. */
const hasPage = async (store: Store, scopes: readonly Scope[], page: number, now: Instant): Promise<boolean> => {
  for (const scope of scopes) if (page <= (await countPages(store, scope, now))) return true;
  return false;
};

/**
 * The first scope that readers know and that had the key of this one until 0.2; undefined if there is none, or if
 * readers know the scope itself. Also if none has the page: whoever asks for page after page costs little.
 */
const findRenamed = async (
  store: Store,
  { scope: former, page = 0 }: View,
  now: Instant,
): Promise<Scope | undefined> => {
  if (former.kind !== "tag" && former.kind !== "author") return undefined;
  const scopes = await store.formerScopes(former, now);
  if (!(await hasPage(store, scopes, page, now)) || (await hasAppeared(store, former, now))) return undefined;
  for (const scope of scopes) if (await hasAppeared(store, scope, now)) return scope;
  return undefined;
};

/**
 * Looks up the feed of a view as readers may see it at `now`. A scope is missing unless site.yaml names it or a story
 * has it that is or was visible, so that nobody can find out the tags of a story under embargo. One whose key was
 * another one until 0.2 is renamed.
 */
export const findFeed = async (store: Store, view: View, now: Instant): Promise<Lookup<Feed>> => {
  const found = await findFeedByKey(store, view, now);
  if (found.kind !== "missing") return found;
  const scope = await findRenamed(store, view, now);
  if (scope === undefined || scope.kind === "all") return found;
  // Another name may have had stories on the same pages.
  const isThere = view.page === undefined || (await findFeedByKey(store, { ...view, scope }, now)).kind === "found";
  return isThere ? { kind: "renamed", key: scope.key } : found;
};
