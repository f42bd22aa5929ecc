import { basePathOf, CLOUD_PATH, folderPath, hubUrl } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { BareFeed } from "../model/feed.ts";
import { type Item, linkOf } from "../model/item.ts";
import { soundFirst } from "../model/media.ts";
import { hasUsage, licenseOfChannel, rightsOf, statedLicense } from "../model/rights.ts";
import type { Tombstone } from "../model/tombstone.ts";
import type { View } from "../model/view.ts";
import { noticeTitleOf } from "../model/words/words-of.ts";
import { rfc822, rfc3339 } from "./dates.ts";
import type { Format } from "./format.ts";
import { DUBLIN_CORE_NAMESPACE, renderCreators, renderLanguage, renderSource } from "./modules/dublin-core.ts";
import { HISTORY_NAMESPACE, renderArchive, renderSelf } from "./modules/history.ts";
import { MEDIA_NAMESPACE, renderMedia } from "./modules/media-rss.ts";
import { RSL_NAMESPACE, renderRslContent } from "./modules/rsl.ts";
import { renderMarkdown, SOURCE_NAMESPACE } from "./modules/source.ts";
import { hasWebfeeds, renderWebfeeds, WEBFEEDS_NAMESPACE } from "./modules/webfeeds.ts";
import {
  CONTENT_NAMESPACE,
  DCTERMS_NAMESPACE,
  joinItem,
  RSS_FOOT,
  renderEnclosure,
  renderGuid,
  renderLicense,
} from "./rss-item.ts";
import { attributes, emptyElement, escapeAttribute, escapeText, plainAsHtml, textElement, xmlHead } from "./xml.ts";

const FILE_NAME = "rss.xml";
const MEDIA_TYPE = "application/rss+xml";

const NAMESPACES = {
  version: "2.0",
  "xmlns:atom": "http://www.w3.org/2005/Atom",
  "xmlns:content": CONTENT_NAMESPACE,
  "xmlns:dc": DUBLIN_CORE_NAMESPACE,
  "xmlns:dcterms": DCTERMS_NAMESPACE,
  "xmlns:fh": HISTORY_NAMESPACE,
  "xmlns:media": MEDIA_NAMESPACE,
};

/**
 * At most one enclosure (profile §4.1.1.20.5): the first sound, otherwise the first film, otherwise the first attachment, and
 * the picture of a story that has none, if its type is known.
 */
const renderFirstEnclosure = ({ attachments, image }: Item): string =>
  renderEnclosure(soundFirst(attachments)[0] ?? image);

const renderCategory = (name: string, domain: string): string =>
  `<category domain="${escapeAttribute(domain)}">${escapeText(name)}</category>\n`;

/** At the story's address on this site, also where the link leads elsewhere (RSL 1.0 §4.7). */
const renderRights = (item: Item, channel: Channel): string => {
  const rights = rightsOf(channel, item);
  return rights === undefined ? "" : renderRslContent(item.url, rights, "rsl:");
};

const renderItem = (item: Item, channel: Channel, text: View["text"]): readonly string[] => {
  const link = linkOf(item);
  const { section } = item;
  // An item has a title or a description; one without a title must not pretend to have one.
  const before = `<item>
${textElement("title", item.title || undefined)}<link>${escapeText(link)}</link>
<description>${plainAsHtml(item.summary)}</description>
`;
  let after = renderCreators(item);
  if (section !== undefined) after += renderCategory(section.name, channel.url + folderPath("section"));
  for (const { name } of item.tags) after += renderCategory(name, channel.url + folderPath("tag"));
  after += `${renderGuid(item.id, link)}<pubDate>${rfc822(item.published)}</pubDate>\n`;
  if (item.updated > item.published) after += `<dcterms:modified>${rfc3339(item.updated)}</dcterms:modified>\n`;
  after += renderFirstEnclosure(item) + renderMedia(item, channel) + renderRights(item, channel) + renderSource(item);
  if (text !== "summary") after += renderMarkdown(item, channel);
  after += `${renderLicense(statedLicense(channel, item))}${renderLanguage(item)}</item>\n`;
  return joinItem(before, text === "summary" ? undefined : item.html, after);
};

