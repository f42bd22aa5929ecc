import type { Lookup } from "../catalog/find-feed.ts";
import type { Format } from "../formats/format.ts";
import { createRepresentation, type HeaderFields } from "../http/representation.ts";
import { patterns } from "../routes/paths.ts";
import { pathOf } from "../routes/request-context.ts";
import type { Site } from "../routes/site.ts";
import type { Snapshot } from "../store/store.ts";
import { WEEK_SECONDS } from "./edge-cache.ts";
import { createEdition, type Edition } from "./edition.ts";
import { serveEdition } from "./serve-edition.ts";

/** A document to be served. */
export interface Document extends Pick<Edition, "body" | "feed" | "goodUntil"> {
  readonly etag: string;
  readonly contentType: string;
  readonly headers: HeaderFields;
}

/** Seconds for which the last good edition of a path is kept, for the day the store fails. */
const DAY_SECONDS = 86_400;

const keyOf = (path: string, { revision, since }: Snapshot): string => `${path}|${revision.id}|${since}`;

const staleKey = (path: string): string => `${path}|last-good`;

const toEdition = (
  { body, feed, goodUntil, etag, contentType, headers }: Document,
  { usualCacheControl }: Site,
  { revision, since }: Snapshot,
): Edition => {
  const validators = { etag, lastModified: Math.max(revision.at, since) };
  const representation = createRepresentation(contentType, validators, {
    "cache-control": usualCacheControl,
    ...headers,
  });
  return createEdition(representation, body, { goodUntil, revision: revision.number ?? 0, ...(feed && { feed }) });
};

/** An edition with the key that it is kept under; without one, nothing that is made of it may be kept either. */
export interface CachedEdition {
  readonly key?: string;
  readonly edition: Edition;
}

const keep = (
  { editions, latest, edgeCache, waitUntil }: Site,
  path: string,
  key: string,
  edition: Edition,
  isNew: boolean,
): void => {
  editions.set(key, edition);
  latest.set(path, key);
  if (edgeCache === undefined || !isNew) return;
  waitUntil(edgeCache.keep(key, edition, WEEK_SECONDS));
  waitUntil(edgeCache.keep(staleKey(path), edition, DAY_SECONDS));
};

const make = async (
  site: Site,
  path: string,
  key: string,
  snapshot: Snapshot,
  write: () => Promise<Lookup<Document>>,
): Promise<Lookup<Edition>> => {
  const fromEdge = await site.edgeCache?.find(key);
  if (fromEdge !== undefined) {
    keep(site, path, key, fromEdge, false);
    return { kind: "found", value: fromEdge };
  }
  const written = await write();
  if (written.kind !== "found") return written;
  const edition = toEdition(written.value, site, snapshot);
  keep(site, path, key, edition, true);
  return { kind: "found", value: edition };
};

/**
 * The edition at `path`: the one kept in memory, or on the shelf, or made by `write` and kept. The key holds the
 * revision and the moment, so a change, an embargo that lifts or an expiry is another key. Whoever asks while it is being
 * made gets the same one.
 */
export const findEdition = async (
  site: Site,
  path: string,
  snapshot: Snapshot,
  write: () => Promise<Lookup<Document>>,
): Promise<Lookup<CachedEdition>> => {
  const key = keyOf(path, snapshot);
  const cached = site.editions.get(key);
  if (cached !== undefined) return { kind: "found", value: { key, edition: cached } };
  const made = await site.making(key, () => make(site, path, key, snapshot, write));
  return made.kind === "found" ? { kind: "found", value: { key, edition: made.value } } : made;
};

/** Under what the edition of the negotiated feed is kept: no path holds a space. */
export const negotiatedPath = (format: Format): string => `${patterns.negotiated} ${format.name}`;

const cachePath = (request: Request, path: string, site: Site): string => {
  const format = path === patterns.negotiated ? site.negotiate(request.headers.get("accept")) : undefined;
  return format === undefined ? path : negotiatedPath(format);
};

const isRead = ({ method }: Request): boolean => method === "GET" || method === "HEAD";

const serveAt = (
  request: Request,
  path: string,
  site: Site,
  snapshot: Snapshot,
): Response | Promise<Response> | undefined => {
  site.departed.at = snapshot.revision.departed ?? 0;
  const key = keyOf(cachePath(request, path, site), snapshot);
  const edition = site.editions.get(key);
  return edition && serveEdition(request, site, { key, edition }, snapshot);
};

/**
 * Answers from memory, before anything is routed or even decoded: editions are kept by the very path that
 * they answer at, so a request for another spelling finds none.
 */
export const serveCached = (
  request: Request,
  path: string,
  site: Site,
): Response | Promise<Response | undefined> | undefined => {
  if (!isRead(request)) return undefined;
  const snapshot = site.store.snapshotAt(site.now());
  return snapshot instanceof Promise
    ? snapshot.then((known) => serveAt(request, path, site, known))
    : serveAt(request, path, site, snapshot);
};

/**
 * Answers with the edition that was made last at the request's path, while the store fails. Nothing where there is none, or
 * where a story in it has expired.
 */
export const serveStale = async (request: Request, site: Site): Promise<Response | undefined> => {
  if (!isRead(request)) return undefined;
  const { editions, latest, edgeCache } = site;
  const path = cachePath(request, pathOf(request.url), site);
  const key = latest.get(path);
  const inMemory = key === undefined ? undefined : editions.get(key);
  const edition = inMemory ?? (await edgeCache?.find(staleKey(path)));
  const now = site.now();
  if (edition === undefined || now >= edition.goodUntil) return undefined;
  // Something was taken back since it was made: it may be this.
  if (edition.revision < site.departed.at) return undefined;
  const cached: CachedEdition = { edition, ...(inMemory !== undefined && key !== undefined && { key }) };
  return serveEdition(request, site, cached, { now, until: edition.goodUntil });
};
