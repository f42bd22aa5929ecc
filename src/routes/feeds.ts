import { findFeed } from "../catalog/find-feed.ts";
import { assemble } from "../editions/assemble-feed.ts";
import { deltaTag, entityTagOf, markOf } from "../editions/edition-etag.ts";
import type { RenderedDocument } from "../editions/find-edition.ts";
import { type Format, selfUrl } from "../formats/format.ts";
import { formatByFileName, formats } from "../formats/formats.ts";
import { licenseLinks, rightsFields } from "../formats/rights-fields.ts";
import { ANY_ORIGIN } from "../http/cors.ts";
import type { Feed } from "../model/feed.ts";
import type { Lookup } from "../model/lookup.ts";
import { rightsOfAll } from "../model/rights.ts";
import { firstNoticeEnd, firstRemoval } from "../model/tombstone.ts";
import { MAIN_VIEW, type View } from "../model/view.ts";
import { notAcceptable, notFound } from "./errors.ts";
import { movedPermanently } from "./redirects.ts";
import type { RequestContext } from "./request-context.ts";
import { serveDocument } from "./serve-document.ts";
import type { Site } from "./site.ts";
import { feedPath, viewOf } from "./url-map.ts";

const link = (url: string, rel: string, type?: string): string =>
  `<${url}>; rel="${rel}"${type === undefined ? "" : `; type="${type}"`}`;

/**
 * Values of the Link header (RFC 8288): the feed itself and its hubs (WebSub §4), the other formats, and its archive (RFC 5005 §4).
 */
const linksOf = (feed: Feed, format: Format): readonly string[] => {
  const { hubs, current, previous } = feed;
  const inFormat = (base: string, rel: string, one = format): string => link(base + one.fileName, rel, one.mediaType);
  return [
    inFormat(feed.base, "self"),
    ...hubs.map((hub) => link(hub, "hub")),
    ...formats.filter((other) => other !== format).map((other) => inFormat(feed.base, "alternate", other)),
    ...(current === undefined ? [] : [inFormat(current, "current")]),
    ...(previous === undefined ? [] : [inFormat(previous, "prev-archive")]),
  ];
};

const renderFeed = async (
  { store, cache }: Site,
  view: View,
  format: Format,
  now: number,
  headers: RenderedDocument["headers"] = {},
): Promise<Lookup<RenderedDocument>> => {
  const found = await findFeed(store, view, now);
  if (found.kind !== "found") return found;
  const feed = found.value;
  const { deltas } = feed.channel;
  const document = assemble(format, feed, cache.fragments);
  const mark = markOf(selfUrl(feed, format.fileName));
  const goodUntil = firstRemoval(feed.items);
  const digests = document.entries.map(({ digest }) => digest);
  const rights = rightsOfAll(feed.channel, feed.items);
  return {
    kind: "found",
    value: {
      body: document.body,
      etag: deltas ? deltaTag(document.digest, mark, digests) : entityTagOf(document.digest),
      contentType: `${format.mediaType}; charset=utf-8`,
      goodUntil,
      freshUntil: Math.min(goodUntil, firstNoticeEnd(feed.notices, feed.channel.noticeDays)),
      feed: { document, ...(deltas && { mark }) },
      headers: {
        ...rightsFields(rights, [...linksOf(feed, format), ...licenseLinks(feed.channel, rights)]),
        ...ANY_ORIGIN,
        "access-control-expose-headers": "Content-Location, Delta-Base, ETag, IM, Last-Modified, Link",
        ...headers,
        vary: [headers.vary, "Accept-Encoding", deltas ? "A-IM" : undefined]
          .filter((one) => one !== undefined)
          .join(", "),
      },
    },
  };
};

/** A feed at its own address. Other spellings of the address are redirected to it. */
export const feed = async (context: RequestContext, site: Site): Promise<Response> => {
  const view = viewOf(context);
  const format = formatByFileName(context.params.file ?? "");
  if (view === undefined || format === undefined) return notFound(context);
  const path = feedPath(view, format);
  if (path !== context.path) return movedPermanently(site.store.channel.url, path);
  const { scope } = view;
  return serveDocument(
    context,
    site,
    view,
    (now) => renderFeed(site, view, format, now),
    // A story's other slug says where it is; of names that had one key until 0.2, site.yaml may choose another one.
    (key) =>
      (scope.kind === "article" ? undefined : site.redirects.get(path)) ??
      feedPath(scope.kind === "all" ? view : { ...view, scope: { ...scope, key } }, format),
  );
};

const noFormatAcceptable = (context: RequestContext, { store }: Site): Response =>
  notAcceptable(
    context,
    formats.map(({ mediaType }) => mediaType),
    formats.map((one) => link(store.channel.url + feedPath(MAIN_VIEW, one), "alternate", one.mediaType)).join(", "),
  );

/** `/feed`: the main feed in the format that Accept prefers, RSS if it prefers none. */
export const negotiatedFeed = async (context: RequestContext, site: Site): Promise<Response> => {
  const format = site.negotiate(context.request.headers.get("accept"));
  if (format === undefined) return noFormatAcceptable(context, site);
  const headers = { "content-location": feedPath(MAIN_VIEW, format), vary: "Accept" };
  return serveDocument(context, site, MAIN_VIEW, (now) => renderFeed(site, MAIN_VIEW, format, now, headers));
};
