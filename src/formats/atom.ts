import { folderPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { Feed } from "../model/feed.ts";
import { type Author, type Item, linkOf } from "../model/item.ts";
import type { View } from "../model/view.ts";
import type { Departure } from "../model/visibility.ts";
import { rfc3339 } from "./dates.ts";
import { type Format, selfUrl } from "./format.ts";
import { MEDIA_NAMESPACE, renderMedia } from "./media-rss.ts";
import { attributes, cdata, emptyElement, textElement, xmlHead } from "./xml.ts";

const FILE_NAME = "atom.xml";
const MEDIA_TYPE = "application/atom+xml";

const NAMESPACES = {
  xmlns: "http://www.w3.org/2005/Atom",
  "xmlns:at": "http://purl.org/atompub/tombstones/1.0",
  "xmlns:media": MEDIA_NAMESPACE,
};

const renderAuthor = ({ name, url, email }: Omit<Author, "key">): string =>
  `<author>\n${textElement("name", name)}${textElement("uri", url)}${textElement("email", email)}</author>\n`;

const renderCategories = ({ section, tags }: Item, { url }: Channel): string => {
  let written = "";
  if (section !== undefined) {
    written += emptyElement("category", {
      term: section.key,
      scheme: url + folderPath("section"),
      label: section.name,
    });
  }
  for (const { key, name } of tags) {
    written += emptyElement("category", { term: key, scheme: url + folderPath("tag"), label: name });
  }
  return written;
};

const renderLinks = ({ image, attachments, source, license }: Item): string => {
  let written = "";
  for (const { url, type, length, title } of attachments) {
    written += emptyElement("link", { rel: "enclosure", type, length, title, href: url });
  }
  if (image?.type !== undefined) {
    written += emptyElement("link", { rel: "enclosure", type: image.type, length: image.length, href: image.url });
  }
  if (source?.url !== undefined) {
    const title = source.author === undefined ? source.title : `${source.title}, ${source.author}`;
    written += emptyElement("link", { rel: "via", title, href: source.url });
  }
  return license === undefined ? written : written + emptyElement("link", { rel: "license", href: license });
};

const renderEntry = (item: Item, channel: Channel, { text }: View): string => {
  let written = `<entry${attributes({ "xml:lang": item.language })}>
${textElement("id", item.id)}${textElement("title", item.title)}${emptyElement("link", { rel: "alternate", type: "text/html", href: linkOf(item) })}${textElement("published", rfc3339(item.published))}${textElement("updated", rfc3339(item.updated))}`;
  for (const author of item.authors) written += renderAuthor(author);
  written += renderCategories(item, channel) + renderLinks(item) + textElement("summary", item.summary);
  if (text === "full") written += `<content type="html">${cdata(item.html)}</content>\n`;
  return `${written}${renderMedia(item)}</entry>\n`;
};

/** RFC 6721 §3. */
const renderDeleted = ({ id, at, reason }: Departure): string =>
  `<at:deleted-entry${attributes({ ref: id, when: rfc3339(at) })}>${textElement("at:comment", reason)}</at:deleted-entry>\n`;

const render = (feed: Feed): string => {
  const { channel, view } = feed;
  let written = `${xmlHead(channel.url)}<feed${attributes({ ...NAMESPACES, "xml:lang": channel.language })}>
${textElement("id", feed.id)}${textElement("title", feed.title)}${textElement("subtitle", channel.description)}${textElement("updated", rfc3339(feed.updated))}${renderAuthor({ name: channel.title, url: `${channel.url}/` })}${emptyElement("link", { rel: "self", type: MEDIA_TYPE, href: selfUrl(feed, FILE_NAME) })}${emptyElement("link", { rel: "alternate", type: "text/html", href: feed.page })}`;
  for (const href of channel.hubs) written += emptyElement("link", { rel: "hub", href });
  if (channel.license !== undefined) written += emptyElement("link", { rel: "license", href: channel.license });
  written += `${textElement("icon", channel.icon?.url)}${textElement("logo", channel.image?.url)}${textElement("rights", channel.rights)}<generator>Feedwright</generator>\n`;
  for (const departure of feed.departures) written += renderDeleted(departure);
  for (const item of feed.items) written += renderEntry(item, channel, view);
  return `${written}</feed>\n`;
};

/** Atom 1.0 (RFC 4287) with tombstones (RFC 6721) and licence links (RFC 4946). */
export const atom: Format = {
  name: "atom",
  fileName: FILE_NAME,
  mediaType: MEDIA_TYPE,
  alsoKnownAs: [],
  render,
};
