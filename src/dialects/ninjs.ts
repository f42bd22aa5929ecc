import { rfc3339 } from "../formats/dates.ts";
import { folderPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import type { BareFeed } from "../model/feed.ts";
import { type Category, type Item, linkOf } from "../model/item.ts";
import { type Attachment, type Image, mediumOf, pixelsOf, soundFirst } from "../model/media.ts";
import { rightsOf, statedLicense } from "../model/rights.ts";
import type { Tombstone } from "../model/tombstone.ts";
import type { View } from "../model/view.ts";
import { noticeTitleOf } from "../model/words/words-of.ts";
import type { Dialect } from "./dialect.ts";
import { versionOf } from "./version.ts";

// JSON.stringify leaves out keys whose value is undefined.

const STANDARD = {
  name: "ninjs",
  version: "3.1",
  schema: "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json",
} as const;

const PLAIN = "text/plain";

/** An IRI as a URI, which is what the schema takes (RFC 3987 §3.1). */
const toUri = (iri: string): string => iri.replace(/[^\x21-\x7e]/gu, encodeURIComponent);

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

/** What the publication says of its own rights, and the story of its licence. */
const rights = (item: Item, channel: Channel) => {
  const terms = rightsOf(channel, item)?.license ?? statedLicense(channel, item);
  return {
    copyrightHolder: channel.title,
    copyrightNotice: channel.rights,
    usageTerms: statedLicense(channel, item),
    rightsInfo: terms === undefined ? undefined : { linkedRights: toUri(terms) },
  };
};

const itemObject = (item: Item, channel: Channel, text: View["text"]) => ({
  name: item.slug,
  uri: item.id,
  type: "text",
  representationType: text === "full" ? "full" : "partial",
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
  ...rights(item, channel),
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
  versionCreated: updated > 0 ? rfc3339(updated) : undefined,
  pubStatus: "usable",
  language: channel.language,
  title,
  standard: STANDARD,
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
