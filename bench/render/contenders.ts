import { generateAtomFeed, generateJsonFeed, generateRssFeed } from "feedsmith";
import { assemble } from "../../src/editions/assemble-feed.ts";
import { createFragments, type Fragments } from "../../src/editions/fragments.ts";
import { atom } from "../../src/formats/atom.ts";
import type { Format } from "../../src/formats/format.ts";
import { jsonFeed } from "../../src/formats/json-feed.ts";
import { rss } from "../../src/formats/rss.ts";
import { toFeed } from "../../src/interop/feed-package.ts";
import type { Feed } from "../../src/model/feed.ts";
import type { Contender } from "../measure/alternate.ts";
import { toFeedsmithAtom, toFeedsmithJson, toFeedsmithRss } from "./feedsmith.ts";
import { toRssPackage } from "./rss-package.ts";

/** The renderers of one format that are compared. */
export interface FormatComparison {
  readonly format: Format;
  /** Text that every contender's document has once for each item. */
  readonly itemMark: string;
  /**
   * Contenders that render a whole feed: ours first, then the `feed` package and others. All write UTF-8 bytes.
   * Converting the feed to a library's own objects is not timed, which favours the libraries, since ours reads items as
   * the store holds them.
   */
  readonly coldContenders: (feed: Feed) => readonly Contender[];
  /** Contenders after one new story: ours, which has the former document, and the `feed` package. */
  readonly warmContenders: (feed: Feed) => readonly Contender[];
}

/** The name of the `feed` package, with which all are compared. */
export const FEED_PACKAGE = "feed";

/** The name of the least that writing JSON can take. */
export const JSON_FLOOR = "JSON.stringify (floor)";

const encoder = new TextEncoder();

const createContender = (name: string, write: () => string): Contender => ({
  name,
  prepare: () => () => encoder.encode(write()),
});

/** Ours without fragments from before. Digests and the entity tag are part of the work. */
const feedwrightCold = (format: Format, feed: Feed): Contender => ({
  name: "feedwright",
  prepare: () => () => assemble(format, feed, createFragments()).body,
});

/** Renders a feed once. Returns a function that creates fragments which hold that document only. */
const fragmentsOf = (format: Format, feed: Feed): (() => Fragments) => {
  const documents: Parameters<Fragments["add"]>[] = [];
  assemble(format, feed, { ...createFragments(), add: (...document) => documents.push(document) });
  return () => {
    const fragments = createFragments();
    for (const document of documents) fragments.add(...document);
    return fragments;
  };
};

/**
 * Ours with fragments of all stories but the newest. A run keeps its document as well, so each has fragments of its
 * own.
 */
const feedwrightWarm = (format: Format, feed: Feed): Contender => {
  const fragments = fragmentsOf(format, { ...feed, items: feed.items.slice(1) });
  return {
    name: "feedwright",
    prepare: () => {
      const own = fragments();
      return () => assemble(format, feed, own).body;
    },
  };
};

const coldRss = (feed: Feed): readonly Contender[] => {
  const [packageFeed, smith, rssPackage] = [toFeed(feed), toFeedsmithRss(feed), toRssPackage(feed)];
  return [
    feedwrightCold(rss, feed),
    createContender(FEED_PACKAGE, () => packageFeed.rss2()),
    createContender("feedsmith", () => generateRssFeed(smith)),
    createContender("rss", () => rssPackage.xml()),
  ];
};

const coldAtom = (feed: Feed): readonly Contender[] => {
  const [packageFeed, smith] = [toFeed(feed), toFeedsmithAtom(feed)];
  return [
    feedwrightCold(atom, feed),
    createContender(FEED_PACKAGE, () => packageFeed.atom1()),
    createContender("feedsmith", () => generateAtomFeed(smith)),
  ];
};

const coldJson = (feed: Feed): readonly Contender[] => {
  const [packageFeed, smith] = [toFeed(feed), toFeedsmithJson(feed)];
  const ours = feedwrightCold(jsonFeed, feed);
  const plain: unknown = JSON.parse(new TextDecoder().decode(ours.prepare()()));
  return [
    ours,
    createContender(FEED_PACKAGE, () => packageFeed.json1()),
    createContender("feedsmith", () => JSON.stringify(generateJsonFeed(smith))),
    createContender(JSON_FLOOR, () => JSON.stringify(plain)),
  ];
};

const warm = (
  format: Format,
  feed: Feed,
  write: (packageFeed: ReturnType<typeof toFeed>) => string,
): readonly Contender[] => {
  const packageFeed = toFeed(feed);
  return [feedwrightWarm(format, feed), createContender(FEED_PACKAGE, () => write(packageFeed))];
};

/** A comparison for each format. */
export const comparisons: readonly FormatComparison[] = [
  {
    format: rss,
    itemMark: "</item>",
    coldContenders: coldRss,
    warmContenders: (feed) => warm(rss, feed, (packageFeed) => packageFeed.rss2()),
  },
  {
    format: atom,
    itemMark: "</entry>",
    coldContenders: coldAtom,
    warmContenders: (feed) => warm(atom, feed, (packageFeed) => packageFeed.atom1()),
  },
  {
    format: jsonFeed,
    itemMark: '"content_html":',
    coldContenders: coldJson,
    warmContenders: (feed) => warm(jsonFeed, feed, (packageFeed) => packageFeed.json1()),
  },
];
