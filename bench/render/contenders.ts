import { generateAtomFeed, generateJsonFeed, generateRssFeed } from "feedsmith";
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
  /** Ours first, then the `feed` package. */
  readonly contenders: readonly Contender[];
  /** Stands once for every item in every contender's document. */
  readonly itemMark: string;
}

const encoder = new TextEncoder();

const contender = (name: string, write: () => string): Contender => ({ name, run: () => encoder.encode(write()) });

/**
 * The contests for a feed. All write UTF-8 bytes from input that is ready: building a library's own objects is
 * left out, which favours the others, as ours reads the items as the store holds them.
 */
export const contestsFor = (feed: Feed): readonly Contest[] => {
  const peer = toFeed(feed);
  const node = toRssPackage(feed);
  const [smithRss, smithAtom, smithJson] = [toFeedsmithRss(feed), toFeedsmithAtom(feed), toFeedsmithJson(feed)];
  const plain: unknown = JSON.parse(jsonFeed.render(feed));
  return [
    {
      format: rss,
      itemMark: "</item>",
      contenders: [
        contender("feedwright", () => rss.render(feed)),
        contender("feed", () => peer.rss2()),
        contender("feedsmith", () => generateRssFeed(smithRss)),
        contender("rss", () => node.xml()),
      ],
    },
    {
      format: atom,
      itemMark: "</entry>",
      contenders: [
        contender("feedwright", () => atom.render(feed)),
        contender("feed", () => peer.atom1()),
        contender("feedsmith", () => generateAtomFeed(smithAtom)),
      ],
    },
    {
      format: jsonFeed,
      itemMark: '"content_html":',
      contenders: [
        contender("feedwright", () => jsonFeed.render(feed)),
        contender("feed", () => peer.json1()),
        contender("feedsmith", () => JSON.stringify(generateJsonFeed(smithJson))),
        contender("JSON.stringify (floor)", () => JSON.stringify(plain)),
      ],
    },
  ];
};
