import { viewPath } from "../../model/address.ts";
import type { Channel } from "../../model/channel.ts";
import type { Instant } from "../../model/instant.ts";
import { type Item, linkOf } from "../../model/item.ts";
import type { Scope } from "../../model/scope.ts";
import { rfc3339 } from "../dates.ts";
import { element, textElement, XML_DECLARATION } from "../xml.ts";

/** How many stories a sitemap has at most. The protocol allows 50,000 addresses, but each asks the database for a row. */
export const SITEMAP_LENGTH = 1000;

/** How many sections, how many authors and how many tags the first sitemap has at most. */
export const MAX_SITEMAP_SCOPES = 1000;

/** Which stories a sitemap has: those in feeds, or those that only pages show. */
export type SitemapList = "all" | "pages";

/** The path of a sitemap: one of `page`, counted from 1. */
export const sitemapPath = (list: SitemapList, page: number): string =>
  `/sitemaps/${list === "pages" ? "pages-" : ""}${page}.xml`;

const NAMESPACE = { xmlns: "http://www.sitemaps.org/schemas/sitemap/0.9" };

const renderUrl = (location: string, modified?: Instant): string =>
  element(
    "url",
    {},
    textElement("loc", location) + textElement("lastmod", modified === undefined ? undefined : rfc3339(modified)),
  );

/** Renders `/sitemap.xml`: the index of the sitemaps with these paths (https://www.sitemaps.org/protocol.html#index). */
export const renderSitemapIndex = ({ url }: Pick<Channel, "url">, paths: readonly string[]): string =>
  XML_DECLARATION +
  element(
    "sitemapindex",
    NAMESPACE,
    paths.map((path) => element("sitemap", {}, textElement("loc", url + path))).join(""),
  );

/**
 * Renders a sitemap (https://www.sitemaps.org/protocol.html): the front page if it is `withHome`, the pages at `paths`, those of
 * scopes, and those of stories. A story whose original is on another site is that site's to tell. None may be empty: if
 * all of its stories have left, it has the front page.
 */
export const renderSitemap = (
  { url }: Pick<Channel, "url">,
  {
    withHome,
    paths,
    scopes,
    items,
  }: {
    readonly withHome: boolean;
    readonly paths: readonly string[];
    readonly scopes: readonly Scope[];
    readonly items: readonly Item[];
  },
): string => {
  const pages = paths.map((path) => renderUrl(url + path));
  const lists = scopes.map((scope) => renderUrl(url + viewPath({ scope, text: "full" })));
  const stories = items
    .filter((item) => linkOf(item).startsWith(`${url}/`))
    .map((item) => renderUrl(linkOf(item), item.updated));
  const others = [...pages, ...lists, ...stories];
  const home = withHome || others.length === 0 ? renderUrl(`${url}/`) : "";
  return XML_DECLARATION + element("urlset", NAMESPACE, home + others.join(""));
};
