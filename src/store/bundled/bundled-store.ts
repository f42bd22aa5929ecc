import { isBasePath, siteAddress } from "../../model/address.ts";
import { isSameMonth, type Month, monthOf } from "../../model/dates/local-month.ts";
import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { namesOf } from "../../model/names/names.ts";
import { newestFirst } from "../../model/newest-first.ts";
import { type Publication, readPublication } from "../../model/publication.ts";
import { hasOwnRights } from "../../model/rights.ts";
import { feedScopesOf, listName, type Scope, type StoryList, scopeName, scopesOf } from "../../model/scope.ts";
import type { Revision, Snapshot } from "../../model/snapshot.ts";
import { tombstoneOf } from "../../model/tombstone.ts";
import { transitionsOf, visibilityOf } from "../../model/visibility.ts";
import type { Contracts } from "../contracts.ts";
import { LISTED_KINDS, type Store, type StoredMedia, type VisibleScope } from "../store.ts";
import { bundledContracts } from "./bundled-contracts.ts";
import { compareCodePoints } from "./compare-code-points.ts";

/** A store that holds all stories in memory, so that it needs no hints and knows every transition beforehand. */
export interface BundledStore extends Store {
  readonly revision: Revision;
  readonly contracts: Contracts;
  /** `url` of site.yaml, whatever replaces it here. */
  readonly siteUrl: string;
  /** Every instant at which a story appears or leaves without an edit, ascending. */
  readonly transitions: readonly Instant[];
  snapshotAt(now: Instant): Snapshot;
  stories(list: StoryList): Iterable<Item>;
  storiesWithoutFeed(
    scope: Scope,
    now: Instant,
    limit: number,
    before?: Pick<Item, "id" | "published">,
  ): Iterable<Item>;
  tombstones(list: StoryList): Iterable<Item>;
  translationsOf(id: string): Iterable<Item>;
  formerScopes(former: Scope): Promise<readonly Scope[]>;
  findMedia(path: string): Promise<StoredMedia | undefined>;
}

const addressOf = (siteUrl: string): string => {
  const url = URL.canParse(siteUrl) ? new URL(siteUrl) : undefined;
  const isWeb = url?.protocol === "https:" || url?.protocol === "http:";
  if (!isWeb || !isBasePath(url.pathname)) {
    throw new Error(`SITE_URL is \`${siteUrl}\`. Set it to an address such as https://example.org, or leave it empty.`);
  }
  return siteAddress(url);
};

const groupBy = <Value>(
  values: readonly Value[],
  keysOf: (value: Value) => readonly string[],
): ReadonlyMap<string, readonly Value[]> => {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    for (const key of keysOf(value)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [value]);
      else group.push(value);
    }
  }
  return groups;
};

/** The named feeds and the partners' selections that have each item, by the names of their lists. */
const selectionsByItem = ({
  items,
  feedMembers,
  partnerMembers,
}: Publication): ReadonlyMap<Item, readonly string[]> => {
  const names = new Map<Item, string[]>();
  const lists = [
    ...Object.entries(feedMembers).map(([key, members]) => [listName({ kind: "feed", key }), members] as const),
    ...Object.entries(partnerMembers).map(
      ([name, members]) => [listName({ kind: "selection", name }), members] as const,
    ),
  ];
  for (const [name, members] of lists) {
    for (const index of members) {
      const item = items[index];
      if (item === undefined) continue;
      const known = names.get(item);
      if (known === undefined) names.set(item, [name]);
      else known.push(name);
    }
  }
  return names;
};

const latestUpdateFirst = (a: Item, b: Item): number => b.updated - a.updated || newestFirst(a, b);

const tombstoneTime = (item: Item): Instant => tombstoneOf(item)?.at ?? 0;

const latestTombstoneFirst = (a: Item, b: Item): number => tombstoneTime(b) - tombstoneTime(a) || newestFirst(a, b);

