import { type Epoch, epochOf, type Found } from "../catalog.ts";
import { createEdition, type Edition } from "../editions/edition.ts";
import type { Format } from "../formats/format.ts";
import { type Fields, represent } from "../http/represent.ts";
import { pathOf } from "./ask.ts";
import { patterns } from "./paths.ts";
import { serveEdition } from "./serve-edition.ts";
import type { Site } from "./site.ts";

/** A document to be served. */
export interface Document extends Pick<Edition, "body" | "feed" | "goodUntil"> {
  readonly etag: string;
  readonly contentType: string;
  readonly headers: Fields;
}

/** Seconds: a week. A key never means anything else, but nobody asks for an old one. */
const FOR_A_WEEK = 604_800;

/** Seconds for which the last good edition of a path is kept, for the day the store fails. */
const FOR_A_DAY = 86_400;

const keyOf = (path: string, { store }: Site, { count }: Epoch): string => `${path}|${store.revision.id}|${count}`;

const lastGoodKey = (path: string): string => `${path}|last-good`;

const toEdition = (
  { body, feed, goodUntil, etag, contentType, headers }: Document,
  { store, usualCacheControl }: Site,
  epoch: Epoch,
): Edition => {
  const validators = { etag, lastModified: Math.max(store.revision.at, epoch.since) };
  const representation = represent(contentType, validators, { "cache-control": usualCacheControl, ...headers });
  return createEdition(representation, body, { goodUntil, ...(feed && { feed }) });
};

/** The edition that was made last at a path: what readers get while the store fails, unless a story in it has expired. */
const findLastGood = async (
  { editions, latest, shelf }: Site,
  path: string,
  now: number,
): Promise<Edition | undefined> => {
  const last = editions.get(latest.get(path) ?? "") ?? (await shelf?.find(lastGoodKey(path)));
  return last !== undefined && now < last.goodUntil ? last : undefined;
};

/** An edition with the key that it is kept under. */
export interface Kept {
  readonly key: string;
  readonly edition: Edition;
}

const keep = (
  { editions, latest, shelf, waitUntil }: Site,
  path: string,
  { key, edition }: Kept,
  isNew: boolean,
): void => {
  editions.set(key, edition);
  latest.set(path, key);
  if (shelf === undefined || !isNew) return;
  waitUntil(shelf.keep(key, edition, FOR_A_WEEK));
  waitUntil(shelf.keep(lastGoodKey(path), edition, FOR_A_DAY));
};

const make = async (
  site: Site,
  path: string,
  key: string,
  epoch: Epoch,
  write: () => Promise<Found<Document>>,
): Promise<Found<Edition>> => {
  const shelved = await site.shelf?.find(key);
  if (shelved !== undefined) {
    keep(site, path, { key, edition: shelved }, false);
    return { kind: "found", value: shelved };
  }
  try {
    const written = await write();
    if (written.kind !== "found") return written;
    const edition = toEdition(written.value, site, epoch);
    keep(site, path, { key, edition }, true);
    return { kind: "found", value: edition };
  } catch (error) {
    const last = await findLastGood(site, path, epoch.now);
    if (last === undefined) throw error;
    console.error(`the store failed, so ${path} is served as it was`, error);
    return { kind: "found", value: last };
  }
};

/**
 * The edition at `path`: the one kept in memory, or on the shelf, or made by `write` and kept. The key holds the
 * revision and the epoch, so a change, an embargo that lifts or an expiry is another key. Whoever asks while it is being
 * made gets the same one.
 */
export const findEdition = async (
  site: Site,
  path: string,
  epoch: Epoch,
  write: () => Promise<Found<Document>>,
): Promise<Found<Kept>> => {
  const key = keyOf(path, site, epoch);
  const kept = site.editions.get(key);
  if (kept !== undefined) return { kind: "found", value: { key, edition: kept } };
  const made = await site.making(key, () => make(site, path, key, epoch, write));
  return made.kind === "found" ? { kind: "found", value: { key, edition: made.value } } : made;
};

/** Under what the edition of the negotiated feed is kept: no path holds a space. */
export const negotiatedPath = (format: Format): string => `${patterns.negotiated} ${format.name}`;

const keptPath = (request: Request, site: Site): string => {
  const path = pathOf(request.url);
  const format = path === patterns.negotiated ? site.negotiate(request.headers.get("accept")) : undefined;
  return format === undefined ? path : negotiatedPath(format);
};

/**
 * Answers from memory, before anything is routed or even decoded: editions are kept by the very path that
 * they answer at, so a request for another spelling finds none.
 */
export const serveKept = (request: Request, site: Site): Response | Promise<Response> | undefined => {
  if (request.method !== "GET" && request.method !== "HEAD") return undefined;
  const epoch = epochOf(site.store, site.now());
  const key = keyOf(keptPath(request, site), site, epoch);
  const edition = site.editions.get(key);
  return edition && serveEdition(request, site, { key, edition }, epoch);
};
