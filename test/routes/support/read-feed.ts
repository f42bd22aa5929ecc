import { childOf, childrenOf, readXml, type XmlElement } from "../../formats/support/xml-reader.ts";

/** What a feed reader takes from a feed's document. */
export interface ParsedFeed {
  readonly isArchive: boolean;
  /** URLs by relation. `next_url` of JSON Feed, which leads to older stories, is a `prev-archive`. */
  readonly links: ReadonlyMap<string, readonly string[]>;
  /** The text of each entry by its id, in the order of the document. */
  readonly entries: ReadonlyMap<string, string>;
  /** Ids of deleted entries. */
  readonly tombstones: readonly string[];
}

const ATOM = "{http://www.w3.org/2005/Atom}";
const ARCHIVE = "{http://purl.org/syndication/history/1.0}archive";
const DELETED = "{http://purl.org/atompub/tombstones/1.0}deleted-entry";

const group = (pairs: readonly (readonly [string, string])[]): ReadonlyMap<string, readonly string[]> =>
  new Map(pairs.map(([rel]) => [rel, pairs.filter(([other]) => other === rel).map(([, href]) => href)]));

const linksOf = (element: XmlElement): ReadonlyMap<string, readonly string[]> =>
  group(
    childrenOf(element, `${ATOM}link`).map(
      ({ attributes }) => [attributes.get("rel") ?? "", attributes.get("href") ?? ""] as const,
    ),
  );

/** The text of each element, byte for byte. The stories of the tests contain no such tags. */
const pieces = (text: string, tag: string): readonly string[] =>
  Array.from(text.matchAll(new RegExp(`<${tag}[ >].*?</${tag}>\n`, "gs")), ([piece]) => piece);

const pairWithIds = (elements: readonly XmlElement[], idName: string, texts: readonly string[]) => {
  if (elements.length !== texts.length) throw new Error("the entries of the document cannot be told apart");
  return new Map(elements.map((element, index) => [childOf(element, idName).text, texts[index] ?? ""]));
};

const readAtom = (text: string): ParsedFeed => {
  const feed = readXml(text);
  return {
    isArchive: childrenOf(feed, ARCHIVE).length === 1,
    links: linksOf(feed),
    entries: pairWithIds(childrenOf(feed, `${ATOM}entry`), `${ATOM}id`, pieces(text, "entry")),
    tombstones: childrenOf(feed, DELETED).map(({ attributes }) => attributes.get("ref") ?? ""),
  };
};

const readRss = (text: string): ParsedFeed => {
  const channel = childOf(readXml(text), "channel");
  return {
    isArchive: childrenOf(channel, ARCHIVE).length === 1,
    links: linksOf(channel),
    entries: pairWithIds(childrenOf(channel, "item"), "guid", pieces(text, "item")),
    tombstones: [],
  };
};

interface JsonDocument {
  readonly feed_url: string;
  readonly next_url?: string;
  readonly hubs?: readonly { readonly url: string }[];
  readonly items: readonly { readonly id: string }[];
}

const readJson = (text: string): ParsedFeed => {
  const { feed_url, next_url, hubs = [], items }: JsonDocument = JSON.parse(text);
  return {
    isArchive: /\/archive\/\d+\/feed\.json$/.test(feed_url),
    links: group([
      ["self", feed_url],
      ...(next_url === undefined ? [] : [["prev-archive", next_url] as const]),
      ...hubs.map(({ url }) => ["hub", url] as const),
    ]),
    entries: new Map(items.map((item) => [item.id, JSON.stringify(item)])),
    tombstones: [],
  };
};

const readers = { "atom.xml": readAtom, "rss.xml": readRss, "feed.json": readJson } as const;

/**
 * The entries that a reader shows which knows tombstones: not those that were removed. In the tests, no entry is newer than its
 * tombstone (RFC 6721 §3).
 */
export const presentEntries = ({ entries, tombstones }: ParsedFeed): ParsedFeed["entries"] =>
  new Map([...entries].filter(([id]) => !tombstones.includes(id)));

/** The file name of a feed, which tells its format. */
export type FileName = keyof typeof readers;

export const fileNames: readonly FileName[] = ["atom.xml", "rss.xml", "feed.json"];

/** Parses a feed strictly: throws if it is not well-formed. */
export const readFeed = (file: FileName, text: string): ParsedFeed => readers[file](text);
