import { childOf, childrenOf, readXml, textOf, type XmlElement } from "../../formats/support/xml-reader.ts";
import { readContent } from "./read-rights.ts";

// Reads what a feed says of rights, by the specification of its form alone.

/** What one form says of rights: in its head, which some forms have no words in, and of each story, by the id. */
interface FeedRights {
  readonly head?: unknown;
  readonly stories: Readonly<Record<string, unknown>>;
}

/** Reads the rights in a feed out of its text. */
export type ReadFeedRights = (text: string) => FeedRights;

const ATOM = "{http://www.w3.org/2005/Atom}";
const MEDIA = "{http://search.yahoo.com/mrss/}";
const RSL = "{https://rslstandard.org/rsl}";
const NEWSML = "{http://iptc.org/std/nar/2006-10-01/}";

const byId = <Story>(
  all: readonly Story[],
  idOf: (one: Story) => string,
  read: (one: Story) => unknown,
): FeedRights["stories"] => {
  const stories = Object.fromEntries(all.map((one) => [idOf(one), read(one)]));
  if (Object.keys(stories).length !== all.length) throw new Error("two stories have one id");
  return stories;
};

const readLinks = (element: XmlElement) => ({
  licenses: childrenOf(element, `${ATOM}link`)
    .filter(({ attributes }) => attributes.get("rel") === "license")
    .map(({ attributes }) => attributes.get("href")),
  media: childrenOf(element, `${MEDIA}license`).map(({ attributes, text }) => [attributes.get("href"), text]),
});

const readContents = (element: XmlElement) =>
  childrenOf(element, `${RSL}content`).map((content) => ({
    url: content.attributes.get("url"),
    rights: readContent(content),
  }));

/** RSS 2.0, partners' dialects of it included, with links of Atom, Media RSS and RSL. */
export const readRssRights: ReadFeedRights = (text) => {
  const channel = childOf(readXml(text), "channel");
  const read = (element: XmlElement) => ({ ...readLinks(element), machines: readContents(element) });
  return {
    head: { ...read(channel), copyright: textOf(channel, "copyright") },
    stories: byId(childrenOf(channel, "item"), (item) => childOf(item, "guid").text, read),
  };
};

/** Atom 1.0 with links to licences (RFC 4946) and Media RSS. */
export const readAtomRights: ReadFeedRights = (text) => {
  const feed = readXml(text);
  return {
    head: { ...readLinks(feed), copyright: textOf(feed, `${ATOM}rights`) },
    stories: byId(childrenOf(feed, `${ATOM}entry`), (entry) => childOf(entry, `${ATOM}id`).text, readLinks),
  };
};

interface JsonObject {
  readonly _feedwright?: { readonly license?: unknown; readonly usage?: unknown; readonly rights?: unknown };
}

interface JsonDocument extends JsonObject {
  readonly items: readonly (JsonObject & { readonly id: string })[];
}

/** JSON Feed 1.1, by the publisher's own keys. */
export const readJsonRights: ReadFeedRights = (text) => {
  const feed: JsonDocument = JSON.parse(text);
  const read = ({ _feedwright: { license, usage, rights } = {} }: JsonObject) => ({
    licenses: license === undefined ? [] : [license],
    machines: usage,
    copyright: rights,
  });
  return { head: read(feed), stories: byId(feed.items, ({ id }) => id, read) };
};

interface NinjsDocument {
  readonly associations: readonly {
    readonly uri: string;
    readonly usageTerms?: string;
    readonly copyrightHolder?: string;
    readonly copyrightNotice?: string;
    readonly rightsInfo?: { readonly linkedRights?: string; readonly langId?: string; readonly encodedRights?: string };
  }[];
}

/** ninjs 3.1: the terms for machines are RSL, or at an address. */
export const readNinjsRights: ReadFeedRights = (text) => {
  const { associations }: NinjsDocument = JSON.parse(text);
  return {
    stories: byId(
      associations,
      ({ uri }) => uri,
      ({ usageTerms, copyrightHolder, copyrightNotice, rightsInfo: { linkedRights, langId, encodedRights } = {} }) => ({
        people: usageTerms,
        holder: copyrightHolder,
        copyright: copyrightNotice,
        terms: linkedRights,
        language: langId,
        machines: encodedRights === undefined ? [] : readContents(readXml(encodedRights)),
      }),
    ),
  };
};

/** NewsML-G2: the terms for machines are at an address, and what the PLUS vocabulary has words for is in the item. */
export const readNewsmlRights: ReadFeedRights = (text) => ({
  stories: byId(
    childrenOf(childOf(readXml(text), `${NEWSML}itemSet`), `${NEWSML}newsItem`),
    ({ attributes }) => attributes.get("guid") ?? "",
    (item) => {
      const rights = childOf(item, `${NEWSML}rightsInfo`);
      const holder = childOf(rights, `${NEWSML}copyrightHolder`);
      return {
        people: childrenOf(rights, `${NEWSML}usageTerms`).map((terms) => [terms.attributes.get("href"), terms.text]),
        holder: [holder.attributes.get("uri"), textOf(holder, `${NEWSML}name`)],
        copyright: textOf(rights, `${NEWSML}copyrightNotice`),
        terms: childrenOf(rights, `${NEWSML}link`).map(({ attributes }) => attributes.get("href")),
        mining: childrenOf(rights, `${NEWSML}dataMining`).map(({ attributes }) => attributes.get("uri")),
      };
    },
  ),
});
