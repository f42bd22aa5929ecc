import { createRepresentation, type HeaderFields } from "../http/representation.ts";
import type { Lookup } from "../model/lookup.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { WEEK_SECONDS } from "./edge-cache.ts";
import { createEdition, type Edition } from "./edition.ts";
import type { EditionCache } from "./edition-cache.ts";

/** A document that was just rendered, with what an edition is made of. */
export interface RenderedDocument extends Pick<Edition, "body" | "feed" | "goodUntil"> {
  readonly etag: string;
  readonly contentType: string;
  readonly headers: HeaderFields;
}

/** An edition with the key of the cache that it stands under; without a key, nothing made of it may be cached either. */
export interface CachedEdition {
  readonly key?: string;
  readonly edition: Edition;
}

/** How long the last good edition of a path is kept for the day the store fails. */
const DAY_SECONDS = 86_400;

const keyOf = (path: string, { revision, since }: Snapshot): string => `${path}|${revision.id}|${since}`;

const staleKey = (path: string): string => `${path}|last-good`;

const toEdition = (
  { body, feed, goodUntil, etag, contentType, headers }: RenderedDocument,
  { usualCacheControl }: EditionCache,
  { revision, since }: Snapshot,
): Edition => {
  const validators = { etag, lastModified: Math.max(revision.at, since) };
  const representation = createRepresentation(contentType, validators, {
    "cache-control": usualCacheControl,
    ...headers,
  });
  return createEdition(representation, body, { goodUntil, revision: revision.number ?? 0, ...(feed && { feed }) });
};

const store = ({ editions, latestKeys }: EditionCache, path: string, key: string, edition: Edition): void => {
  editions.set(key, edition);
  latestKeys.set(path, key);
};

const renderEdition = async (
  cache: EditionCache,
  path: string,
  key: string,
  snapshot: Snapshot,
  render: () => Promise<Lookup<RenderedDocument>>,
): Promise<Lookup<Edition>> => {
  const { edgeCache, waitUntil } = cache;
  const fromEdge = await edgeCache?.find(key);
  if (fromEdge !== undefined) {
    store(cache, path, key, fromEdge);
    return { kind: "found", value: fromEdge };
  }
  const rendered = await render();
  if (rendered.kind !== "found") return rendered;
  const edition = toEdition(rendered.value, cache, snapshot);
  store(cache, path, key, edition);
  if (edgeCache !== undefined) {
    waitUntil(edgeCache.put(key, edition, WEEK_SECONDS));
    waitUntil(edgeCache.put(staleKey(path), edition, DAY_SECONDS));
  }
  return { kind: "found", value: edition };
};

/** The edition of a path in the memory of this isolate; undefined if it is not there. Decides nothing else, so that a 304 costs little. */
export const findInMemory = (cache: EditionCache, path: string, snapshot: Snapshot): CachedEdition | undefined => {
  const key = keyOf(path, snapshot);
  const edition = cache.editions.get(key);
  return edition && { key, edition };
};

/**
 * The edition of a path: from memory, from the edge cache, or rendered by `render` and cached. The key holds the revision
 * and the last transition, so that an edit, an embargo that lifts or an expiry has another key. Whoever asks while it is being
 * rendered gets the same edition.
 */
export const findEdition = async (
  cache: EditionCache,
  path: string,
  snapshot: Snapshot,
  render: () => Promise<Lookup<RenderedDocument>>,
): Promise<Lookup<CachedEdition>> => {
  const cached = findInMemory(cache, path, snapshot);
  if (cached !== undefined) return { kind: "found", value: cached };
  const key = keyOf(path, snapshot);
  const found = await cache.rendering(key, () => renderEdition(cache, path, key, snapshot, render));
  return found.kind === "found" ? { kind: "found", value: { key, edition: found.value } } : found;
};

/**
 * The edition that was rendered last at a path, for when the store fails. Undefined if there is none, if a story in it has
 * expired by `now`, or if a story was taken from readers since: it may be in it.
 */
export const findStale = async (
  { editions, latestKeys, edgeCache, lastRemoval }: EditionCache,
  path: string,
  now: number,
): Promise<CachedEdition | undefined> => {
  const key = latestKeys.get(path);
  const inMemory = key === undefined ? undefined : editions.get(key);
  const edition = inMemory ?? (await edgeCache?.find(staleKey(path)));
  if (edition === undefined || now >= edition.goodUntil || edition.revision < lastRemoval.revision) return undefined;
  return { edition, ...(inMemory !== undefined && key !== undefined && { key }) };
};
