import { rfc3339 } from "../formats/dates.ts";
import {
  attributes,
  cdata,
  emptyElement,
  escapeAttribute,
  escapeText,
  textElement,
  XML_DECLARATION,
} from "../formats/xml.ts";
import { folderPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { BareFeed } from "../model/feed.ts";
import type { Instant } from "../model/instant.ts";
import { type Category, type Item, linkOf, type Usage } from "../model/item.ts";
import { type Image, pixelsOf, soundFirst } from "../model/media.ts";
import { licenseOf, rightsOf } from "../model/rights.ts";
import type { Tombstone } from "../model/tombstone.ts";
import type { View } from "../model/view.ts";
import { noticeTitleOf } from "../model/words/words-of.ts";
import type { Dialect } from "./dialect.ts";
import { toUri } from "./uri.ts";
import { versionOf } from "./version.ts";

const NAMESPACE = "http://iptc.org/std/nar/2006-10-01/";

/** The catalog in which the prefixes of QCodes are that stand here (`ninat`, `stat`, `drol` …). */
const CATALOG = "http://www.iptc.org/std/catalog/catalog.IPTC-G2-Standards_40.xml";

const STANDARD = { standard: "NewsML-G2", standardversion: "2.35", conformance: "power" } as const;

/** An element with a name, such as a creator, and the address that identifies it. */
const renderNamed = (
  element: string,
  name: string,
  url: string | undefined,
  values: { readonly type?: string } = {},
): string =>
  `<${element}${attributes({ ...values, uri: url === undefined ? undefined : toUri(url) })}>\n<name>${escapeText(name)}</name>\n</${element}>\n`;

/** A link to what is related in any way. */
const renderLink = (
  url: string,
  values: { readonly contenttype?: string; readonly size?: number | undefined } = {},
): string => emptyElement("link", { rel: "irel:seeAlso", href: toUri(url), ...values });

const renderSubject = ({ key, name }: Category, url: string, kind: "section" | "tag"): string =>
  renderNamed("subject", name, url + folderPath(kind) + encodeURIComponent(key), { type: "cpnat:abstract" });

/**
 * What the vocabulary that the IPTC recommends for `dataMining` has a word for
 * (https://ns.useplus.org/LDF/ldf-XMPSpecification#DataMining).
 */
const renderDataMining = ({ search, aiInput, aiTrain }: Usage = {}): string => {
  const write = (term: string): string =>
    emptyElement("dataMining", { uri: `http://ns.useplus.org/ldf/vocab/DMI-${term}` });
  if (search === true && aiInput === true && aiTrain === true) return write("ALLOWED");
  if (aiTrain !== false) return "";
  if (aiInput !== false || search === undefined) return write("PROHIBITED-AIMLTRAINING");
  return write(search ? "PROHIBITED-EXCEPTSEARCHENGINEINDEXING" : "PROHIBITED");
};

const renderRights = (item: Item, channel: Channel): string => {
  const rights = rightsOf(channel, item);
  const license = licenseOf(channel, item);
  const holder = renderNamed("copyrightHolder", channel.title, `${channel.url}/`);
  const link = rights?.license === undefined ? "" : renderLink(rights.license);
  return `<rightsInfo>
${holder}${textElement("copyrightNotice", channel.rights)}${textElement("usageTerms", license, { href: license && toUri(license) })}${link}${renderDataMining(rights)}</rightsInfo>
`;
};

const renderIcon = (image: Image): string => {
  const { url, type, length } = image;
  return emptyElement("icon", { href: toUri(url), contenttype: type, size: length, ...pixelsOf(image) });
};

/** The head of an item: its identity, and what is true of it as an item. */
const renderItemHead = (
  { id, published, lastChange, language }: { id: string; published: Instant; lastChange: Instant; language: string },
  status: "canceled" | "usable",
  channel: Channel,
  rights: string,
  more: string,
): string => `<newsItem${attributes({ guid: id, version: versionOf(published, lastChange), ...STANDARD, "xml:lang": language })}>
${emptyElement("catalogRef", { href: CATALOG })}${rights}<itemMeta>
<itemClass qcode="ninat:text"/>
${renderNamed("provider", channel.title, `${channel.url}/`)}<versionCreated>${rfc3339(lastChange)}</versionCreated>
<firstCreated>${rfc3339(published)}</firstCreated>
<pubStatus qcode="stat:${status}"/>
${more}</itemMeta>
`;

const renderLinks = (item: Item): string => {
  let written = renderLink(linkOf(item), { contenttype: "text/html" });
  for (const { url, type, length } of soundFirst(item.attachments)) {
    written += renderLink(url, { contenttype: type, size: length });
  }
  return written;
};

const renderItem = (item: Item, channel: Channel, text: View["text"]): readonly string[] => {
  const language = item.language ?? channel.language;
  const { id, published, updated } = item;
  let before = renderItemHead(
    { id, published, lastChange: updated, language },
    "usable",
    channel,
    renderRights(item, channel),
    textElement("expires", item.expires === undefined ? undefined : rfc3339(item.expires)) + renderLinks(item),
  );
  before += "<contentMeta>\n";
  if (item.image !== undefined) before += renderIcon(item.image);
  before += `<contentCreated>${rfc3339(published)}</contentCreated>\n<contentModified>${rfc3339(updated)}</contentModified>\n`;
  for (const { name, url } of item.authors) before += renderNamed("creator", name, url);
  if (item.source !== undefined) before += renderNamed("infoSource", item.source.title, item.source.url);
  before += `<language tag="${escapeAttribute(language)}"/>\n`;
  if (item.section !== undefined) before += renderSubject(item.section, channel.url, "section");
  for (const tag of item.tags) before += renderSubject(tag, channel.url, "tag");
  before += textElement("headline", item.title || undefined);
  before += textElement("description", item.summary || undefined, { role: "drol:summary" });
  before += "</contentMeta>\n";
  if (text === "summary") return [`${before}</newsItem>\n`];
  const [start, html, end] = cdata(item.html);
  return [
    `${before}<contentSet>\n<inlineData contenttype="text/html">${start}`,
    html,
    `${end}</inlineData>\n</contentSet>\n</newsItem>\n`,
  ];
};

/** A withdrawn story: the same guid in its next version, canceled, with the reason, and nothing of the title or the text. */
const renderCanceled = (tombstone: Tombstone, channel: Channel): string => {
  const { id, published, at, language = channel.language, reason } = tombstone;
  const head = renderItemHead(
    { id, published, lastChange: at, language },
    "canceled",
    channel,
    "",
    textElement("edNote", reason),
  );
  return `${head}<contentMeta>
<contentModified>${rfc3339(at)}</contentModified>
<language tag="${escapeAttribute(language)}"/>
${textElement("headline", noticeTitleOf(channel, tombstone))}</contentMeta>
</newsItem>
`;
};

/** The schema wants an item in every message: this one stands for a feed that has nothing to tell. */
const renderEmptyPackage = ({
  id,
  channel,
}: BareFeed): string => `<packageItem${attributes({ guid: id, version: 1, ...STANDARD, "xml:lang": channel.language })}>
${emptyElement("catalogRef", { href: CATALOG })}<itemMeta>
<itemClass qcode="ninat:composite"/>
${renderNamed("provider", channel.title, `${channel.url}/`)}<versionCreated>${rfc3339(0)}</versionCreated>
<pubStatus qcode="stat:usable"/>
</itemMeta>
</packageItem>
`;

const renderHead = (feed: BareFeed): string => {
  const { updated, channel, items, notices } = feed;
  return `${XML_DECLARATION}<newsMessage xmlns="${NAMESPACE}">
<header>
<sent>${rfc3339(updated)}</sent>
${emptyElement("catalogRef", { href: CATALOG })}${textElement("sender", channel.url)}</header>
<itemSet>
${items.length + notices.length === 0 ? renderEmptyPackage(feed) : ""}`;
};

/**
 * NewsML-G2 2.35 (https://github.com/iptc/newsml-g2, releases/2.35): one news message with the stories as news items. `sent` is the
 * newest change in it, since a document has no clock. The text is HTML, which is no XML, so it is inline data. A withdrawal is the
 * next version of the item with the status `stat:canceled`.
 */
export const newsmlG2: Dialect = {
  name: "newsml-g2",
  label: "NewsML-G2",
  fileName: "newsml-g2.xml",
  mediaType: "application/vnd.iptc.g2.newsmessage+xml",
  renderHead,
  renderTombstones: ({ notices, channel }) => notices.map((notice) => renderCanceled(notice, channel)),
  renderItem,
  separator: "",
  foot: "</itemSet>\n</newsMessage>\n",
};
