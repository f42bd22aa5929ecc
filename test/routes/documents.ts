import { childOf, childrenOf, readXml, type XmlElement } from "../formats/support/xml-reader.ts";

/** A feed's document as a reader takes it apart. */
export interface FeedRead {
  readonly isArchive: boolean;
  /** By relation. A JSON Feed's `next_url`, which leads to older stories, is its `prev-archive`. */
  readonly links: ReadonlyMap<string, readonly string[]>;
  /** Each entry's own text by its id, in the order of the document. */
  readonly entries: ReadonlyMap<string, string>;
  /** Ids of stories that it says are gone. */
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

/** The text of each element as it stands in the document. The tests' stories hold no such tags in their text. */
const pieces = (text: string, tag: string): readonly string[] =>
  Array.from(text.matchAll(new RegExp(`<${tag}[ >].*?</${tag}>\n`, "gs")), ([piece]) => piece);

const pair = (elements: readonly XmlElement[], idName: string, texts: readonly string[]) => {
  if (elements.length !== texts.length) throw new Error("the document's entries can't be told apart");
  return new Map(elements.map((element, index) => [childOf(element, idName).text, texts[index] ?? ""]));
};

const readAtom = (text: string): FeedRead => {
  const feed = readXml(text);
  return {
    isArchive: childrenOf(feed, ARCHIVE).length === 1,
    links: linksOf(feed),
    entries: pair(childrenOf(feed, `${ATOM}entry`), `${ATOM}id`, pieces(text, "entry")),
    tombstones: childrenOf(feed, DELETED).map(({ attributes }) => attributes.get("ref") ?? ""),
  };
};

const readRss = (text: string): FeedRead => {
  const channel = childOf(readXml(text), "channel");
  return {
    isArchive: childrenOf(channel, ARCHIVE).length === 1,
    links: linksOf(channel),
    entries: pair(childrenOf(channel, "item"), "guid", pieces(text, "item")),
    tombstones: [],
  };
};

interface JsonDocument {
  readonly feed_url: string;
  readonly next_url?: string;
  readonly hubs?: readonly { readonly url: string }[];
  readonly items: readonly { readonly id: string }[];
}

const readJson = (text: string): FeedRead => {
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

export type FileName = keyof typeof readers;

export const fileNames: readonly FileName[] = ["atom.xml", "rss.xml", "feed.json"];

/** Reads a feed with a strict parser: throws where it is not well-formed. */
export const readFeed = (file: FileName, text: string): FeedRead => readers[file](text);
