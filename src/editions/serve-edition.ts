import { acceptsFeedDelta, deltaHeaders } from "../http/a-im.ts";
import { type Coding, chooseCoding } from "../http/accept-encoding.ts";
import { cacheControl } from "../http/cache-control.ts";
import { evaluatePreconditions } from "../http/conditional.ts";
import { parseEntityTags } from "../http/etag.ts";
import {
  createEncodedRepresentation,
  type EncodedRepresentation,
  type HeaderFields,
  notModifiedResponse,
  representationResponse,
} from "../http/representation.ts";
import { codingNotAcceptable, preconditionFailed } from "../routes/errors.ts";
import { acceptEncodingOf } from "../routes/request-context.ts";
import type { Site } from "../routes/site.ts";
import type { Snapshot } from "../store/store.ts";
import type { CachedEdition } from "./cached-editions.ts";
import { compress } from "./compress.ts";
import { writeDelta } from "./delta.ts";
import type { FeedDocument } from "./document.ts";
import { WEEK_SECONDS } from "./edge-cache.ts";
import type { Edition } from "./edition.ts";
import { readTag, shortDigest } from "./edition-etag.ts";

const inCoding = (edition: Edition, body: Uint8Array, coding: Coding): EncodedRepresentation =>
  createEncodedRepresentation(edition.representation, coding, coding === "identity" ? body : compress(body, coding));

const encode = async (site: Site, key: string, edition: Edition, coding: Coding): Promise<EncodedRepresentation> => {
  const { edgeCache, editions } = site;
  const edgeKey = `${key}|${coding}`;
  const fromEdge = await edgeCache?.findBytes(edgeKey);
  const made = fromEdge
    ? createEncodedRepresentation(edition.representation, coding, fromEdge)
    : inCoding(edition, edition.body, coding);
  if (edgeCache !== undefined && fromEdge === undefined)
    site.waitUntil(edgeCache.keep(edgeKey, made.body, WEEK_SECONDS));
  edition.encodings.set(coding, made);
  // It has grown; unless it was forgotten meanwhile.
  if (editions.get(key) === edition) editions.set(key, edition);
  return made;
};

/** What a client holds, by the tag of the edition that it got here earlier. */
interface Held {
  readonly tag: string;
  /** Which entries it lacks, by their place in the document. */
  readonly lacking: readonly number[];
}

/** Which of the editions that a client holds has most of this one. */
const bestHeld = (document: FeedDocument, mark: string, ifNoneMatch: string): Held | undefined => {
  let best: Held | undefined;
  for (const tag of parseEntityTags(ifNoneMatch)) {
    const entries = readTag(tag, mark);
    if (entries === undefined) continue;
    const lacking = document.entries.flatMap(({ digest }, index) => (entries.has(shortDigest(digest)) ? [] : [index]));
    if (best === undefined || lacking.length < best.lacking.length) best = { tag, lacking };
  }
  return best;
};

/**
 * Only what a client lacks (RFC 3229), if it asks for that and its tag tells what it has. Nothing where it lacks more than
 * half: the whole lies ready, a delta would have to be made.
 */
const serveDelta = (
  request: Request,
  { deltas }: Site,
  { key, edition }: CachedEdition,
  coding: Coding,
  ifNoneMatch: string,
): Response | undefined => {
  const { feed } = edition;
  if (feed?.mark === undefined || !acceptsFeedDelta(request.headers.get("a-im"))) return undefined;
  const held = bestHeld(feed.document, feed.mark, ifNoneMatch);
  if (held === undefined || held.lacking.length * 2 > feed.document.entries.length) return undefined;
  const deltaKey = key && `${key}|${coding}|${held.lacking.join()}`;
  const ready = deltaKey === undefined ? undefined : deltas.get(deltaKey);
  const delta = ready ?? inCoding(edition, writeDelta(feed.document, held.lacking), coding);
  if (ready === undefined && deltaKey !== undefined) deltas.set(deltaKey, delta);
  return representationResponse(request.method, delta, deltaHeaders(held.tag), 226);
};

/**
 * Answers with an edition: 304, 412, only what is new, or all of it, in the content-coding that the client prefers. Fresh
 * until the next embargo or expiry at most. At once, unless the edition has not been asked for in this coding yet.
 */
export const serveEdition = (
  request: Request,
  site: Site,
  cached: CachedEdition,
  { now, until }: Pick<Snapshot, "now" | "until">,
): Response | Promise<Response> => {
  const { key, edition } = cached;
  const { representation, encodings } = edition;
  const fresh = cacheControl(site.store.channel.freshness, now, until);
  const changes: HeaderFields | undefined = fresh === site.usualCacheControl ? undefined : { "cache-control": fresh };
  const { headers } = request;
  const ifNoneMatch = headers.get("if-none-match");
  const preconditions = evaluatePreconditions(headers, representation, ifNoneMatch);
  if (preconditions === "not-modified") return notModifiedResponse(representation, changes);
  if (preconditions === "precondition-failed") return preconditionFailed({ request });
  const coding = chooseCoding(acceptEncodingOf(request));
  if (coding === undefined) return codingNotAcceptable({ request });
  const delta = ifNoneMatch === null ? undefined : serveDelta(request, site, cached, coding, ifNoneMatch);
  if (delta !== undefined) return delta;
  const ready = encodings.get(coding);
  if (ready !== undefined) return representationResponse(request.method, ready, changes);
  if (key === undefined)
    return representationResponse(request.method, inCoding(edition, edition.body, coding), changes);
  const coming = site.encoding(`${key}|${coding}`, () => encode(site, key, edition, coding));
  return coming.then((made) => representationResponse(request.method, made, changes));
};
