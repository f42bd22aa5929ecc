import { viewPath } from "./model/address.ts";
import type { Channel } from "./model/channel.ts";
import type { Feed } from "./model/feed.ts";
import type { Instant } from "./model/instant.ts";
import type { Item } from "./model/item.ts";
import type { MediaFile } from "./model/media.ts";
import type { Scope, View } from "./model/view.ts";
import { type Departure, departureOf, noticeEnds, standingOf } from "./model/visibility.ts";
import type { Store } from "./store/store.ts";

/** What became of something that was asked for by name. */
export type Found<Value> =
  | { readonly kind: "found"; readonly value: Value }
  | { readonly kind: "moved"; readonly slug: string }
  | { readonly kind: "gone"; readonly reason?: string }
  | { readonly kind: "missing" };

const MISSING = { kind: "missing" } as const;

/** A moment: how many transitions have passed by then, which one was the last, and which comes next. */
export interface Epoch {
  readonly now: Instant;
  readonly count: number;
  readonly since: Instant;
  /** Infinity where nothing is to come. */
  readonly until: Instant;
}

/** Where `now` lies among the moments at which something appears or disappears by itself. */
export const epochOf = ({ transitions }: Store, now: Instant): Epoch => {
  let low = 0;
  let high = transitions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((transitions[middle] ?? 0) <= now) low = middle + 1;
    else high = middle;
  }
  return { now, count: low, since: transitions[low - 1] ?? 0, until: transitions[low] ?? Number.POSITIVE_INFINITY };
};

/** The first `most` stories that readers may see. */
const takeVisible = async (
  items: AsyncIterable<Item> | Iterable<Item>,
  most: number,
  now: Instant,
): Promise<readonly Item[]> => {
  const taken: Item[] = [];
  for await (const item of items) {
    if (standingOf(item, now) === "visible") taken.push(item);
    if (taken.length >= most) break;
  }
  return taken;
};

const isNoticed = (departure: Departure, noticeDays: number, now: Instant): boolean =>
  departure.reason !== undefined && now < noticeEnds(departure, noticeDays);

const hasDeparted = (item: Item, now: Instant): Departure | undefined => {
  const standing = standingOf(item, now);
  if (standing !== "withdrawn" && standing !== "expired") return undefined;
  const departure = departureOf(item);
  return departure !== undefined && departure.at <= now ? departure : undefined;
};

/**
 * The latest departures: as many as a feed has stories, and every withdrawal whose notice still stands, so that
 * no number of expiries can push out what readers must be told. `items` come with the latest departure first.
 */
const takeDepartures = async (
  items: AsyncIterable<Item> | Iterable<Item>,
  { feedLength, noticeDays }: Channel,
  now: Instant,
): Promise<readonly Departure[]> => {
  const taken: Departure[] = [];
  for await (const item of items) {
    const departure = hasDeparted(item, now);
    if (departure === undefined) continue;
    if (taken.length < feedLength || isNoticed(departure, noticeDays, now)) taken.push(departure);
    else if (now >= noticeEnds(departure, noticeDays)) break;
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
export const findStory = async (store: Store, slug: string, now: Instant): Promise<Found<Item>> => {
  const item = await store.find(slug);
  if (item === undefined) {
    const renamed = await store.findAlias(slug);
    if (renamed === undefined) return MISSING;
    const found = await findStory(store, renamed.slug, now);
    return found.kind === "found" ? { kind: "moved", slug: renamed.slug } : found;
  }
  const standing = standingOf(item, now);
  if (standing === "visible") return { kind: "found", value: item };
  if (standing === "hidden") return MISSING;
  return item.withdrawn === undefined ? { kind: "gone" } : { kind: "gone", reason: item.withdrawn.reason };
};

/**
 * The feed of a view as readers may see it at `now`: the one visibility gate. A scope is missing where
 * neither site.yaml nor any story that is or was visible knows it, so an embargoed tag can't be guessed.
 */
export const findFeed = async (store: Store, view: View, now: Instant): Promise<Found<Feed>> => {
  const { channel } = store;
  const { scope } = view;
  if (scope.kind === "article") {
    const story = await findStory(store, scope.key, now);
    if (story.kind !== "found") return story;
  }
  const items = await takeVisible(store.stories(scope), channel.feedLength, now);
  const departures = await takeDepartures(store.departing(scope), channel, now);
  const name = nameOf(scope, channel, items);
  if (scope.kind !== "all" && name === undefined && departures.length === 0) return MISSING;
  const path = viewPath(view);
  const story = scope.kind === "article" ? items[0] : undefined;
  const feed: Feed = {
    channel,
    view,
    id: channel.id.replace(/\/$/, "") + path,
    title:
      scope.kind === "all"
        ? channel.title
        : story !== undefined
          ? story.title
          : `${channel.title}: ${name ?? scope.key}`,
    page: story?.url ?? `${channel.url}/`,
    base: `${channel.url}${path}/`,
    updated: Math.max(0, ...items.map((item) => item.updated), ...departures.map(({ at }) => at)),
    items,
    notices: departures.filter((one) => isNoticed(one, channel.noticeDays, now)),
    departures,
  };
  return { kind: "found", value: feed };
};

/** A media file, if the publication or a story that readers may see now uses it. */
export const findMedia = async (store: Store, path: string, now: Instant): Promise<MediaFile | undefined> => {
  const stored = await store.media(path);
  const isVisible = stored?.isOfChannel || stored?.usedBy.some((item) => standingOf(item, now) === "visible");
  return isVisible ? stored?.file : undefined;
};