/** How many of the values, which ascend by `timeOf`, are not later than `now`. */
const countUntil = <Value>(values: readonly Value[], timeOf: (value: Value) => Instant, now: Instant): number => {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const value = values[middle];
    if (value !== undefined && timeOf(value) <= now) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The instant from which on each name is known: that at which the first story with it appears. */
const namesSince = (items: readonly Item[]): ReadonlyMap<string, Instant> => {
  const names = new Map<string, Instant>();
  for (const item of items) {
    if (item.draft) continue;
    for (const name of namesOf(item)) names.set(name, Math.min(item.published, names.get(name) ?? item.published));
  }
  return names;
};

const findVisibleScope = (
  kind: (typeof LISTED_KINDS)[number],
  name: string,
  newestFirst: readonly Item[],
  now: Instant,
): readonly VisibleScope[] => {
  const newest = newestFirst.find((item) => visibilityOf(item, now) === "visible");
  if (newest === undefined) return [];
  return [{ scope: { kind, key: name.slice(kind.length + 1) }, until: newest.expires ?? Number.POSITIVE_INFINITY }];
};

/** The snapshot of `now` between `transitions`, which ascend. */
export const snapshotBetween = (transitions: readonly Instant[], revision: Revision, now: Instant): Snapshot => {
  const passed = countUntil(transitions, (at) => at, now);
  return { now, revision, since: transitions[passed - 1] ?? 0, until: transitions[passed] ?? Number.POSITIVE_INFINITY };
};

/**
 * Opens the store of a publication that was compiled from content/ and lies in the worker's bundle. `text` is what the
 * build wrote. `siteUrl` replaces the site's address unless it is empty; throws an Error that says what to set if it is
 * no http(s) URL.
 */
export const openBundled = (text: string, siteUrl: string, revision: Revision): BundledStore => {
  const publication = readPublication(text, siteUrl === "" ? undefined : addressOf(siteUrl));
  const { channel, items, media, formerScopes } = publication;
  const sorted = items.toSorted(newestFirst);
  const selections = selectionsByItem(publication);
  const keysOf = (item: Item) => [
    ...(item.feeds === undefined ? feedScopesOf(item).map(scopeName) : [listName({ kind: "pages" })]),
    ...(selections.get(item) ?? []),
  ];
  const byScope = groupBy(sorted, keysOf);
  const tombstones = groupBy(
    sorted.filter((item) => tombstoneOf(item) !== undefined).sort(latestTombstoneFirst),
    keysOf,
  );
  const updated = groupBy(sorted.filter((item) => item.updated > item.published).sort(latestUpdateFirst), keysOf);
  const oldestFirst = groupBy(sorted.filter((item) => !item.draft).reverse(), keysOf);
  const withoutFeed = groupBy(
    sorted.filter(({ feeds }) => feeds !== undefined),
    (item) => scopesOf(item).map(scopeName),
  );
  const withRights = sorted.filter(hasOwnRights);
  const bySlug = new Map(items.map((item) => [item.slug, item]));
  // Those of a draft count only once it is published.
  const byAlias = new Map(
    items.filter(({ draft }) => !draft).flatMap((item) => item.aliases.map((alias) => [alias, item])),
  );
  const byId = new Map(items.map((item) => [item.id, item]));
  const byOriginal = groupBy(sorted, ({ translationOf }) => (translationOf === undefined ? [] : [translationOf]));
  const byFormerScope = groupBy(formerScopes, ({ former }) => [scopeName(former)]);
  const byMedia = groupBy(sorted, (item) => item.media);
  const names = namesSince(items);
  const transitions = items.flatMap((item) => transitionsOf(item, channel.noticeDays)).sort((a, b) => a - b);
  const appearedIn = (list: StoryList, from: number, to: number) =>
    (oldestFirst.get(listName(list)) ?? []).slice(from, to);
  return {
    channel,
    revision,
    siteUrl: publication.url,
    contracts: bundledContracts(publication.partners),
    transitions,
    refresh() {},
    snapshotAt: (now) => snapshotBetween(transitions, revision, now),
    knows: (name, now) => (names.get(name) ?? Number.POSITIVE_INFINITY) <= now,
    catchUp: async () => true,
    stories: (list) => byScope.get(listName(list)) ?? [],
    storiesWithoutFeed: (scope, _now, _limit, before) => {
      const stories = withoutFeed.get(scopeName(scope)) ?? [];
      return before === undefined ? stories : stories.filter((item) => newestFirst(before, item) < 0);
    },
    storiesBetween: (since, until) => sorted.filter(({ published }) => published > since && published <= until),
    storiesWithRights: () => withRights,
    updatedSince: (list) => updated.get(listName(list)) ?? [],
    tombstones: (list) => tombstones.get(listName(list)) ?? [],
    publishedAround: async (list, at, ageMs) => {
      const ascending = oldestFirst.get(listName(list)) ?? [];
      const passed = countUntil(ascending, ({ published }) => published, at);
      const firstThere = (index: number, step: 1 | -1): Instant | undefined => {
        for (let next = index, item = ascending[next]; item !== undefined; next += step, item = ascending[next])
          if (visibilityOf(item, item.published + ageMs) === "visible") return item.published;
        return undefined;
      };
      return { before: firstThere(passed - 1, -1), after: firstThere(passed, 1) };
    },
    countAppeared: async (list, now) =>
      countUntil(oldestFirst.get(listName(list)) ?? [], ({ published }) => published, now),
    countPublished: async (scope, at) =>
      countUntil(oldestFirst.get(scopeName(scope)) ?? [], ({ published }) => published, at),
    newestOfMonths: async (now) => {
      const newest: Item[] = [];
      let last: Month | undefined;
      for (const item of sorted) {
        if (visibilityOf(item, now) !== "visible") continue;
        const month = monthOf(item);
        if (last === undefined || !isSameMonth(month, last)) newest.push(item);
        last = month;
      }
      return newest;
    },
    appeared: appearedIn,
    appearedWithoutHtml: appearedIn,
    visibleScopes: async (now, limit) =>
      LISTED_KINDS.flatMap((kind) =>
        [...byScope.keys()]
          .filter((name) => name.startsWith(`${kind}/`))
          .sort(compareCodePoints)
          .flatMap((name) => findVisibleScope(kind, name, byScope.get(name) ?? [], now))
          .slice(0, limit),
      ),
    itemsChangingBetween: (from, to) =>
      sorted.filter((item) => transitionsOf(item, channel.noticeDays).some((at) => at > from && at <= to)),
    async unlistExpired() {},
    findBySlug: async (slug) => bySlug.get(slug),
    findByAlias: async (alias) => byAlias.get(alias),
    findById: async (id) => byId.get(id),
    translationsOf: (id) => byOriginal.get(id) ?? [],
    formerScopes: async (former) => (byFormerScope.get(scopeName(former)) ?? []).map(({ scope }) => scope),
    findMedia: async (path) => {
      const file = Object.hasOwn(media, path) ? media[path] : undefined;
      return file && { file, asset: path, isOfChannel: channel.media.includes(path), usedBy: byMedia.get(path) ?? [] };
    },
  };
};
