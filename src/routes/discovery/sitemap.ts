import { countSitemaps, findScopes, findSitemapStories } from "../../catalog/find-sitemap.ts";
import {
  MAX_SITEMAP_SCOPES,
  renderSitemap,
  renderSitemapIndex,
  SITEMAP_LENGTH,
  type SitemapList,
  sitemapPath,
} from "../../formats/sitemaps/sitemap.ts";
import type { Instant } from "../../model/instant.ts";
import { MISSING } from "../../model/lookup.ts";
import { ownPagePath } from "../../model/pages/own-page.ts";
import type { StoryList } from "../../model/scope.ts";
import { MAIN_VIEW } from "../../model/view.ts";
import type { RequestContext } from "../request-context.ts";
import { serveDocument, textDocument } from "../serve-document.ts";
import type { Site } from "../site.ts";

const CONTENT_TYPE = "application/xml; charset=utf-8";

const LISTS = { all: MAIN_VIEW.scope, pages: { kind: "pages" } } as const satisfies Record<SitemapList, StoryList>;

/** How many sitemaps there are of each list. The first one is there without a story, too: it has the front page. */
const countEach = async ({ store }: Site, now: Instant): Promise<Readonly<Record<SitemapList, number>>> => ({
  all: Math.max(1, await countSitemaps(store, LISTS.all, SITEMAP_LENGTH, now)),
  pages: await countSitemaps(store, LISTS.pages, SITEMAP_LENGTH, now),
});

/** `/sitemap.xml`: the index of the sitemaps. */
export const sitemapIndex = (context: RequestContext, site: Site): Promise<Response> =>
  serveDocument(context, site, MAIN_VIEW, async (now) => {
    const counts = await countEach(site, now);
    const paths = (["all", "pages"] as const).flatMap((list) =>
      Array.from({ length: counts[list] }, (_, index) => sitemapPath(list, index + 1)),
    );
    const text = renderSitemapIndex(site.store.channel, paths);
    return { kind: "found", value: textDocument(text, CONTENT_TYPE, [], {}) };
  });

/** `/sitemaps/{n}.xml` and `/sitemaps/pages-{n}.xml`: the pages of the site that readers may see. */
export const sitemap = (context: RequestContext, site: Site): Promise<Response> => {
  const { store } = site;
  const { pages, number } = context.params;
  const list = pages === undefined ? "all" : "pages";
  const page = Number(number);
  return serveDocument(context, site, MAIN_VIEW, async (now) => {
    const counts = await countEach(site, now);
    if (page > counts[list]) return MISSING;
    const withHome = list === "all" && page === 1;
    const [scopes, items] = await Promise.all([
      withHome ? findScopes(store, MAX_SITEMAP_SCOPES, now) : [],
      findSitemapStories(store, LISTS[list], page, SITEMAP_LENGTH, now),
    ]);
    const paths = withHome ? (store.channel.pages ?? []).map(({ name }) => ownPagePath(name)) : [];
    const text = renderSitemap(store.channel, { withHome, paths, scopes: scopes.map(({ scope }) => scope), items });
    const document = textDocument(text, CONTENT_TYPE, items, {});
    const until = Math.min(document.goodUntil, ...scopes.map((one) => one.until));
    return { kind: "found", value: { ...document, goodUntil: until, freshUntil: until } };
  });
};
