import { findNewest } from "../catalog/find-newest.ts";
import { findStory } from "../catalog/find-story.ts";
import { findTranslations } from "../catalog/find-translations.ts";
import type { RenderedDocument } from "../editions/find-edition.ts";
import { licenseLinks, rightsFields } from "../formats/rights-fields.ts";
import { articlePath, republishPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { type Lookup, MISSING } from "../model/lookup.ts";
import { mayRepublish, rightsOfAll } from "../model/rights.ts";
import { MAIN_VIEW } from "../model/view.ts";
import { renderArticlePage } from "../pages/article-page.ts";
import { renderHomePage } from "../pages/home-page.ts";
import { pageHeaders } from "../pages/page-headers.ts";
import { renderRepublishPage } from "../pages/republish-page.ts";
import { styleSheet } from "../pages/style-sheet.ts";
import { renderTranslationLinks } from "../pages/translation-links.ts";
import { notFound } from "./errors.ts";
import { movedPermanently } from "./redirects.ts";
import { keyParameter, type RequestContext } from "./request-context.ts";
import { serveDocument, textDocument } from "./serve-document.ts";
import type { Site } from "./site.ts";

const page = (
  text: string,
  items: readonly Item[],
  channel: Channel,
  headers: RenderedDocument["headers"] = {},
  linked: readonly Item[] = [],
): Lookup<RenderedDocument> => {
  const rights = rightsOfAll(channel, items);
  return {
    kind: "found",
    value: textDocument(text, "text/html; charset=utf-8", [...items, ...linked], {
      ...pageHeaders,
      ...rightsFields(rights, licenseLinks(channel, rights)),
      ...headers,
    }),
  };
};

/** `/`: the newest stories, and the feeds to subscribe to. */
export const home = (context: RequestContext, site: Site): Promise<Response> =>
  serveDocument(context, site, MAIN_VIEW, async (now) => {
    const items = await findNewest(site.store, now);
    return page(renderHomePage(site.store.channel, items), items, site.store.channel);
  });

/** A page about one story, at the path that `toPath` gives for its slug. Other spellings of the path are redirected to it. */
const storyPage = async (
  context: RequestContext,
  site: Site,
  toPath: (slug: string) => string,
  render: (item: Item, channel: Channel, now: Instant) => Lookup<RenderedDocument> | Promise<Lookup<RenderedDocument>>,
): Promise<Response> => {
  const { store } = site;
  const slug = keyParameter(context, "slug");
  if (slug === undefined) return notFound(context);
  if (context.path !== toPath(slug)) return movedPermanently(store.channel.url, toPath(slug));
  return serveDocument(
    context,
    site,
    { scope: { kind: "article", key: slug } },
    async (now) => {
      const found = await findStory(store, slug, now);
      return found.kind === "found" ? render(found.value, store.channel, now) : found;
    },
    toPath,
  );
};

/** `/articles/{slug}`: one story. */
export const article = (context: RequestContext, site: Site): Promise<Response> =>
  storyPage(context, site, articlePath, async (item, channel, now) => {
    const { versions, original } = await findTranslations(site.store, item, now);
    const links = renderTranslationLinks(versions, original, channel);
    return page(renderArticlePage(item, channel, links), [item], channel, {}, versions);
  });

/** `/articles/{slug}/republish`: the HTML of a story for others to publish, if they may. */
export const republish = (context: RequestContext, site: Site): Promise<Response> =>
  storyPage(context, site, republishPath, (item, channel) =>
    mayRepublish(channel, item)
      ? page(renderRepublishPage(item, channel), [item], channel, { "x-robots-tag": "noindex" })
      : MISSING,
  );

/** `/style.css`: the style sheet of the pages, and of feeds that a browser shows. */
export const style = (context: RequestContext, site: Site): Promise<Response> =>
  serveDocument(context, site, MAIN_VIEW, async () => ({
    kind: "found",
    value: textDocument(styleSheet, "text/css; charset=utf-8", [], {}),
  }));
