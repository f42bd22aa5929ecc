import { acceptsFeedDelta, deltaHeaders } from "../http/a-im.ts";
import { type Coding, chooseCoding } from "../http/accept-encoding.ts";
import { cacheControl } from "../http/cache-control.ts";
import { evaluatePreconditions } from "../http/conditional.ts";
import {
  createEncodedRepresentation,
  type EncodedRepresentation,
  type HeaderFields,
  headResponse,
  notModifiedResponse,
  representationResponse,
} from "../http/representation.ts";
import type { Instant } from "../model/instant.ts";
import { compress } from "./compress.ts";
import { findDelta, writeDelta } from "./delta.ts";
import type { Edition } from "./edition.ts";
import type { EditionCache } from "./edition-cache.ts";
import { type CachedEdition, EDITION_LIFETIME_SECONDS } from "./find-edition.ts";

/** Why an edition is not served: a precondition fails (412), or the client accepts no content-coding of ours (406). */
export type EditionRefusal = "precondition-failed" | "coding-not-acceptable";

/**
 * The Accept-Encoding header of the client. Cloudflare's edge replaces it by one that names both of our
 * content-codings, and keeps the original in `cf`; a header that does not name both is the client's own. (Reading `cf`
 * takes as long as reading five headers.)
 */
const acceptEncodingOf = (request: Request): string | null => {
  const header = request.headers.get("accept-encoding");
  if (header === null || !header.includes("br") || !header.includes("gzip")) return header;
  const client: unknown = request.cf?.clientAcceptEncoding;
  return typeof client === "string" ? client : header;
};

const inCoding = (edition: Edition, body: Uint8Array, coding: Coding): EncodedRepresentation =>
  createEncodedRepresentation(edition.representation, coding, coding === "identity" ? body : compress(body, coding));

const encode = async (
  cache: EditionCache,
  key: string,
  edition: Edition,
  coding: Coding,
): Promise<EncodedRepresentation> => {
  const { edgeCache, editions, waitUntil } = cache;
  const edgeKey = `${key}|${coding}`;
  const fromEdge = await edgeCache?.findBytes(edgeKey);
  const made = fromEdge
    ? createEncodedRepresentation(edition.representation, coding, fromEdge)
    : inCoding(edition, edition.body, coding);
  if (edgeCache !== undefined && fromEdge === undefined)
    waitUntil(edgeCache.put(edgeKey, made.body, EDITION_LIFETIME_SECONDS));
  edition.encodings.set(coding, made);
  // The edition has grown: the cache counts its bytes again, unless it has left the cache meanwhile.
  if (editions.get(key) === edition) editions.set(key, edition);
  return made;
};

/**
 * How many deltas to an edition are made at most. Readers need few: they lack the newest stories, or a corrected one. But
 * an entity tag can name any of the entries, and each choice of them would be another delta to write and compress.
 */
export const MAX_DELTAS = 64;

/** How many entries of a feed an answer of `serveEdition` holds, by its status: those of a delta, or of the whole document. */
export const countEntries = (request: Request, { edition: { feed } }: CachedEdition, status: number): number => {
  if (feed === undefined) return 0;
  if (status !== 226 || feed.mark === undefined) return status === 200 ? feed.document.entries.length : 0;
  return findDelta(feed.document, feed.mark, request.headers.get("if-none-match") ?? "")?.lacking.length ?? 0;
};

/** Undefined if the client gets no delta, but the whole document. */
const serveDelta = (
  request: Request,
  { deltas }: EditionCache,
  { key, edition }: CachedEdition,
  coding: Coding,
  ifNoneMatch: string,
): Response | undefined => {
  const { feed, representation } = edition;
  if (key === undefined || feed?.mark === undefined || !acceptsFeedDelta(request.headers.get("a-im"))) return undefined;
  const delta = findDelta(feed.document, feed.mark, ifNoneMatch);
  if (delta === undefined) return undefined;
  const changes = deltaHeaders(delta.base);
  const deltaKey = `${key}|${coding}|${delta.lacking.join()}`;
  const ready = deltas.get(deltaKey);
  if (ready !== undefined) return representationResponse(request.method, ready, changes, 226);
  if (edition.deltas.made >= MAX_DELTAS) return undefined;
  if (request.method === "HEAD") return headResponse(representation, coding, changes, 226);
  edition.deltas.made += 1;
  const made = inCoding(edition, writeDelta(feed.document, delta.lacking), coding);
  deltas.set(deltaKey, made);
  return representationResponse(request.method, made, changes, 226);
};

/**
 * Answers a GET or HEAD with an edition: 304, 226 with a delta (RFC 3229) or 200, in the content-coding that the client
 * prefers; or returns why not. No cache may hold the response beyond the edition's `freshUntil`. It is a promise only if
 * the edition must be compressed first.
 */
export const serveEdition = (
  request: Request,
  cache: EditionCache,
  cached: CachedEdition,
  now: Instant,
): Response | EditionRefusal | Promise<Response> => {
  const { key, edition } = cached;
  const { representation, encodings } = edition;
  const fresh = cacheControl(cache.freshness, now, edition.freshUntil);
  const changes: HeaderFields | undefined = fresh === cache.usualCacheControl ? undefined : { "cache-control": fresh };
  const { headers } = request;
  const ifNoneMatch = headers.get("if-none-match");
  const preconditions = evaluatePreconditions(headers, representation, ifNoneMatch);
  if (preconditions === "not-modified") return notModifiedResponse(representation, changes);
  if (preconditions === "precondition-failed") return preconditions;
  const coding = chooseCoding(acceptEncodingOf(request));
  if (coding === undefined) return "coding-not-acceptable";
  const delta = ifNoneMatch === null ? undefined : serveDelta(request, cache, cached, coding, ifNoneMatch);
  if (delta !== undefined) return delta;
  const ready = encodings.get(coding);
  if (ready !== undefined) return representationResponse(request.method, ready, changes);
  if (key === undefined)
    return representationResponse(request.method, inCoding(edition, edition.body, coding), changes);
  const encoding = cache.encoding(`${key}|${coding}`, () => encode(cache, key, edition, coding));
  return encoding.then((made) => representationResponse(request.method, made, changes));
};
