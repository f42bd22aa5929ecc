import { type Epoch, epochOf, type Found } from "../catalog.ts";
import { entityTagOf } from "../editions/digest.ts";
import type { Format } from "../formats/format.ts";
import { cacheControl } from "../http/caching.ts";
import { type Representation, represent, serve } from "../http/represent.ts";
import { pathOf } from "./ask.ts";
import { preconditionFailed } from "./errors.ts";
import { patterns } from "./paths.ts";
import type { Site } from "./site.ts";

/** A document to be served, before its digest is taken. */
export interface Document {
  readonly text: string;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
}

const encoder = new TextEncoder();

const keyOf = (path: string, { store }: Site, { count }: Epoch): string => `${path}|${store.revision.id}|${count}`;

const build = async (
  { text, contentType, headers }: Document,
  { store, usualCacheControl }: Site,
  epoch: Epoch,
): Promise<Representation> => {
  const bytes = encoder.encode(text);
  const validators = { etag: await entityTagOf(bytes), lastModified: Math.max(store.revision.at, epoch.since) };
  return represent(bytes, contentType, validators, { "cache-control": usualCacheControl, ...headers });
};

/**
 * The edition at `path`: the one kept in memory, else made by `write` and kept. The key holds the revision
 * and the epoch, so a change, an embargo that lifts or an expiry is another key.
 */
export const findEdition = async (
  site: Site,
  path: string,
  epoch: Epoch,
  write: () => Promise<Found<Document>>,
): Promise<Found<Representation>> => {
  const key = keyOf(path, site, epoch);
  const kept = site.editions.get(key);
  if (kept !== undefined) return { kind: "found", value: kept };
  const written = await write();
  if (written.kind !== "found") return written;
  const edition = await build(written.value, site, epoch);
  site.editions.set(key, edition);
  return { kind: "found", value: edition };
};

/** Answers with an edition, fresh until the next embargo or expiry at most. */
export const serveEdition = (
  request: Request,
  { store, usualCacheControl }: Site,
  edition: Representation,
  { now, until }: Epoch,
): Response => {
  const fresh = cacheControl(store.channel.freshness, now, until);
  const changes = fresh === usualCacheControl ? undefined : { "cache-control": fresh };
  return serve(request, edition, changes) ?? preconditionFailed({ request });
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
export const serveKept = (request: Request, site: Site): Response | undefined => {
  if (request.method !== "GET" && request.method !== "HEAD") return undefined;
  const epoch = epochOf(site.store, site.now());
  const edition = site.editions.get(keyOf(keptPath(request, site), site, epoch));
  return edition && serveEdition(request, site, edition, epoch);
};
