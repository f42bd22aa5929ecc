import type { Channel } from "../../model/channel.ts";
import { headlineOf, type Item, linkOf } from "../../model/item.ts";
import { rfc3339 } from "../dates.ts";
import { element, textElement, XML_DECLARATION } from "../xml.ts";

/** Google's language of a publication: ISO 639, but for Chinese, which it tells apart by script. */
const languageOf = (tag: string): string => {
  const [language = "", ...subtags] = tag.split("-");
  if (language !== "zh") return language;
  return subtags.some((subtag) => ["Hant", "TW", "HK", "MO"].includes(subtag)) ? "zh-tw" : "zh-cn";
};

const renderUrl = (item: Item, channel: Channel): string => {
  const publication =
    textElement("news:name", channel.title) +
    textElement("news:language", languageOf(item.language ?? channel.language));
  const news =
    element("news:publication", {}, publication) +
    textElement("news:publication_date", rfc3339(item.published)) +
    textElement("news:title", headlineOf(item));
  return element("url", {}, textElement("loc", linkOf(item)) + element("news:news", {}, news));
};

/**
 * Renders Google's news sitemap (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap). Stories whose
 * original is on another site are that site's to tell.
 */
export const renderNewsSitemap = (channel: Channel, items: readonly Item[]): string => {
  const own = items.filter((item) => linkOf(item).startsWith(`${channel.url}/`));
  const namespaces = {
    xmlns: "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xmlns:news": "http://www.google.com/schemas/sitemap-news/0.9",
  };
  return XML_DECLARATION + element("urlset", namespaces, own.map((item) => renderUrl(item, channel)).join(""));
};
