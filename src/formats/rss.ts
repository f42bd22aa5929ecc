import { folderPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { Feed } from "../model/feed.ts";
import { type Item, linkOf } from "../model/item.ts";
import type { View } from "../model/view.ts";
import type { Departure } from "../model/visibility.ts";
import { rfc822, rfc3339 } from "./dates.ts";
import { type Format, selfUrl } from "./format.ts";
import { MEDIA_NAMESPACE, renderMedia } from "./media-rss.ts";
import { attributes, cdata, emptyElement, escapeText, textElement, xmlHead } from "./xml.ts";

const FILE_NAME = "rss.xml";
const MEDIA_TYPE = "application/rss+xml";

const NAMESPACES = attributes({
  version: "2.0",
  "xmlns:atom": "http://www.w3.org/2005/Atom",
  "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
  "xmlns:dc": "http://purl.org/dc/elements/1.1/",
  "xmlns:dcterms": "http://purl.org/dc/terms/",
  "xmlns:media": MEDIA_NAMESPACE,
});

/** A description is HTML to readers, so plain text is escaped as such before it is escaped as XML. */
const description = (text: string): string => textElement("description", escapeText(text));

const guid = (id: string, link: string): string =>
  textElement("guid", id, { isPermaLink: id === link ? undefined : "false" });

/** At most one (RSS profile §4.1.1.20.5): the first attachment, else the picture, if its type is known. */
const renderEnclosure = ({ attachments, image }: Item): string => {
  const { url, type, length } = attachments[0] ?? image ?? {};
  return url === undefined || type === undefined ? "" : emptyElement("enclosure", { url, length: length ?? 0, type });
};

const renderCategories = ({ section, tags }: Item, { url }: Channel): string => {
  let written = "";
  if (section !== undefined) written += textElement("category", section.name, { domain: url + folderPath("section") });
  for (const { name } of tags) written += textElement("category", name, { domain: url + folderPath("tag") });
  return written;
};

const renderItem = (item: Item, channel: Channel, { text }: View): string => {
  const link = linkOf(item);
  const { source, license, language } = item;
  let written = `<item>\n${textElement("title", item.title)}${textElement("link", link)}${description(item.summary)}`;
  if (text === "full") written += `<content:encoded>${cdata(item.html)}</content:encoded>\n`;
  for (const { name } of item.authors) written += textElement("dc:creator", name);
  written += renderCategories(item, channel) + guid(item.id, link) + textElement("pubDate", rfc822(item.published));
  if (item.updated > item.published) written += textElement("dcterms:modified", rfc3339(item.updated));
  written += renderEnclosure(item) + renderMedia(item);
  if (source !== undefined) {
    written += textElement(
      "dc:source",
      [source.title, source.author, source.url].filter((part) => part !== undefined).join(", "),
    );
  }
  if (license !== undefined) written += emptyElement("atom:link", { rel: "license", href: license });
  return `${written}${textElement("dc:language", language)}</item>\n`;
};

/** Takes the place of a withdrawn story in readers: the same guid, nothing of its old title or text. */
const renderNotice = ({ id, url, published, at, reason = "" }: Departure, { words }: Channel): string =>
  `<item>\n${textElement("title", words.withdrawn)}${textElement("link", url)}${description(reason)}${guid(id, url)}${textElement("pubDate", rfc822(published))}${textElement("dcterms:modified", rfc3339(at))}</item>\n`;

const renderImage = ({ image, title, url }: Channel): string =>
  image === undefined
    ? ""
    : `<image>
${textElement("url", image.url)}${textElement("title", title)}${textElement("link", `${url}/`)}${textElement("width", image.width?.toString())}${textElement("height", image.height?.toString())}</image>
`;

const render = (feed: Feed): string => {
  const { channel, view } = feed;
  let written = `${xmlHead(channel.url)}<rss${NAMESPACES}>
<channel>
${textElement("title", feed.title)}${textElement("link", feed.page)}${description(channel.description)}${emptyElement("atom:link", { rel: "self", type: MEDIA_TYPE, href: selfUrl(feed, FILE_NAME) })}`;
  for (const href of channel.hubs) written += emptyElement("atom:link", { rel: "hub", href });
  if (channel.license !== undefined) written += emptyElement("atom:link", { rel: "license", href: channel.license });
  written += textElement("language", channel.language) + textElement("copyright", channel.rights);
  if (feed.updated > 0) written += textElement("lastBuildDate", rfc822(feed.updated));
  written += `<docs>https://www.rssboard.org/rss-specification</docs>\n<generator>Feedwright</generator>\n${renderImage(channel)}`;
  for (const notice of feed.notices) written += renderNotice(notice, channel);
  for (const item of feed.items) written += renderItem(item, channel, view);
  return `${written}</channel>\n</rss>\n`;
};

/** RSS 2.0.11 with the RSS Advisory Board's Best Practices Profile. */
export const rss: Format = {
  name: "rss",
  fileName: FILE_NAME,
  mediaType: MEDIA_TYPE,
  alsoKnownAs: ["application/xml", "text/xml"],
  render,
};
