import { parseAtomFeed } from "feedsmith";
import type { Feed } from "../../../src/model/feed.ts";
import { type Item, linkOf } from "../../../src/model/item.ts";
import { wordsOf } from "../../../src/model/words/words-of.ts";
import { inFeedOrder } from "./attachments.ts";
import { atomName, mediaName, tombstoneName, xmlName } from "./names.ts";
import { childrenOf, readXml, textOf, type XmlElement } from "./xml-reader.ts";

type Text = string | undefined;

/** The values of a story that an Atom entry has. */
export interface AtomStory {
  readonly id: Text;
  readonly title: Text;
  readonly links: readonly {
    readonly rel: Text;
    readonly href: Text;
    readonly type: Text;
    readonly title: Text;
    readonly length: number | undefined;
  }[];
  readonly summary: Text;
  readonly html: Text;
  readonly published: Text;
  readonly updated: Text;
  readonly authors: readonly { readonly name: Text; readonly uri: Text; readonly email: Text }[];
  readonly categories: readonly { readonly term: Text; readonly scheme: Text; readonly label: Text }[];
  readonly media: readonly Text[];
  readonly language: Text;
}

const readEntry = (entry: XmlElement): AtomStory => ({
  id: textOf(entry, atomName("id")),
  title: textOf(entry, atomName("title")),
  links: childrenOf(entry, atomName("link")).map(({ attributes }) => ({
    rel: attributes.get("rel"),
    href: attributes.get("href"),
    type: attributes.get("type"),
    title: attributes.get("title"),
    length: attributes.has("length") ? Number(attributes.get("length")) : undefined,
  })),
  summary: textOf(entry, atomName("summary")),
  html: textOf(entry, atomName("content")),
  published: textOf(entry, atomName("published")),
  updated: textOf(entry, atomName("updated")),
  authors: childrenOf(entry, atomName("author")).map((author) => ({
    name: textOf(author, atomName("name")),
    uri: textOf(author, atomName("uri")),
    email: textOf(author, atomName("email")),
  })),
  categories: childrenOf(entry, atomName("category")).map(({ attributes }) => ({
    term: attributes.get("term"),
    scheme: attributes.get("scheme"),
    label: attributes.get("label"),
  })),
  media: childrenOf(entry, mediaName("content")).map(({ attributes }) => attributes.get("url")),
  language: entry.attributes.get(xmlName("lang")),
});

/** The entries of an Atom document, read exactly to the byte. */
export const readAtomStories = (document: string): readonly AtomStory[] =>
  childrenOf(readXml(document), atomName("entry")).map(readEntry);

/** The same, read by feedsmith. */
export const readAtomStoriesByFeedsmith = (document: string): readonly AtomStory[] =>
  (parseAtomFeed(document).entries ?? []).map((entry) => ({
    id: entry.id,
    // feedsmith takes an empty title for none.
    title: entry.title?.value ?? "",
    links: (entry.links ?? []).map(({ rel, href, type, title, length }) => ({ rel, href, type, title, length })),
    summary: entry.summary?.value,
    html: entry.content?.value,
    published: entry.published,
    updated: entry.updated,
    authors: (entry.authors ?? []).map(({ name, uri, email }) => ({ name, uri, email })),
    categories: (entry.categories ?? []).map(({ term, scheme, label }) => ({ term, scheme, label })),
    media: (entry.media?.contents ?? []).map(({ url }) => url),
    language: entry.xml?.lang,
  }));

/** The tombstones of an Atom document: id, time and reason. */
export const readTombstones = (document: string): readonly (readonly Text[])[] =>
  childrenOf(readXml(document), tombstoneName("deleted-entry")).map((tombstone) => [
    tombstone.attributes.get("ref"),
    tombstone.attributes.get("when"),
    textOf(tombstone, tombstoneName("comment")),
  ]);

const iso = (instant: number): string => new Date(instant).toISOString().replace(".000", "");

const enclosure = ({ url, type, length, title }: { url: string; type: string; length?: number; title?: string }) => ({
  rel: "enclosure",
  href: url,
  type,
  title,
  length,
});

const plainLink = (rel: string, href: string, title?: string) => ({
  rel,
  href,
  type: undefined,
  title,
  length: undefined,
});

const expectedEntry = (item: Item, { channel, view }: Feed): AtomStory => {
  const { image, source, license, section } = item;
  const credit = source && [source.title, source.author].filter((part) => part !== undefined).join(", ");
  return {
    id: item.id,
    title: item.title,
    links: [
      { ...plainLink("alternate", linkOf(item)), type: "text/html" },
      ...inFeedOrder(item.attachments).map(enclosure),
      ...(image?.type === undefined
        ? []
        : [enclosure({ url: image.url, type: image.type, ...lengthOf(image.length) })]),
      ...(source?.url === undefined ? [] : [plainLink("via", source.url, credit)]),
      ...(license === undefined ? [] : [plainLink("license", license)]),
    ],
    summary: item.summary,
    html: view.text === "full" ? item.html : undefined,
    published: iso(item.published),
    updated: iso(item.updated),
    authors: item.authors.map(({ name, url, email }) => ({ name, uri: url, email })),
    categories: [
      ...(section === undefined ? [] : [{ term: section.name, scheme: `${channel.url}/sections/`, label: undefined }]),
      ...item.tags.map(({ name }) => ({ term: name, scheme: `${channel.url}/tags/`, label: undefined })),
    ],
    media: [...inFeedOrder(item.attachments), image].filter((file) => file !== undefined).map(({ url }) => url),
    language: item.language,
  };
};

const lengthOf = (length: number | undefined) => (length === undefined ? {} : { length });

const escaped = (text: string): string =>
  text.replaceAll("&", "&#x26;").replaceAll("<", "&#x3C;").replaceAll(">", "&#x3E;");

/** The entries that must be read from a feed's Atom: its notices, then its items. */
export const expectedAtomStories = (feed: Feed): readonly AtomStory[] => [
  ...feed.notices.map(
    ({ id, url, published, at, language, reason = "" }): AtomStory => ({
      id,
      title: wordsOf(feed.channel, language ?? feed.channel.language).withdrawn,
      links: [{ ...plainLink("alternate", url), type: "text/html" }],
      summary: reason,
      html: feed.view.text === "full" ? escaped(reason) : undefined,
      published: iso(published),
      updated: iso(at),
      authors: [],
      categories: [],
      media: [],
      language,
    }),
  ),
  ...feed.items.map((item) => expectedEntry(item, feed)),
];

/** The tombstones that must be read from a feed's Atom. */
export const expectedTombstones = (feed: Feed): readonly (readonly Text[])[] =>
  feed.tombstones.map(({ id, at, reason }) => [id, iso(at), reason]);
