import { type CachedEdition, findInMemory, findStale } from "../editions/find-edition.ts";
import { serveEdition } from "../editions/serve-edition.ts";
import type { Format } from "../formats/format.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { codingNotAcceptable, preconditionFailed } from "./errors.ts";
import { patterns } from "./paths.ts";
import { pathOf } from "./request-context.ts";
import type { Reading } from "./site.ts";

/** Answers a GET or HEAD with an edition, or with the problem if it cannot be served. */
export const serve = (
  request: Request,
  { cache }: Reading,
  cached: CachedEdition,
  snapshot: Pick<Snapshot, "now" | "until">,
): Response | Promise<Response> => {
  const answer = serveEdition(request, cache, cached, snapshot);
  if (answer === "precondition-failed") return preconditionFailed({ request });
  return answer === "coding-not-acceptable" ? codingNotAcceptable({ request }) : answer;
};

/** The path under which the negotiated feed is cached in a format. No path of a request holds a space. */
export const negotiatedPath = (format: Format): string => `${patterns.negotiated} ${format.name}`;

const cachePath = (request: Request, path: string, { negotiate }: Reading): string => {
  const format = path === patterns.negotiated ? negotiate(request.headers.get("accept")) : undefined;
  return format === undefined ? path : negotiatedPath(format);
};

const isRead = ({ method }: Request): boolean => method === "GET" || method === "HEAD";

const serveAt = (
  request: Request,
  path: string,
  reading: Reading,
  snapshot: Snapshot,
): Response | Promise<Response> | undefined => {
  const cached = findInMemory(reading.cache, cachePath(request, path, reading), snapshot);
  return cached && serve(request, reading, cached, snapshot);
};

/**
 * Answers from memory before anything is routed or decoded: editions are cached under the very path at which they answer, so
 * that another spelling of it finds none. Undefined if there is none in memory.
 */
export const serveCached = (
  request: Request,
  path: string,
  reading: Reading,
): Response | Promise<Response | undefined> | undefined => {
  if (!isRead(request)) return undefined;
  const snapshot = reading.store.snapshotAt(reading.now());
  return snapshot instanceof Promise
    ? snapshot.then((known) => serveAt(request, path, reading, known))
    : serveAt(request, path, reading, snapshot);
};

/** Answers with the edition that was rendered last at the request's path, for when the store fails. Undefined if there is none that may be shown. */
export const serveStale = async (request: Request, reading: Reading): Promise<Response | undefined> => {
  if (!isRead(request)) return undefined;
  const now = reading.now();
  const stale = await findStale(reading.cache, cachePath(request, pathOf(request.url), reading), now);
  return stale && serve(request, reading, stale, { now, until: stale.edition.goodUntil });
};
