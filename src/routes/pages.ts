import { findFeed, findStory, type Lookup } from "../catalog/find-feed.ts";
import { type Document, findEdition } from "../editions/cached-editions.ts";
import { digestOf, entityTagOf } from "../editions/edition-etag.ts";
import { serveEdition } from "../editions/serve-edition.ts";
import { articlePath } from "../model/address.ts";
import type { Item } from "../model/item.ts";
import { MAIN_VIEW } from "../model/view.ts";
import { firstRemoval } from "../model/visibility.ts";
import { renderArticlePage } from "../pages/article-page.ts";
import { renderHomePage } from "../pages/home-page.ts";
import { pageHeaders } from "../pages/page-headers.ts";
import { styleSheet } from "../pages/style-sheet.ts";
import { answerMissing, movedPermanently, notFound } from "./errors.ts";
import { key, type RequestContext } from "./request-context.ts";
import type { Site } from "./site.ts";

const encoder = new TextEncoder();

const document = (
  text: string,
  contentType: string,
  items: readonly Item[],
  headers: Document["headers"],
): Document => {
  const body = encoder.encode(text);
  return {
    body,
    etag: entityTagOf(digestOf(body)),
    contentType,
    headers: { ...headers, vary: "Accept-Encoding" },
    goodUntil: firstRemoval(items),
  };
};

const page = (text: string, items: readonly Item[]): Lookup<Document> => ({
  kind: "found",
  value: document(text, "text/html; charset=utf-8", items, pageHeaders),
});

const servePage = async (
  context: RequestContext,
  site: Site,
  write: (now: number) => Promise<Lookup<Document>>,
): Promise<Response> => {
  const snapshot = await site.store.snapshotAt(site.now());
  const edition = await findEdition(site, context.path, snapshot, () => write(snapshot.now));
  return edition.kind === "found"
    ? serveEdition(context.request, site, edition.value, snapshot)
    : answerMissing(context, site.store.channel.url, edition, snapshot, articlePath);
};

/** `/`: the newest stories, and the feeds to subscribe to. */
export const home = (context: RequestContext, site: Site): Promise<Response> =>
  servePage(context, site, async (now) => {
    const found = await findFeed(site.store, MAIN_VIEW, now);
    return found.kind === "found" ? page(renderHomePage(found.value), found.value.items) : found;
  });

/** `/articles/{slug}`: one story. */
export const article = async (context: RequestContext, site: Site): Promise<Response> => {
  const slug = key(context, "slug");
  if (slug === undefined) return notFound(context);
  if (context.path !== articlePath(slug)) return movedPermanently(site.store.channel.url, articlePath(slug));
  return servePage(context, site, async (now) => {
    const found = await findStory(site.store, slug, now);
    return found.kind === "found" ? page(renderArticlePage(found.value, site.store.channel), [found.value]) : found;
  });
};

/** `/style.css`: how pages look, and feeds that a browser shows. */
export const style = (context: RequestContext, site: Site): Promise<Response> =>
  servePage(context, site, async () => ({
    kind: "found",
    value: document(styleSheet, "text/css; charset=utf-8", [], {}),
  }));
