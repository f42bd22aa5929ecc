import fc from "fast-check";
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
import { describe, expect, it } from "vitest";
import { atom } from "../../src/formats/atom.ts";
import { jsonFeed } from "../../src/formats/json-feed.ts";
import { rss } from "../../src/formats/rss.ts";
import { toFeed } from "../../src/interop/feed-package.ts";
import type { Feed } from "../../src/model/feed.ts";
import { arbitrarySite, arbitraryStories } from "../formats/support/arbitrary-story.ts";
import { FULL, feedAt, LATE, publish } from "../formats/support/publish.ts";
import { render } from "../formats/support/render.ts";

// The same publication, written by the `feed` package and by us, read by one parser. Left out is where feed 6.0.0
// is wrong: `]]>` twice in a text and `<` in a category make XML that is not well-formed (feedsmith takes it all the
// same, unless it looks like a comment), `&amp;` becomes `&`, a carriage return a line feed, a name without an
// address stands as RSS author, and its Atom takes every title for HTML.
const isRight = (feed: Feed): boolean => !/\]\]>|&amp;|<!--|\\r/.test(JSON.stringify(feed));

const tame = (source: string): string =>
  source.replace(/\]\]+(>|&gt;)|&#93;&#93;&gt;|<!--|&#13;/g, "]").replaceAll("&amp;", "&");

const RUNS = 1000;

const instant = (text: string | undefined): number => Date.parse(text ?? "");

const rssFacts = (document: string) => {
  const { title, link, items = [] } = parseRssFeed(document);
  return {
    ...{ title, link },
    items: items.map((item) => ({
      ...{ title: item.title, link: item.link, guid: item.guid?.value, description: item.description },
      published: instant(item.pubDate),
      html: item.content?.encoded,
      categories: (item.categories ?? []).map(({ name, domain }) => ({ name, domain })),
    })),
  };
};

// The package writes a tag: URI as a parser of URLs spells it, though ids are compared character by character.
const spelled = (id: string | undefined): string => new URL(id ?? "").href;

const atomFacts = (document: string) => {
  const { title, entries = [] } = parseAtomFeed(document);
  return {
    title: title?.value,
    entries: entries.map((entry) => ({
      ...{ title: entry.title?.value, id: spelled(entry.id), html: entry.content?.value },
      link: entry.links?.find(({ rel = "alternate" }) => rel === "alternate")?.href,
      published: instant(entry.published),
      updated: instant(entry.updated),
      authors: entry.authors?.map(({ name, uri, email }) => ({ name, uri, email })),
      categories: (entry.categories ?? []).map(({ term, scheme, label }) => ({ term, scheme, label })),
    })),
  };
};

const jsonFacts = (document: string) => {
  const { title, home_page_url, feed_url, items = [] } = parseJsonFeed(document);
  return {
    ...{ title, home_page_url, feed_url },
    items: items.map(({ id, url, title, content_html, date_published, date_modified, tags = [] }) => ({
      ...{ id, url, title, content_html },
      published: instant(date_published),
      // The package says it always, we where it is later.
      modified: instant(date_modified ?? date_published),
      tags: [...new Set(tags)],
    })),
  };
};

describe("the feed package, where it is right,", () => {
  it("says the same of the same publication in all three formats", () =>
    fc.assert(
      fc.asyncProperty(arbitrarySite, arbitraryStories, async (site, stories) => {
        const feed = await feedAt(publish(tame(site), stories.map(tame)), FULL, LATE);
        if (feed === undefined) throw new Error("there is always a main feed");
        fc.pre(isRight(feed));
        const theirs = toFeed(feed);
        expect(rssFacts(theirs.rss2())).toEqual(rssFacts(render(rss, feed)));
        expect(atomFacts(theirs.atom1()).entries).toEqual(atomFacts(render(atom, feed)).entries);
        expect(jsonFacts(theirs.json1())).toEqual(jsonFacts(render(jsonFeed, feed)));
      }),
      { numRuns: RUNS, maxSkipsPerRun: 1 },
    ));
});
