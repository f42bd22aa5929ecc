import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { newestFirst } from "../../model/newest-first.ts";
import { readPublication } from "../../model/publication.ts";
import type { Scope } from "../../model/scope.ts";
import { scopeName, scopesOf } from "../../model/scope.ts";
import type { Revision, Snapshot } from "../../model/snapshot.ts";
import { tombstoneOf } from "../../model/tombstone.ts";
import { transitionsOf } from "../../model/visibility.ts";
import type { Store, StoredMedia } from "../store.ts";

const originOf = (siteUrl: string): string => {
  const url = URL.canParse(siteUrl) ? new URL(siteUrl) : undefined;
  if (url?.protocol !== "https:" && url?.protocol !== "http:") {
    throw new Error(`SITE_URL is \`${siteUrl}\`. Set it to an origin such as https://example.org, or leave it empty.`);
  }
  return url.origin;
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

const latestUpdate = (a: Item, b: Item): number => b.updated - a.updated || newestFirst(a, b);

const latestTombstone = (a: Item, b: Item): number => tombstoneTime(b) - tombstoneTime(a) || newestFirst(a, b);

/** How many of the last values hold, where all that do stand at the end. */
const countFromEnd = <Value>(values: readonly Value[], holds: (value: Value) => boolean): number =>
  values.length - 1 - values.findLastIndex((value) => !holds(value));

const tombstoneTime = (item: Item): Instant => tombstoneOf(item)?.at ?? 0;

/** A store whose transitions are known beforehand. */
export interface BundledStore extends Store {
  readonly revision: Revision;
  /** Every moment at which something appears or disappears by itself, ascending. */
  readonly transitions: readonly Instant[];
  // It has everything at hand, and needs no hints.
  snapshotAt(now: Instant): Snapshot;
  stories(scope: Scope): Iterable<Item>;
  tombstones(scope: Scope): Iterable<Item>;
  media(path: string): Promise<StoredMedia | undefined>;
}

/** Where `now` lies among transitions, which ascend. */
export const snapshotBetween = (transitions: readonly Instant[], revision: Revision, now: Instant): Snapshot => {
  let low = 0;
  let high = transitions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((transitions[middle] ?? 0) <= now) low = middle + 1;
    else high = middle;
  }
  return { now, revision, since: transitions[low - 1] ?? 0, until: transitions[low] ?? Number.POSITIVE_INFINITY };
};

/**
 * The store of a publication that was compiled from content/ and travels in the worker's bundle.
 * `text` is what the build wrote; `siteUrl` replaces the site's address unless it is empty.
 */
export const openBundled = (text: string, siteUrl: string, revision: Revision): BundledStore => {
  const { channel, items, media } = readPublication(text, siteUrl === "" ? undefined : originOf(siteUrl));
  const sorted = items.toSorted(newestFirst);
  const keysOf = (item: Item) => scopesOf(item).map(scopeName);
  const byScope = groupBy(sorted, keysOf);
  const tombstones = groupBy(sorted.filter((item) => tombstoneOf(item) !== undefined).sort(latestTombstone), keysOf);
  const updated = groupBy(sorted.filter((item) => item.updated > item.published).sort(latestUpdate), keysOf);
  const appearing = groupBy(sorted.filter((item) => !item.draft).reverse(), keysOf);
  const bySlug = new Map(items.map((item) => [item.slug, item]));
  const byAlias = new Map(items.flatMap((item) => item.aliases.map((alias) => [alias, item])));
  const byMedia = groupBy(sorted, (item) => item.media);
  const transitions = items.flatMap((item) => transitionsOf(item, channel.noticeDays)).sort((a, b) => a - b);
  return {
    channel,
    revision,
    transitions,
    refresh() {},
    snapshotAt: (now) => snapshotBetween(transitions, revision, now),
    stories: (scope) => byScope.get(scopeName(scope)) ?? [],
    updated: (scope) => updated.get(scopeName(scope)) ?? [],
    countAppeared: async (scope, now) => {
      const stories = appearing.get(scopeName(scope)) ?? [];
      return stories.length - countFromEnd(stories, (item) => item.published > now);
    },
    appeared: (scope, from, to) => (appearing.get(scopeName(scope)) ?? []).slice(from, to),
    tombstones: (scope) => tombstones.get(scopeName(scope)) ?? [],
    changing: (from, to) =>
      sorted.filter((item) => transitionsOf(item, channel.noticeDays).some((at) => at > from && at <= to)),
    async retire() {},
    find: async (slug) => bySlug.get(slug),
    findAlias: async (alias) => byAlias.get(alias),
    media: async (path) => {
      const file = Object.hasOwn(media, path) ? media[path] : undefined;
      return file && { file, asset: path, isOfChannel: channel.media.includes(path), usedBy: byMedia.get(path) ?? [] };
    },
  };
};
