import { viewPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { Feed } from "../model/feed.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { newestFirst } from "../model/newest-first.ts";
import type { Scope } from "../model/scope.ts";
import type { View } from "../model/view.ts";
import { noticeEnds, type Tombstone, tombstoneOf, visibilityOf } from "../model/visibility.ts";
import type { Store, StoredMedia, Stories } from "../store/store.ts";

/** What became of something that was asked for by name. */
export type Lookup<Value> =
  | { readonly kind: "found"; readonly value: Value }
  | { readonly kind: "moved"; readonly slug: string }
  | { readonly kind: "gone"; readonly reason?: string }
  | { readonly kind: "missing" };

const MISSING = { kind: "missing" } as const;

/** The first `most` stories that readers may see. */
const takeVisible = async (items: Stories, limit: number, now: Instant): Promise<readonly Item[]> => {
  const taken: Item[] = [];
  for await (const item of items) {
    if (visibilityOf(item, now) === "visible") taken.push(item);
    if (taken.length >= limit) break;
  }
  return taken;
};

const isNoticed = (tombstone: Tombstone, noticeDays: number, now: Instant): boolean =>
  tombstone.reason !== undefined && now < noticeEnds(tombstone, noticeDays);

const tombstoneAt = (item: Item, now: Instant): Tombstone | undefined => {
  const visibility = visibilityOf(item, now);
  if (visibility !== "withdrawn" && visibility !== "expired") return undefined;
  const tombstone = tombstoneOf(item);
  return tombstone !== undefined && tombstone.at <= now ? tombstone : undefined;
};

/**
 * The latest departures: as many as a feed has stories, and every withdrawal whose notice still stands, so that
 * no number of expiries can push out what readers must be told. `items` come with the latest departure first.
 */
const takeTombstones = async (
  items: Stories,
  { feedLength, noticeDays }: Channel,
  now: Instant,
): Promise<readonly Tombstone[]> => {
  const taken: Tombstone[] = [];
  for await (const item of items) {
    const tombstone = tombstoneAt(item, now);
    if (tombstone === undefined) continue;
    if (taken.length < feedLength || isNoticed(tombstone, noticeDays, now)) taken.push(tombstone);
    else if (now >= noticeEnds(tombstone, noticeDays)) break;
  }
  return taken;
};

/** The name that people read for a scope, or nothing where no visible story and no list of site.yaml knows it. */
const nameOf = (scope: Scope, { authors, sections }: Channel, items: readonly Item[]): string | undefined => {
  if (scope.kind === "all") return undefined;
  const named = {
    article: () => items.map(({ slug, title }) => ({ key: slug, name: title })),
    author: () => [...authors, ...items.flatMap((item) => item.authors)],
    section: () => sections,
    tag: () => items.flatMap((item) => item.tags),
  }[scope.kind]();
  return named.find(({ key }) => key === scope.key)?.name;
};

/** A story by its slug, if readers may see it now. */
export const findStory = async (store: Store, slug: string, now: Instant): Promise<Lookup<Item>> => {
  const item = await store.find(slug);
  if (item === undefined) {
    const renamed = await store.findAlias(slug);
    if (renamed === undefined) return MISSING;
    const found = await findStory(store, renamed.slug, now);
    return found.kind === "found" ? { kind: "moved", slug: renamed.slug } : found;
  }
  const visibility = visibilityOf(item, now);
  if (visibility === "visible") return { kind: "found", value: item };
  if (visibility === "hidden") return MISSING;
  return item.withdrawn === undefined ? { kind: "gone" } : { kind: "gone", reason: item.withdrawn.reason };
};

/** What a feed holds. */
interface Contents {
  readonly items: readonly Item[];
  readonly tombstones: readonly Tombstone[];
  readonly notices: readonly Tombstone[];
  /** Number of the archive page with the stories before these; 0 where there is none. */
  readonly previousPage: number;
}

/** How many archive pages are full: an unfinished one has no address, its stories are in the feed of the newest. */
const countPages = async (store: Store, scope: Scope, now: Instant): Promise<number> =>
  Math.floor((await store.countAppeared(scope, now)) / store.channel.feedLength);

/**
 * Stories that are older than all of `newest` and were changed since the oldest of those appeared: whoever reads only the
 * newest must hear of corrections too (RFC 5005 §4.1). At most as many again.
 */
const takeCorrected = async (store: Store, scope: Scope, newest: readonly Item[], now: Instant) => {
  const oldest = newest.at(-1);
  if (oldest === undefined || newest.length < store.channel.feedLength) return [];
  const known = new Set(newest.map(({ id }) => id));
  const taken: Item[] = [];
  for await (const item of store.updated(scope, oldest.published, store.channel.feedLength)) {
    if (item.updated < oldest.published || taken.length >= store.channel.feedLength) break;
    if (!known.has(item.id) && visibilityOf(item, now) === "visible") taken.push(item);
  }
  return taken.sort(newestFirst);
};

/** The newest stories, older ones that were corrected, and the departures that readers must hear of. */
const takeNewest = async (store: Store, { scope }: View, now: Instant): Promise<Contents> => {
  const { channel } = store;
  const newest = await takeVisible(store.stories(scope, now, channel.feedLength), channel.feedLength, now);
  const items = [...newest, ...(await takeCorrected(store, scope, newest, now))];
  const tombstones = await takeTombstones(store.tombstones(scope, now, channel.feedLength), channel, now);
  const notices = tombstones.filter((one) => isNoticed(one, channel.noticeDays, now));
  return { items, tombstones, notices, previousPage: await countPages(store, scope, now) };
};

/**
 * A full archive page: `feedLength` stories counted from the oldest. Those that left keep their place, so that a page
 * never changes when a story is added. Nothing where the page is not full yet.
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

const titleOf = ({ scope }: View, channel: Channel, items: readonly Item[], name: string | undefined): string => {
  if (scope.kind === "all") return channel.title;
  return (scope.kind === "article" ? items[0]?.title : undefined) ?? `${channel.title}: ${name ?? scope.key}`;
};

/**
 * The feed of a view as readers may see it at `now`: the one visibility gate. A scope is missing where
 * neither site.yaml nor any story that is or was visible knows it, so an embargoed tag can't be guessed.
 */
export const findFeed = async (store: Store, view: View, now: Instant): Promise<Lookup<Feed>> => {
  const { channel } = store;
  const { scope, text, page } = view;
  if (scope.kind === "article") {
    const story = await findStory(store, scope.key, now);
    if (story.kind !== "found") return story;
  }
  const contents = page === undefined ? await takeNewest(store, view, now) : await takePage(store, scope, page, now);
  if (contents === undefined) return MISSING;
  const { items, tombstones, notices, previousPage } = contents;
  const name = nameOf(scope, channel, items);
  // A page that is full has stories that were visible once, even if nothing of them may be said.
  const isKnown = scope.kind === "all" || name !== undefined || tombstones.length > 0 || page !== undefined;
  if (!isKnown) return MISSING;
  const head: View = { scope, text };
  const baseOf = (one: View): string => `${channel.url}${viewPath(one)}/`;
  const feed: Feed = {
    channel,
    view,
    id: channel.id.replace(/\/$/, "") + viewPath(head),
    title: titleOf(view, channel, items, name),
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

/** A media file, if the publication or a story that readers may see now uses it. */
export const findMedia = async (store: Store, path: string, now: Instant): Promise<StoredMedia | undefined> => {
  const stored = await store.media(path, now);
  const isVisible = stored?.isOfChannel || stored?.usedBy.some((item) => visibilityOf(item, now) === "visible");
  return isVisible ? stored : undefined;
};

/**
 * A story that readers may not see yet, for whoever holds a signed link to it: the one way around the gate. Nothing where it
 * was withdrawn or has expired.
 */
export const findForPreview = async (store: Store, slug: string, now: Instant): Promise<Item | undefined> => {
  const item = await store.find(slug);
  const visibility = item && visibilityOf(item, now);
  return item?.withdrawn === undefined && (visibility === "hidden" || visibility === "visible") ? item : undefined;
};
