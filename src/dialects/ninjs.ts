import { rfc3339 } from "../formats/dates.ts";
import { renderLicenseDocument } from "../formats/license-document.ts";
import { RSL_NAMESPACE } from "../formats/modules/rsl.ts";
import { folderPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { BareFeed } from "../model/feed.ts";
import { type Category, type Item, linkOf } from "../model/item.ts";
import { type Attachment, type Image, mediumOf, pixelsOf, soundFirst } from "../model/media.ts";
import { licenseOf, rightsOf } from "../model/rights.ts";
import type { Tombstone } from "../model/tombstone.ts";
import type { View } from "../model/view.ts";
import { noticeTitleOf } from "../model/words/words-of.ts";
import type { Dialect } from "./dialect.ts";
import { toUri } from "./uri.ts";
import { versionOf } from "./version.ts";

// JSON.stringify leaves out keys whose value is undefined.

const STANDARD = {
  name: "ninjs",
  version: "3.1",
  schema: "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
} as const;

const PLAIN = "text/plain";

const nonEmpty = <Value>(values: readonly Value[]): readonly Value[] | undefined =>
  values.length === 0 ? undefined : values;

const texts = (role: string, value: string) => nonEmpty(value === "" ? [] : [{ role, contentType: PLAIN, value }]);

const subject = ({ key, name }: Category, url: string, kind: "section" | "tag") => ({
  name,
  rel: kind,
  uri: url + folderPath(kind) + encodeURIComponent(key),
});

const pictureObject = (image: Image) => {
  const { url, type, length, alt, credit } = image;
  return {
    name: "image",
    uri: toUri(url),
    type: "picture",
    by: credit,
    descriptions: texts("caption", alt),
    renditions: [{ name: "original", href: toUri(url), contentType: type, sizeInBytes: length, ...pixelsOf(image) }],
  };
};

const attachmentObject = ({ url, type, length, duration, title }: Attachment, index: number) => {
  const medium = mediumOf(type);
  return {
    name: `attachment-${index + 1}`,
    uri: toUri(url),
    type: medium === "image" ? "picture" : (medium ?? "component"),
    title,
    renditions: [{ name: "original", href: toUri(url), contentType: type, sizeInBytes: length, duration }],
  };
};

/** The terms for machines, or where they are; the schema takes one of the two. */
const rightsInfo = (item: Item, channel: Channel) => {
  const rights = rightsOf(channel, item);
  const terms = rights === undefined ? licenseOf(channel, item) : rights.license;
  if (terms !== undefined) return { linkedRights: toUri(terms) };
  if (rights === undefined) return undefined;
  return { langId: RSL_NAMESPACE, encodedRights: renderLicenseDocument([{ location: item.url, rights }]) };
};

const itemObject = (item: Item, channel: Channel, text: View["text"]) => ({
  name: item.slug,
  uri: item.id,
  type: "text",
  standard: STANDARD,
  // Of a text it isn't known here whether it is all of the story: a contract may have the first blocks only.
  representationType: text === "full" ? undefined : "partial",
  version: String(versionOf(item.published, item.updated)),
  firstCreated: rfc3339(item.published),
  versionCreated: rfc3339(item.updated),
  contentCreated: rfc3339(item.published),
  pubStatus: "usable",
  language: item.language ?? channel.language,
  title: item.title || undefined,
  headlines: texts("main", item.title),
  descriptions: texts("summary", item.summary),
  bodies: text === "full" ? [{ role: "main", contentType: "text/html", value: item.html }] : undefined,
  by: item.authors.map(({ name }) => name).join(", ") || undefined,
  people: nonEmpty(
    item.authors.map(({ name, url }) => ({ name, rel: "author", uri: url === undefined ? undefined : toUri(url) })),
  ),
  subjects: nonEmpty([
    ...(item.section === undefined ? [] : [subject(item.section, channel.url, "section")]),
    ...item.tags.map((tag) => subject(tag, channel.url, "tag")),
  ]),
  infoSources:
    item.source === undefined
      ? undefined
      : [
          {
            name: item.source.title,
            role: "source",
            uri: item.source.url === undefined ? undefined : toUri(item.source.url),
            literal: item.source.author,
          },
        ],
  altIds: [{ role: "webPage", value: linkOf(item) }],
  expires: item.expires === undefined ? undefined : rfc3339(item.expires),
  copyrightHolder: channel.title,
  copyrightNotice: channel.rights,
  usageTerms: licenseOf(channel, item),
  rightsInfo: rightsInfo(item, channel),
  associations: nonEmpty([
    ...(item.image === undefined ? [] : [pictureObject(item.image)]),
    ...soundFirst(item.attachments).map(attachmentObject),
  ]),
});

/** A withdrawn story: the same uri, canceled, with the reason, and nothing of the title or the text. */
const canceledObject = (tombstone: Tombstone, channel: Channel) => {
  const { id, slug, url, published, at, language = channel.language, reason } = tombstone;
  return {
    name: slug,
    uri: id,
    type: "text",
    standard: STANDARD,
    version: String(versionOf(published, at)),
    firstCreated: rfc3339(published),
    versionCreated: rfc3339(at),
    pubStatus: "canceled",
    language,
    headlines: texts("main", noticeTitleOf(channel, tombstone)),
    edNote: reason,
    altIds: [{ role: "webPage", value: url }],
  };
};

const headObject = ({ id, title, updated, channel }: BareFeed) => ({
  uri: toUri(id),
  type: "composite",
  standard: STANDARD,
  versionCreated: updated > 0 ? rfc3339(updated) : undefined,
  pubStatus: "usable",
  language: channel.language,
  title,
});

/**
 * ninjs 3.1 (https://github.com/iptc/newsinjson, specification/ninjs-schema_3.1.json): one composite object whose associations are
 * the stories, so that the whole document is ninjs. A withdrawal is the story's uri with `pubStatus` canceled and a newer
 * `versionCreated`.
 */
export const ninjs: Dialect = {
  name: "ninjs",
  label: "ninjs",
  fileName: "ninjs.json",
  mediaType: "application/json",
  renderHead: (feed) => `${JSON.stringify(headObject(feed)).slice(0, -1)},"associations":[`,
  renderTombstones: ({ notices, channel }) => notices.map((notice) => JSON.stringify(canceledObject(notice, channel))),
  renderItem: (item, channel, text) => [JSON.stringify(itemObject(item, channel, text))],
  separator: ",",
  foot: "]}",
};
