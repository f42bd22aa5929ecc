import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atom } from "../../src/formats/atom.ts";
import type { Format } from "../../src/formats/format.ts";
import { jsonFeed } from "../../src/formats/json-feed.ts";
import { rss } from "../../src/formats/rss.ts";
import type { Feed } from "../../src/model/feed.ts";
import { arbitrarySite, arbitraryStories } from "./support/arbitrary-story.ts";
import { violationsOfAtom } from "./support/atom-rules.ts";
import {
  expectedAtomStories,
  expectedTombstones,
  readAtomStories,
  readAtomStoriesByFeedsmith,
  readTombstones,
} from "./support/atom-stories.ts";
import { throughFeedsmith } from "./support/feedsmith.ts";
import { expectedHead, readHead } from "./support/heads.ts";
import { violationsOfJsonFeed } from "./support/json-feed-schema.ts";
import { expectedJsonStories, readJsonStories, readJsonStoriesByFeedsmith } from "./support/json-stories.ts";
import { publish, someFeed } from "./support/publish.ts";
import { render } from "./support/render.ts";
import { violationsOfRss } from "./support/rss-rules.ts";
import {
  expectedRssStories,
  readRssStories,
  readRssStoriesByFeedsmith,
  withPlainDescription,
} from "./support/rss-stories.ts";

const RUNS = 100;

/** Checks documents of any publication, in any view, at any time, each against its feed. */
const checkAnyFeed = (format: Format, check: (document: string, feed: Feed, now: number) => void): Promise<void> =>
  fc.assert(
    fc.asyncProperty(arbitrarySite, arbitraryStories, fc.nat({ max: 4096 }), async (site, stories, index) => {
      const { feed, now } = await someFeed(publish(site, stories), index);
      const document = render(format, feed);
      expect(render(format, structuredClone(feed)), "the same feed gives the same bytes").toBe(document);
      expect(readHead(format, document)).toEqual(expectedHead(format, feed));
      check(document, feed, now);
    }),
    { numRuns: RUNS },
  );

describe("whatever a publisher writes", () => {
  it("is mostly accepted by the compiler, so that the other tests have something to check", () => {
    const samples = fc.sample(fc.tuple(arbitrarySite, arbitraryStories), { numRuns: 200, seed: 1 });
    const accepted = samples.filter(([site, sources]) => publish(site, sources).transitions.length > 0);
    expect(accepted.length).toBeGreaterThan(150);
  });

  it("is what RSS says, without breaking a rule of RSS 2.0 or its profile", () =>
    checkAnyFeed(rss, (document, feed, now) => {
      const expected = expectedRssStories(feed);
      expect(readRssStories(document).map(withPlainDescription)).toEqual(expected);
      expect(readRssStoriesByFeedsmith(document).map(withPlainDescription)).toEqual(throughFeedsmith(expected));
      expect(violationsOfRss(document, now)).toEqual([]);
    }));

  it("is what Atom says, without breaking a rule of RFC 4287 or RFC 6721", () =>
    checkAnyFeed(atom, (document, feed) => {
      const expected = expectedAtomStories(feed);
      expect(readAtomStories(document)).toEqual(expected);
      expect(readTombstones(document)).toEqual(expectedTombstones(feed));
      expect(readAtomStoriesByFeedsmith(document)).toEqual(throughFeedsmith(expected));
      expect(violationsOfAtom(document)).toEqual([]);
    }));

  it("is what JSON Feed says, without breaking a rule of version 1.1", () =>
    checkAnyFeed(jsonFeed, (document, feed) => {
      const expected = expectedJsonStories(feed);
      expect(readJsonStories(document)).toEqual(expected);
      expect(readJsonStoriesByFeedsmith(document)).toEqual(expected);
      expect(violationsOfJsonFeed(document)).toEqual([]);
    }));
});
