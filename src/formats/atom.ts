import { folderPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { BareFeed } from "../model/feed.ts";
import { type Author, type Category, type Item, linkOf, type Source } from "../model/item.ts";
import { soundFirst } from "../model/media.ts";
import { licenseOfChannel, statedLicense } from "../model/rights.ts";
import type { Tombstone } from "../model/tombstone.ts";
import type { View } from "../model/view.ts";
import { noticeTitleOf } from "../model/words/words-of.ts";
import { rfc3339 } from "./dates.ts";
import type { Format } from "./format.ts";
import { HISTORY_NAMESPACE, renderArchive, renderSelf } from "./modules/history.ts";
import { MEDIA_NAMESPACE, renderMedia } from "./modules/media-rss.ts";
import { renderDeletedEntry, TOMBSTONES_NAMESPACE } from "./modules/tombstones.ts";
import {
  attributes,
  cdata,
  emptyElement,
  escapeAttribute,
  escapeText,
  plainAsHtml,
  textElement,
  xmlHead,
} from "./xml.ts";

const FILE_NAME = "atom.xml";
const MEDIA_TYPE = "application/atom+xml";

const NAMESPACES = {
  xmlns: "http://www.w3.org/2005/Atom",
  "xmlns:fh": HISTORY_NAMESPACE,
  "xmlns:at": TOMBSTONES_NAMESPACE,
  "xmlns:media": MEDIA_NAMESPACE,
};

const renderAuthor = ({ name, url, email }: Omit<Author, "key">): string =>
  `<author>\n<name>${escapeText(name)}</name>\n${textElement("uri", url)}${textElement("email", email)}</author>\n`;

/** The term is the name: readers show it, whether or not there is a label. */
const renderCategory = ({ name }: Category, scheme: string): string =>
  `<category term="${escapeAttribute(name)}" scheme="${escapeAttribute(scheme)}"/>\n`;

const renderAlternate = (href: string): string =>
  `<link rel="alternate" type="text/html" href="${escapeAttribute(href)}"/>\n`;

const renderEnclosures = ({ image, attachments }: Item): string => {
  let written = "";
  for (const { url, type, length, title } of soundFirst(attachments)) {
    written += emptyElement("link", { rel: "enclosure", type, length, title, href: url });
  }
  if (image?.type === undefined) return written;
  return written + emptyElement("link", { rel: "enclosure", type: image.type, length: image.length, href: image.url });
};

const renderVia = ({ title, author, url }: Source): string =>
  url === undefined
    ? ""
    : emptyElement("link", { rel: "via", title: author === undefined ? title : `${title}, ${author}`, href: url });

/** The licence as a link (RFC 4946, https://www.rfc-editor.org/rfc/rfc4946): `rights` is for people. */
const renderLicense = (href: string | undefined): string =>
  href === undefined ? "" : emptyElement("link", { rel: "license", href });

const renderEntry = (item: Item, channel: Channel, text: View["text"]): readonly string[] => {
  const { url } = channel;
  let before = `<entry${attributes({ "xml:lang": item.language })}>
<id>${escapeText(item.id)}</id>
<title>${escapeText(item.title)}</title>
${renderAlternate(linkOf(item))}<published>${rfc3339(item.published)}</published>
<updated>${rfc3339(item.updated)}</updated>
`;
  for (const author of item.authors) before += renderAuthor(author);
  if (item.section !== undefined) before += renderCategory(item.section, url + folderPath("section"));
  for (const tag of item.tags) before += renderCategory(tag, url + folderPath("tag"));
  before += renderEnclosures(item);
  if (item.source !== undefined) before += renderVia(item.source);
  before += `${renderLicense(statedLicense(channel, item))}<summary>${escapeText(item.summary)}</summary>\n`;
  const after = `${renderMedia(item, channel)}</entry>\n`;
  if (text === "summary") return [before + after];
  const [start, html, end] = cdata(item.html);
  return [`${before}<content type="html">${start}`, html, `${end}</content>\n${after}`];
};

/**
 * A notice that replaces a withdrawn story in readers: it has the same id and language, and nothing of the title or the text. It is
 * updated when its tombstone says that the story was removed. Readers that know tombstones take the two for an entry that was
 * removed (RFC 6721 §3: `when` is not older than `updated`), all others for a new version of the story.
 */
const renderNotice = (tombstone: Tombstone, { view, channel }: BareFeed): string => {
  const { id, url, published, at, language, reason = "" } = tombstone;
  return `<entry${attributes({ "xml:lang": language })}>
<id>${escapeText(id)}</id>
<title>${escapeText(noticeTitleOf(channel, tombstone))}</title>
${renderAlternate(url)}<published>${rfc3339(published)}</published>
<updated>${rfc3339(at)}</updated>
<summary>${escapeText(reason)}</summary>
${view.text === "summary" ? "" : `<content type="html">${plainAsHtml(reason)}</content>\n`}</entry>
`;
};

const renderHead = (feed: BareFeed): string => {
  const { channel } = feed;
  let written = `${xmlHead(channel.url)}<feed${attributes({ ...NAMESPACES, "xml:lang": channel.language })}>
<id>${escapeText(feed.id)}</id>
<title>${escapeText(feed.title)}</title>
<subtitle>${escapeText(channel.description)}</subtitle>
<updated>${rfc3339(feed.updated)}</updated>
${renderAuthor({ name: channel.title, url: `${channel.url}/` })}${renderSelf(feed, "link", { fileName: FILE_NAME, mediaType: MEDIA_TYPE })}${renderArchive(feed, "link", { fileName: FILE_NAME, mediaType: MEDIA_TYPE })}${renderAlternate(feed.page)}`;
  for (const href of feed.hubs) written += emptyElement("link", { rel: "hub", href });
  return `${written}${renderLicense(licenseOfChannel(channel))}${textElement("icon", channel.icon?.url)}${textElement("logo", channel.image?.url)}${textElement("rights", channel.rights)}<generator>Feedwright</generator>\n`;
};

/**
 * Atom 1.0 (RFC 4287, https://www.rfc-editor.org/rfc/rfc4287) with tombstones (RFC 6721) and notices, licence links (RFC 4946), archive pages
 * (RFC 5005) and Media RSS.
 */
export const atom: Format = {
  name: "atom",
  fileName: FILE_NAME,
  mediaType: MEDIA_TYPE,
  alsoKnownAs: [],
  renderHead,
  renderTombstones: (feed) => [
    ...feed.tombstones.map(renderDeletedEntry),
    ...feed.notices.map((notice) => renderNotice(notice, feed)),
  ],
  renderItem: renderEntry,
  separator: "",
  foot: "</feed>\n",
};
