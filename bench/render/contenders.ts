import { generateAtomFeed, generateJsonFeed, generateRssFeed } from "feedsmith";
import { assemble } from "../../src/editions/assemble.ts";
import { createFragments } from "../../src/editions/fragments.ts";
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
}

const encoder = new TextEncoder();

const contender = (name: string, write: () => string): Contender => ({ name, run: () => encoder.encode(write()) });

/** With nothing rendered before; digests and entity tag are part of the work. */
const feedwright = (format: Format, feed: Feed): Contender => ({
  name: "feedwright",
  run: () => assemble(format, feed, createFragments()).body,
});

const enterRss = (feed: Feed): readonly Contender[] => {
  const [peer, smith, node] = [toFeed(feed), toFeedsmithRss(feed), toRssPackage(feed)];
  return [
    feedwright(rss, feed),
    contender("feed", () => peer.rss2()),
    contender("feedsmith", () => generateRssFeed(smith)),
    contender("rss", () => node.xml()),
  ];
};

const enterAtom = (feed: Feed): readonly Contender[] => {
  const [peer, smith] = [toFeed(feed), toFeedsmithAtom(feed)];
  return [
    feedwright(atom, feed),
    contender("feed", () => peer.atom1()),
    contender("feedsmith", () => generateAtomFeed(smith)),
  ];
};

const enterJson = (feed: Feed): readonly Contender[] => {
  const [peer, smith] = [toFeed(feed), toFeedsmithJson(feed)];
  const ours = feedwright(jsonFeed, feed);
  const plain: unknown = JSON.parse(new TextDecoder().decode(ours.run()));
  return [
    ours,
    contender("feed", () => peer.json1()),
    contender("feedsmith", () => JSON.stringify(generateJsonFeed(smith))),
    contender("JSON.stringify (floor)", () => JSON.stringify(plain)),
  ];
};

/** One for each format. */
export const contests: readonly Contest[] = [
  { format: rss, itemMark: "</item>", enter: enterRss },
  { format: atom, itemMark: "</entry>", enter: enterAtom },
  { format: jsonFeed, itemMark: '"content_html":', enter: enterJson },
];
