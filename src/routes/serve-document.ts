import { isKnown } from "../catalog/is-known.ts";
import { digestOf, entityTagOf } from "../editions/edition-etag.ts";
import {
  type CachedEdition,
  findEdition,
  findInMemory,
  findStale,
  type RenderedDocument,
} from "../editions/find-edition.ts";
import { serveEdition } from "../editions/serve-edition.ts";
import { shortCacheControl } from "../http/cache-control.ts";
import { ANY_ORIGIN } from "../http/cors.ts";
import { isNavigation } from "../http/sec-fetch.ts";
import { articlePath } from "../model/address.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { Lookup } from "../model/lookup.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { firstRemoval } from "../model/tombstone.ts";
import type { View } from "../model/view.ts";
import { oembedCachePath, readOembedRequest } from "./discovery/oembed-request.ts";
import { wantsMarkdown } from "./discovery/wants-markdown.ts";
import { codingNotAcceptable, gone, notFound, preconditionFailed } from "./errors.ts";
import { movedPermanently } from "./redirects.ts";
import { pathOf, type RequestContext } from "./request-context.ts";
import type { Site } from "./site.ts";
import { isFeedPath, patterns } from "./url-map.ts";

const encoder = new TextEncoder();

/** A document that is no feed, of a text that names `items`: it is good until the first of them leaves. */
export const textDocument = (
  text: string,
  contentType: string,
  items: readonly Item[],
  headers: RenderedDocument["headers"],
): RenderedDocument => {
  const body = encoder.encode(text);
  const goodUntil = firstRemoval(items);
  return {
    body,
    etag: entityTagOf(digestOf(body)),
    contentType,
    headers: {
      ...headers,
      ...ANY_ORIGIN,
      vary: headers.vary === undefined ? "Accept-Encoding" : `${headers.vary}, Accept-Encoding`,
    },
    goodUntil,
    freshUntil: goodUntil,
  };
};

// Feeds, pages and the style sheet are documents: rendered once, then served as editions from the cache.

/** Answers a GET or HEAD with an edition, or says why not. */
export const respondWithEdition = (
  request: Request,
  { cache, store }: Site,
  cached: CachedEdition,
  now: Instant,
): Response | Promise<Response> => {
  const answer = serveEdition(request, cache, cached, now);
  const context = { request, channel: store.channel };
  if (answer === "precondition-failed") return preconditionFailed(context);
  return answer === "coding-not-acceptable" ? codingNotAcceptable(context) : answer;
};

/**
 * The path under which a document is cached. `/feed` has one for each format, a story's page one as Markdown, and `/oembed` one for
 * each query, with a space, so that no request has it.
 */
const cachePath = (request: Request, path: string, { negotiate, store }: Site): string => {
  if (path === patterns.oembed) return oembedCachePath(readOembedRequest(request.url, store.channel.url)) ?? path;
  if (wantsMarkdown(request, path, store.channel)) return `${path} markdown`;
  const format = path === patterns.negotiated ? negotiate(request.headers.get("accept")) : undefined;
  return format === undefined ? path : `${path} ${format.name}`;
};

/**
 * Under which the news sitemap is cached. No path of a request is like this, so that no request gets it before its own transitions
 * count.
 */
export const NEWS_SITEMAP = "news-sitemap";

/** Whether a browser navigates to a feed, so that it gets the feed's page. */
export const wantsFeedPage = ({ headers }: Request, { store }: Site): boolean =>
  store.channel.feedPages && isNavigation(headers);

/** The path under which a feed's page is cached: the feed's own, with a space, so that no request has it. */
const pagePath = (feedPath: string): string => `${feedPath} page`;

const respondMissing = (
  context: RequestContext,
  siteUrl: string,
  lookup: Exclude<Lookup<unknown>, { kind: "found" }>,
  now: Instant,
  toPath: (key: string) => string,
): Response => {
  switch (lookup.kind) {
    case "missing":
      return notFound(context);
    case "gone":
      return gone(context, lookup);
    case "renamed":
      return movedPermanently(siteUrl, toPath(lookup.key));
    case "moved":
      return movedPermanently(siteUrl, toPath(lookup.slug), shortCacheControl(now, lookup.until));
  }
};

/** A document at a path, of which there may be another representation: the page of a feed. */
type Variant = "document" | "feed-page";

/**
 * Answers a GET or HEAD with the document of `view` at the path of the request: from the cache, or rendered by `render`.
 * If that finds nothing, or readers know of nothing there, answers 301 to the path that `toPath` returns for a story's
 * new slug (by default its page) or a scope's new key, 410 or 404.
 */
export const serveDocument = async (
  context: RequestContext,
  site: Site,
  view: Pick<View, "page" | "scope">,
  render: (now: number) => Promise<Lookup<RenderedDocument>>,
  toPath: (key: string) => string = articlePath,
  variant: Variant = "document",
): Promise<Response> => {
  const { request, path } = context;
  const { store, cache } = site;
  const snapshot = await store.snapshotAt(site.now());
  if (!(await isKnown(store, view, snapshot.now))) return notFound(context);
  const cachedAt = cachePath(request, path, site);
  const key = variant === "feed-page" ? pagePath(cachedAt) : cachedAt;
  const lookup = await findEdition(cache, key, snapshot, () => render(snapshot.now));
  return lookup.kind === "found"
    ? respondWithEdition(request, site, lookup.value, snapshot.now)
    : respondMissing(context, store.channel.url, lookup, snapshot.now, toPath);
};

const isRead = ({ method }: Request): boolean => method === "GET" || method === "HEAD";

const serveAt = (
  request: Request,
  path: string,
  site: Site,
  snapshot: Snapshot,
): Response | Promise<Response> | undefined => {
  const cachedAt = cachePath(request, path, site);
  const cached = findInMemory(site.cache, cachedAt, snapshot);
  if (cached === undefined) return undefined;
  const isPageWanted = cached.edition.feed !== undefined && wantsFeedPage(request, site);
  const wanted = isPageWanted ? findInMemory(site.cache, pagePath(cachedAt), snapshot) : cached;
  return wanted && respondWithEdition(request, site, wanted, snapshot.now);
};

/**
 * Answers with a document from memory, before the request is routed. A document is cached under the one path at which
 * it is served, so that another spelling of the path finds none. Undefined if it is not in memory.
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
 * Answers with the last document at the path of a request, for when the store fails. Undefined if none may be served.
 */
export const serveStale = async (request: Request, site: Site): Promise<Response | undefined> => {
  if (!isRead(request)) return undefined;
  const now = site.now();
  const path = pathOf(request.url);
  const cachedAt = path === patterns.newsSitemap ? NEWS_SITEMAP : cachePath(request, path, site);
  const hasPage = isFeedPath(path) && wantsFeedPage(request, site);
  const page = hasPage ? await findStale(site.cache, pagePath(cachedAt), now) : undefined;
  const stale = page ?? (await findStale(site.cache, cachedAt, now));
  return stale && respondWithEdition(request, site, stale, now);
};
