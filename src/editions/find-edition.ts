import { createRepresentation, type HeaderFields } from "../http/representation.ts";
import type { Lookup } from "../model/lookup.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { createEdition, type Edition } from "./edition.ts";
import type { EditionCache } from "./edition-cache.ts";

/** A rendered document, of which an edition is made. */
export interface RenderedDocument extends Pick<Edition, "body" | "feed" | "freshUntil" | "goodUntil"> {
  readonly etag: string;
  readonly contentType: string;
  readonly headers: HeaderFields;
}

/** An edition and the key under which it is in memory. */
export interface CachedEdition {
  /** Absent if it is not in memory: then nothing that is made of it is cached either. */
  readonly key?: string;
  readonly edition: Edition;
}

/** A week. The key of an edition never means another one, so this only limits how long unused ones take up space. */
export const EDITION_LIFETIME_SECONDS = 604_800;

/** A day: how long the last edition of a path may be served while the store fails. */
const STALE_LIFETIME_SECONDS = 86_400;

const keyOf = (path: string, { revision, since }: Snapshot): string => `${path}|${revision.id}|${since}`;

const staleKey = (path: string): string => `${path}|last-good`;

/** Under which the isolates of a data centre share `lastRemoval`. No path is like this. */
const REMOVAL_KEY = "last-removal";

/** Kept as long as any edition that may be served while the store fails: an isolate that starts then has to know it. */
const shareRemoval = ({ edgeCache, lastRemoval, waitUntil }: EditionCache): void => {
  if (edgeCache === undefined) return;
  waitUntil(edgeCache.put(REMOVAL_KEY, new TextEncoder().encode(String(lastRemoval)), STALE_LIFETIME_SECONDS));
};

/** The last removal that this isolate or another one knows of; undefined if none of them is known to have asked the store. */
const findRemoval = async ({ edgeCache, lastRemoval }: EditionCache): Promise<number | undefined> => {
  const shared = await edgeCache?.findBytes(REMOVAL_KEY);
  if (shared === undefined) return lastRemoval;
  return Math.max(Number(new TextDecoder().decode(shared)), lastRemoval ?? 0);
};

const toEdition = (
  { body, feed, goodUntil, freshUntil, etag, contentType, headers }: RenderedDocument,
  { usualCacheControl }: EditionCache,
  { revision, since }: Snapshot,
): Edition => {
  const validators = { etag, ...(revision.at !== undefined && { lastModified: Math.max(revision.at, since) }) };
  const representation = createRepresentation(contentType, validators, {
    "cache-control": usualCacheControl,
    ...headers,
  });
  return createEdition(representation, body, {
    ...{ goodUntil, freshUntil, revision: revision.number ?? 0 },
    ...(feed && { feed }),
  });
};

const putInMemory = ({ editions, latestKeys }: EditionCache, path: string, key: string, edition: Edition): void => {
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
    putInMemory(cache, path, key, fromEdge);
    return { kind: "found", value: fromEdge };
  }
  const rendered = await render();
  if (rendered.kind !== "found") return rendered;
  const edition = toEdition(rendered.value, cache, snapshot);
  putInMemory(cache, path, key, edition);
  if (edgeCache !== undefined) {
    waitUntil(edgeCache.put(key, edition, EDITION_LIFETIME_SECONDS));
    waitUntil(edgeCache.put(staleKey(path), edition, STALE_LIFETIME_SECONDS));
    shareRemoval(cache);
  }
  return { kind: "found", value: edition };
};

/** The edition of a path in memory; undefined if it is not there. */
export const findInMemory = (cache: EditionCache, path: string, snapshot: Snapshot): CachedEdition | undefined => {
  const { lastRemoval = 0 } = snapshot.revision;
  if (lastRemoval !== cache.lastRemoval) {
    cache.lastRemoval = lastRemoval;
    shareRemoval(cache);
  }
  const key = keyOf(path, snapshot);
  const edition = cache.editions.get(key);
  return edition && { key, edition };
};

/**
 * The edition of a path: from memory, from the edge cache, or rendered by `render` and then cached. Its key contains
 * revision and last transition, so that it is another one after an edit, the end of an embargo or an expiry. Requests
 * at the same time share one rendering.
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
 * The edition that was rendered last at a path, for when the store fails. Undefined if there is none, if a story in it
 * has expired by `now`, or if any story was removed since, as that may be in it; also if nobody knows whether one was.
 */
export const findStale = async (cache: EditionCache, path: string, now: number): Promise<CachedEdition | undefined> => {
  const { editions, latestKeys, edgeCache } = cache;
  const key = latestKeys.get(path);
  const inMemory = key === undefined ? undefined : editions.get(key);
  const edition = inMemory ?? (await edgeCache?.find(staleKey(path)));
  if (edition === undefined || now >= edition.goodUntil) return undefined;
  const removal = await findRemoval(cache);
  if (removal === undefined || edition.revision < removal) return undefined;
  return { edition, ...(inMemory !== undefined && key !== undefined && { key }) };
};
