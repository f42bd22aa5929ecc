import { findFeed } from "../catalog/find-feed.ts";
import { assemble } from "../editions/assemble-feed.ts";
import { deltaTag, entityTagOf, markOf } from "../editions/edition-etag.ts";
import type { RenderedDocument } from "../editions/find-edition.ts";
import { type Format, selfUrl } from "../formats/format.ts";
import { formatByFileName, formats } from "../formats/formats.ts";
import { licenseLinks, rightsFields } from "../formats/rights-fields.ts";
import { ANY_ORIGIN } from "../http/cors.ts";
import { SEC_FETCH_DEST } from "../http/sec-fetch.ts";
import { basePathOf } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { Feed } from "../model/feed.ts";
import type { Lookup } from "../model/lookup.ts";
import { rightsOfAll } from "../model/rights.ts";
import { firstNoticeEnd, firstRemoval } from "../model/tombstone.ts";
import { MAIN_VIEW, type View } from "../model/view.ts";
import { notAcceptable, notFound } from "./errors.ts";
import { feedPageDocument } from "./front/feed-page.ts";
import { formatLink, link } from "./front/links.ts";
import { movedPermanently } from "./redirects.ts";
import type { RequestContext } from "./request-context.ts";
import { serveDocument, wantsFeedPage } from "./serve-document.ts";
import type { Site } from "./site.ts";
import { feedPath, viewOf } from "./url-map.ts";

/**
 * Values of the Link header (RFC 8288): the feed itself and its hubs (WebSub §4), the other formats, and its archive (RFC 5005 §4).
 */
const linksOf = (feed: Feed, format: Format): readonly string[] => {
  const { hubs, current, previous } = feed;
  const inFormat = (base: string, rel: string, one = format): string => formatLink(base, rel, one);
  return [
    inFormat(feed.base, "self"),
    ...hubs.map((hub) => link(hub, "hub")),
    ...formats.filter((other) => other !== format).map((other) => inFormat(feed.base, "alternate", other)),
    ...(current === undefined ? [] : [inFormat(current, "current")]),
    ...(previous === undefined ? [] : [inFormat(previous, "prev-archive")]),
  ];
};

/**
 * Vary of every answer at the address of a feed, whichever representation it is; `more` is what an address depends on beside that.
 */
const varyOf = ({ deltas, feedPages }: Channel, more: string | undefined): string =>
  [more, "Accept-Encoding", deltas ? "A-IM" : undefined, feedPages ? SEC_FETCH_DEST : undefined]
    .filter((one) => one !== undefined)
    .join(", ");

/** Renders the feed of a view in a format, of which editions are made. */
export const renderFeed = async (
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
        vary: varyOf(feed.channel, headers.vary),
      },
    },
  };
};

/** Renders the page of a feed, for people whose browser navigates to it. */
const renderFeedPage = async (
  { store }: Site,
  view: View,
  format: Format,
  now: number,
  headers: RenderedDocument["headers"] = {},
): Promise<Lookup<RenderedDocument>> => {
  const found = await findFeed(store, view, now);
  if (found.kind !== "found") return found;
  const vary = varyOf(store.channel, headers.vary);
  return { kind: "found", value: feedPageDocument(found.value, format, { ...headers, vary }) };
};

/**
 * What a feed answers with: itself, or its page, with the name under which that is cached apart from it.
 */
const representationFor = ({ request }: RequestContext, site: Site) =>
  wantsFeedPage(request, site)
    ? ({ render: renderFeedPage, variant: "feed-page" } as const)
    : ({ render: renderFeed, variant: "document" } as const);

/**
 * Where a feed is whose scope has another key or whose story has another slug; `toPath` gives the path of a view. Of names that had
 * one key until 0.2, site.yaml may choose another one.
 */
export const pathOfRenamed =
  ({ redirects }: Site, view: View, toPath: (view: View) => string) =>
  (key: string): string => {
    const { scope } = view;
    const chosen = scope.kind === "article" ? undefined : redirects.get(toPath(view));
    return chosen ?? toPath(scope.kind === "all" ? view : { ...view, scope: { ...scope, key } });
  };

/** A feed at its own address. Other spellings of the address are redirected to it. */
export const feed = async (context: RequestContext, site: Site): Promise<Response> => {
  const view = viewOf(context);
  const format = formatByFileName(context.params.file ?? "");
  if (view === undefined || format === undefined) return notFound(context);
  const path = feedPath(view, format);
  if (path !== context.path) return movedPermanently(site.store.channel.url, path);
  const { render, variant } = representationFor(context, site);
  return serveDocument(
    context,
    site,
    view,
    (now) => render(site, view, format, now),
    pathOfRenamed(site, view, (one) => feedPath(one, format)),
    variant,
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
  const { url } = site.store.channel;
  const headers = { "content-location": basePathOf(url) + feedPath(MAIN_VIEW, format), vary: "Accept" };
  const { render, variant } = representationFor(context, site);
  return serveDocument(
    context,
    site,
    MAIN_VIEW,
    (now) => render(site, MAIN_VIEW, format, now, headers),
    undefined,
    variant,
  );
};
