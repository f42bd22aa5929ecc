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

const RUNS = 1000;

/** Renders a feed of any publication, from any view, at any moment, and holds the document against the feed. */
const holdsForAnyFeed = (format: Format, holds: (document: string, feed: Feed, now: number) => void): Promise<void> =>
  fc.assert(
    fc.asyncProperty(arbitrarySite, arbitraryStories, fc.nat({ max: 4096 }), async (site, stories, index) => {
      const { feed, now } = await someFeed(publish(site, stories), index);
      const document = render(format, feed);
      expect(render(format, structuredClone(feed)), "the same feed gives the same bytes").toBe(document);
      expect(readHead(format, document)).toEqual(expectedHead(format, feed));
      holds(document, feed, now);
    }),
    { numRuns: RUNS },
  );

describe("whatever a publisher writes", () => {
  it("is mostly accepted, so that the rest of these tests has something to look at", () => {
    const samples = fc.sample(fc.tuple(arbitrarySite, arbitraryStories), { numRuns: 200, seed: 1 });
    const accepted = samples.filter(([site, sources]) => publish(site, sources).transitions.length > 0);
    expect(accepted.length).toBeGreaterThan(150);
  });

  it("RSS says exactly it, and breaks no rule of RSS 2.0 and its profile", () =>
    holdsForAnyFeed(rss, (document, feed, now) => {
      const expected = expectedRssStories(feed);
      expect(readRssStories(document).map(withPlainDescription)).toEqual(expected);
      expect(readRssStoriesByFeedsmith(document).map(withPlainDescription)).toEqual(throughFeedsmith(expected));
      expect(violationsOfRss(document, now)).toEqual([]);
    }));

  it("Atom says exactly it, and breaks no rule of RFC 4287 and RFC 6721", () =>
    holdsForAnyFeed(atom, (document, feed) => {
      const expected = expectedAtomStories(feed);
      expect(readAtomStories(document)).toEqual(expected);
      expect(readTombstones(document)).toEqual(expectedTombstones(feed));
      expect(readAtomStoriesByFeedsmith(document)).toEqual(throughFeedsmith(expected));
      expect(violationsOfAtom(document)).toEqual([]);
    }));

  it("JSON Feed says exactly it, and breaks no rule of version 1.1", () =>
    holdsForAnyFeed(jsonFeed, (document, feed) => {
      const expected = expectedJsonStories(feed);
      expect(readJsonStories(document)).toEqual(expected);
      expect(readJsonStoriesByFeedsmith(document)).toEqual(expected);
      expect(violationsOfJsonFeed(document)).toEqual([]);
    }));
});
