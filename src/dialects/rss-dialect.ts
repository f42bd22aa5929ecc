import { rfc822 } from "../formats/dates.ts";
import { DUBLIN_CORE_NAMESPACE, renderCreators, renderLanguage } from "../formats/modules/dublin-core.ts";
import { CONTENT_NAMESPACE, joinItem, RSS_FOOT, renderGuid, renderLicense } from "../formats/rss-item.ts";
import { attributes, escapeText, plainAsHtml, textElement, XML_DECLARATION } from "../formats/xml.ts";
import type { BareFeed } from "../model/feed.ts";
import { categoriesOf, headlineOf, type Item, linkOf } from "../model/item.ts";
import { licenseOfChannel, statedLicense } from "../model/rights.ts";
import type { Tombstone } from "../model/tombstone.ts";
import type { View } from "../model/view.ts";
import { noticeTitleOf } from "../model/words/words-of.ts";
import type { Dialect } from "./dialect.ts";

/** In what a dialect differs from plain RSS 2.0. What is rendered are elements, each with a line feed at its end. */
export interface RssDialectParts
  extends Pick<Dialect, "name" | "label" | "maxAgeDays" | "maxFeedBytes" | "isOfOneLanguage" | "wantsFullText"> {
  /** Namespaces beside Atom, Content and Dublin Core, by prefix. */
  readonly namespaces: Readonly<Record<string, string>>;
  /** What the channel has beside title, link, description, language, copyright and the date of the last change. */
  readonly renderChannel?: (feed: BareFeed) => string;
  /** The description of an item as plain text; its summary, if absent. */
  readonly describe?: (item: Item, text: View["text"]) => string;
  /** Whether descriptions are plain text for the partner; else they are HTML, as in RSS. */
  readonly hasPlainDescriptions?: true;
  /** The dates of an item, and what it has beside title, link, description, text, authors, categories, id and licence. */
  readonly renderDetails: (item: Item) => string;
  /** What tells the partner in an item that the story was withdrawn, dates included. Without it the story leaves the feed. */
  readonly renderMark?: (tombstone: Tombstone) => string;
}

/** Makes a dialect that is RSS 2.0 (https://www.rssboard.org/rss-specification) with additions. */
export const createRssDialect = (parts: RssDialectParts): Dialect => {
  const { namespaces, renderChannel, describe, hasPlainDescriptions, renderDetails, renderMark, ...dialect } = parts;
  const escapeDescription = hasPlainDescriptions ? escapeText : plainAsHtml;
  const root = attributes({
    version: "2.0",
    "xmlns:atom": "http://www.w3.org/2005/Atom",
    "xmlns:content": CONTENT_NAMESPACE,
    "xmlns:dc": DUBLIN_CORE_NAMESPACE,
    ...Object.fromEntries(Object.entries(namespaces).map(([prefix, uri]) => [`xmlns:${prefix}`, uri])),
  });
  return {
    ...dialect,
    fileName: `${parts.name}.xml`,
    mediaType: "application/rss+xml",
    renderHead: (feed) => {
      const { channel, title, page, updated } = feed;
      return `${XML_DECLARATION}<rss${root}>
<channel>
<title>${escapeText(title)}</title>
<link>${escapeText(page)}</link>
<description>${escapeText(channel.description)}</description>
${renderLicense(licenseOfChannel(channel))}<language>${escapeText(channel.language)}</language>
${textElement("copyright", channel.rights)}${textElement("lastBuildDate", updated > 0 ? rfc822(updated) : undefined)}${renderChannel?.(feed) ?? ""}`;
    },
    renderTombstones: ({ notices, channel }) =>
      renderMark === undefined
        ? []
        : notices.map((notice) => {
            const { id, url, reason = "" } = notice;
            return `<item>
<title>${escapeText(noticeTitleOf(channel, notice))}</title>
<link>${escapeText(url)}</link>
<description>${escapeDescription(reason)}</description>
${renderGuid(id, url)}${renderLanguage(notice)}${renderMark(notice)}</item>
`;
          }),
    renderItem: (item, channel, text) => {
      const link = linkOf(item);
      const before = `<item>
<title>${escapeText(headlineOf(item))}</title>
<link>${escapeText(link)}</link>
<description>${escapeDescription(describe?.(item, text) ?? item.summary)}</description>
`;
      let after = renderCreators(item);
      for (const { name } of categoriesOf(item)) after += `<category>${escapeText(name)}</category>\n`;
      after += renderGuid(item.id, link) + renderLanguage(item) + renderLicense(statedLicense(channel, item));
      return joinItem(before, text === "summary" ? undefined : item.html, `${after}${renderDetails(item)}</item>\n`);
    },
    separator: "",
    foot: RSS_FOOT,
  };
};
