import { findArchive, findMonth } from "../catalog/find-archive.ts";
import { findRelated } from "../catalog/find-related.ts";
import { findStory } from "../catalog/find-story.ts";
import { findStoryPage } from "../catalog/find-story-page.ts";
import { findTranslations } from "../catalog/find-translations.ts";
import type { RenderedDocument } from "../editions/find-edition.ts";
import { licenseLinks, rightsFields } from "../formats/rights-fields.ts";
import { articlePath, republishPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { type Lookup, MISSING } from "../model/lookup.ts";
import { ownPagePath } from "../model/pages/own-page.ts";
import { mayRepublish, rightsOfAll } from "../model/rights.ts";
import type { Scope } from "../model/scope.ts";
import { MAIN_VIEW } from "../model/view.ts";
import { renderArticlePage } from "../pages/article-page.ts";
import { renderArchivePage, renderMonthPage } from "../pages/lists/archive-page.ts";
import { renderStoryPage, storyPagePath } from "../pages/lists/story-page.ts";
import { renderOwnPage } from "../pages/own-page.ts";
import { pageHeaders } from "../pages/page-headers.ts";
import { renderRepublishPage } from "../pages/republish-page.ts";
import { renderStyleSheet } from "../pages/style/style-sheet.ts";
import { renderTranslationLinks } from "../pages/translation-links.ts";
import { notFound } from "./errors.ts";
import { movedPermanently } from "./redirects.ts";
import { keyParameter, type RequestContext } from "./request-context.ts";
import { serveDocument, textDocument } from "./serve-document.ts";
import type { Site } from "./site.ts";
import { scopeOf } from "./url-map.ts";

/** A page about `items`, which decide on its rights, that names `others`, too: it is good until the first of all leaves. */
const page = (
  text: string,
  items: readonly Item[],
  channel: Channel,
  headers: RenderedDocument["headers"] = {},
  others: readonly Item[] = [],
): Lookup<RenderedDocument> => {
  const rights = rightsOfAll(channel, items);
  return {
    kind: "found",
    value: textDocument(text, "text/html; charset=utf-8", [...items, ...others], {
      ...pageHeaders,
      ...rightsFields(rights, licenseLinks(channel, rights)),
      ...headers,
    }),
  };
};

/** A page of the stories of a scope. */
const storyList = (context: RequestContext, site: Site, scope: Scope, number: number): Promise<Response> =>
  serveDocument(context, site, { scope }, async (now) => {
    const { channel } = site.store;
    const found = await findStoryPage(site.store, scope, number, now);
    if (found.kind !== "found") return found;
    const { items, newest } = found.value;
    return page(renderStoryPage(channel, { scope, ...found.value }), items, channel, {}, newest);
  });

/** `/`: the newest stories. */
export const home = (context: RequestContext, site: Site): Promise<Response> =>
  storyList(context, site, MAIN_VIEW.scope, 1);

/** `/page/{n}`, `/tags/{tag}`, `/sections/{section}`, `/authors/{author}`, `/tags/{tag}/page/{n}`: stories. */
export const stories = async (context: RequestContext, site: Site): Promise<Response> => {
  const scope = scopeOf(context);
  if (scope === undefined) return notFound(context);
  const number = Number(context.params.page ?? 1);
  const path = storyPagePath(scope, number);
  return context.path === path
    ? storyList(context, site, scope, number)
    : movedPermanently(site.store.channel.url, path);
};

/** `/archive`: every month that has stories, and the newest titles. */
export const archive = (context: RequestContext, site: Site): Promise<Response> =>
  serveDocument(context, site, MAIN_VIEW, async (now) => {
    const { channel } = site.store;
    const { months, items, newest } = await findArchive(site.store, now);
    return page(renderArchivePage(channel, months, items), items, channel, {}, newest);
  });

/** `/archive/{year}/{month}`: the titles of a month. */
export const month = (context: RequestContext, site: Site): Promise<Response> =>
  serveDocument(context, site, MAIN_VIEW, async (now) => {
    const { channel } = site.store;
    const { year, month } = context.params;
    const found = await findMonth(site.store, { year: Number(year), month: Number(month) }, now);
    if (found.kind !== "found") return found;
    const { items, neighbours } = found.value;
    return page(renderMonthPage(channel, found.value), items, channel, {}, neighbours);
  });

/** `/{name}`: a page of the publisher's own. */
export const ownPage = (context: RequestContext, site: Site): Promise<Response> =>
  serveDocument(context, site, MAIN_VIEW, async () => {
    const { channel } = site.store;
    const found = channel.pages?.find(({ name }) => ownPagePath(name) === context.path);
    return found === undefined ? MISSING : page(renderOwnPage(found, channel), [], channel);
  });

/** A page about one story, at the path that `toPath` gives for its slug. Other spellings of the path are redirected to it. */
export const storyPage = async (
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

/** `/articles/{slug}`: one story, and where to go on from it. */
export const article = (context: RequestContext, site: Site): Promise<Response> =>
  storyPage(context, site, articlePath, async (item, channel, now) => {
    const further = await findRelated(site.store, item, now);
    const translations = await findTranslations(site.store, item, now);
    const links = renderTranslationLinks(item, translations, channel);
    const { related, previous, next } = further;
    const others = [...related, previous, next, ...translations.versions].filter((one) => one !== undefined);
    const headers = channel.markdown === true ? { vary: "Accept" } : {};
    return page(renderArticlePage(item, channel, { further, links }), [item], channel, headers, others);
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
    value: textDocument(renderStyleSheet(site.store.channel), "text/css; charset=utf-8", [], {}),
  }));
