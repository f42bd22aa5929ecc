import { generateAtomFeed, generateJsonFeed, generateRssFeed } from "feedsmith";
import { assemble } from "../../src/editions/assemble.ts";
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

/** Everyone who writes one format. */
export interface Contest {
  readonly format: Format;
  /** Stands once for every item in every contender's document. */
  readonly itemMark: string;
  /**
   * Ours first, then the `feed` package and others. All write UTF-8 bytes from input that is ready: building a
   * library's own objects is left out, which favours the others, as ours reads the items as the store holds them.
   */
  readonly enter: (feed: Feed) => readonly Contender[];
  /** The same after one new story: ours, which keeps the document of all others, and the `feed` package. */
  readonly enterAgain: (feed: Feed) => readonly Contender[];
}

/** The `feed` package, which others are compared with. */
export const PEER = "feed";

/** The least that writing JSON can take. */
export const FLOOR = "JSON.stringify (floor)";

const encoder = new TextEncoder();

const contender = (name: string, write: () => string): Contender => ({
  name,
  prepare: () => () => encoder.encode(write()),
});

/** With nothing rendered before; digests and entity tag are part of the work. */
const feedwright = (format: Format, feed: Feed): Contender => ({
  name: "feedwright",
  prepare: () => () => assemble(format, feed, createFragments()).body,
});

/** Renders a feed once. Each call then gives fragments that know nothing but its document. */
const fragmentsOf = (format: Format, feed: Feed): (() => Fragments) => {
  const kept: Parameters<Fragments["add"]>[] = [];
  assemble(format, feed, { ...createFragments(), add: (...document) => kept.push(document) });
  return () => {
    const fragments = createFragments();
    for (const document of kept) fragments.add(...document);
    return fragments;
  };
};

/** With all stories but the newest in a document that is kept. A run keeps that one too, so each has fragments of its own. */
const feedwrightAgain = (format: Format, feed: Feed): Contender => {
  const fragments = fragmentsOf(format, { ...feed, items: feed.items.slice(1) });
  return {
    name: "feedwright",
    prepare: () => {
      const own = fragments();
      return () => assemble(format, feed, own).body;
    },
  };
};

const enterRss = (feed: Feed): readonly Contender[] => {
  const [peer, smith, node] = [toFeed(feed), toFeedsmithRss(feed), toRssPackage(feed)];
  return [
    feedwright(rss, feed),
    contender(PEER, () => peer.rss2()),
    contender("feedsmith", () => generateRssFeed(smith)),
    contender("rss", () => node.xml()),
  ];
};

const enterAtom = (feed: Feed): readonly Contender[] => {
  const [peer, smith] = [toFeed(feed), toFeedsmithAtom(feed)];
  return [
    feedwright(atom, feed),
    contender(PEER, () => peer.atom1()),
    contender("feedsmith", () => generateAtomFeed(smith)),
  ];
};

const enterJson = (feed: Feed): readonly Contender[] => {
  const [peer, smith] = [toFeed(feed), toFeedsmithJson(feed)];
  const ours = feedwright(jsonFeed, feed);
  const plain: unknown = JSON.parse(new TextDecoder().decode(ours.prepare()()));
  return [
    ours,
    contender(PEER, () => peer.json1()),
    contender("feedsmith", () => JSON.stringify(generateJsonFeed(smith))),
    contender(FLOOR, () => JSON.stringify(plain)),
  ];
};

const enterAgain = (
  format: Format,
  feed: Feed,
  write: (peer: ReturnType<typeof toFeed>) => string,
): readonly Contender[] => {
  const peer = toFeed(feed);
  return [feedwrightAgain(format, feed), contender(PEER, () => write(peer))];
};

/** One for each format. */
export const contests: readonly Contest[] = [
  {
    format: rss,
    itemMark: "</item>",
    enter: enterRss,
    enterAgain: (feed) => enterAgain(rss, feed, (peer) => peer.rss2()),
  },
  {
    format: atom,
    itemMark: "</entry>",
    enter: enterAtom,
    enterAgain: (feed) => enterAgain(atom, feed, (peer) => peer.atom1()),
  },
  {
    format: jsonFeed,
    itemMark: '"content_html":',
    enter: enterJson,
    enterAgain: (feed) => enterAgain(jsonFeed, feed, (peer) => peer.json1()),
  },
];