/**
 * A notice that replaces a withdrawn story in readers: it has the same guid and language, and nothing of the title or the text.
 */
const renderNotice = (tombstone: Tombstone, channel: Channel): string => {
  const { id, url, published, at, reason = "" } = tombstone;
  return `<item>
<title>${escapeText(noticeTitleOf(channel, tombstone))}</title>
<link>${escapeText(url)}</link>
<description>${plainAsHtml(reason)}</description>
${renderGuid(id, url)}<pubDate>${rfc822(published)}</pubDate>
<dcterms:modified>${rfc3339(at)}</dcterms:modified>
${renderLanguage(tombstone)}</item>
`;
};

/** Its title and link are the channel's, because it stands for the channel (RSS 2.0, image). */
const renderImage = ({ channel: { image }, title, page }: BareFeed): string =>
  image === undefined
    ? ""
    : `<image>
<url>${escapeText(image.url)}</url>
<title>${escapeText(title)}</title>
<link>${escapeText(page)}</link>
${textElement("width", image.width?.toString())}${textElement("height", image.height?.toString())}</image>
`;

/** Tells how to subscribe by rssCloud, which the hub of the site supports too. No other format has an element for that. */
const renderCloud = ({ hubs, channel }: BareFeed): string => {
  if (!hubs.includes(hubUrl(channel.url))) return "";
  const { hostname: domain, port, protocol } = new URL(channel.url);
  const defaultPort = protocol === "https:" ? "443" : "80";
  const address = { domain, port: port || defaultPort, path: basePathOf(channel.url) + CLOUD_PATH };
  return emptyElement("cloud", { ...address, registerProcedure: "", protocol: "http-post" });
};

const renderHead = (feed: BareFeed): string => {
  const { channel } = feed;
  let written = `${xmlHead(channel.url)}<rss${attributes({ ...NAMESPACES, "xmlns:rsl": hasUsage(channel, feed.items) ? RSL_NAMESPACE : undefined, "xmlns:source": channel.markdown ? SOURCE_NAMESPACE : undefined, "xmlns:webfeeds": hasWebfeeds(channel) ? WEBFEEDS_NAMESPACE : undefined })}>
<channel>
<title>${escapeText(feed.title)}</title>
<link>${escapeText(feed.page)}</link>
<description>${plainAsHtml(channel.description)}</description>
${renderSelf(feed, "atom:link", { fileName: FILE_NAME, mediaType: MEDIA_TYPE })}${renderArchive(feed, "atom:link", { fileName: FILE_NAME, mediaType: MEDIA_TYPE })}`;
  for (const href of feed.hubs) written += emptyElement("atom:link", { rel: "hub", href });
  written += renderLicense(licenseOfChannel(channel));
  written += textElement("language", channel.language) + textElement("copyright", channel.rights);
  written += renderCloud(feed);
  if (feed.updated > 0) written += `<lastBuildDate>${rfc822(feed.updated)}</lastBuildDate>\n`;
  return `${written}<docs>https://www.rssboard.org/rss-specification</docs>\n<generator>Feedwright</generator>\n${renderImage(feed)}${renderWebfeeds(channel)}`;
};

/**
 * RSS 2.0.11 (https://www.rssboard.org/rss-specification) as the Best Practices Profile wants it
 * (https://www.rssboard.org/rss-profile), with archive pages (RFC 5005), Dublin Core, Media RSS and RSL.
 */
export const rss: Format = {
  name: "rss",
  fileName: FILE_NAME,
  mediaType: MEDIA_TYPE,
  alsoKnownAs: ["application/xml", "text/xml"],
  renderHead,
  renderTombstones: ({ notices, channel }) => notices.map((notice) => renderNotice(notice, channel)),
  renderItem,
  separator: "",
  foot: RSS_FOOT,
};
