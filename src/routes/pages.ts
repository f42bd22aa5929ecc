import { findNewest } from "../catalog/find-newest.ts";
import { findStory } from "../catalog/find-story.ts";
import { digestOf, entityTagOf } from "../editions/edition-etag.ts";
import type { RenderedDocument } from "../editions/find-edition.ts";
import { ANY_ORIGIN } from "../http/cors.ts";
import { articlePath } from "../model/address.ts";
import type { Item } from "../model/item.ts";
import type { Lookup } from "../model/lookup.ts";
import { firstRemoval } from "../model/tombstone.ts";
import { MAIN_VIEW } from "../model/view.ts";
import { renderArticlePage } from "../pages/article-page.ts";
import { renderHomePage } from "../pages/home-page.ts";
import { pageHeaders } from "../pages/page-headers.ts";
import { styleSheet } from "../pages/style-sheet.ts";
import { notFound } from "./errors.ts";
import { movedPermanently } from "./redirects.ts";
import { keyParameter, type RequestContext } from "./request-context.ts";
import { serveDocument } from "./serve-document.ts";
import type { Site } from "./site.ts";

const encoder = new TextEncoder();

const document = (
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
    headers: { ...headers, ...ANY_ORIGIN, vary: "Accept-Encoding" },
    goodUntil,
    freshUntil: goodUntil,
  };
};

const page = (text: string, items: readonly Item[]): Lookup<RenderedDocument> => ({
  kind: "found",
  value: document(text, "text/html; charset=utf-8", items, pageHeaders),
});

/** `/`: the newest stories, and the feeds to subscribe to. */
export const home = (context: RequestContext, site: Site): Promise<Response> =>
  serveDocument(context, site, MAIN_VIEW, async (now) => {
    const items = await findNewest(site.store, now);
    return page(renderHomePage(site.store.channel, items), items);
  });

/** `/articles/{slug}`: one story. Other spellings of the address are redirected to it. */
export const article = async (context: RequestContext, site: Site): Promise<Response> => {
  const { store } = site;
  const slug = keyParameter(context, "slug");
  if (slug === undefined) return notFound(context);
  if (context.path !== articlePath(slug)) return movedPermanently(store.channel.url, articlePath(slug));
  return serveDocument(context, site, { scope: { kind: "article", key: slug } }, async (now) => {
    const found = await findStory(store, slug, now);
    return found.kind === "found" ? page(renderArticlePage(found.value, store.channel), [found.value]) : found;
  });
};

/** `/style.css`: the style sheet of the pages, and of feeds that a browser shows. */
export const style = (context: RequestContext, site: Site): Promise<Response> =>
  serveDocument(context, site, MAIN_VIEW, async () => ({
    kind: "found",
    value: document(styleSheet, "text/css; charset=utf-8", [], {}),
  }));
