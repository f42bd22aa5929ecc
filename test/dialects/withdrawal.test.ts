import { parseRssFeed } from "feedsmith";
import { describe, expect, it } from "vitest";
import type { Dialect } from "../../src/dialects/dialect.ts";
import { flipboard } from "../../src/dialects/flipboard.ts";
import { msn } from "../../src/dialects/msn.ts";
import { newsbreak } from "../../src/dialects/newsbreak.ts";
import { smartnews } from "../../src/dialects/smartnews.ts";
import type { BareFeed } from "../../src/model/feed.ts";
import { dctermsName, mediaName, msnName } from "../formats/support/names.ts";
import { render } from "../formats/support/render.ts";
import { PUBLISHED, sampleFeed, sampleItem } from "../formats/support/samples.ts";
import { childOf, childrenOf, readXml, textOf, type XmlElement } from "../formats/support/xml-reader.ts";

const CORRECTED = Date.UTC(2026, 0, 2, 9);
const WITHDRAWN = Date.UTC(2026, 0, 3, 12);

const story = sampleItem({ title: "The old title", html: "<p>The old text</p>" });
const corrected = sampleItem({
  title: "The old title",
  html: "<p>The old text, corrected</p>",
  updated: CORRECTED,
  corrections: [{ at: CORRECTED, note: "It was wrong." }],
});
const { id, slug, url, published } = story;
const tombstone = { id, slug, url, published, at: WITHDRAWN, reason: "It was <not> true & more" };

const feeds: Readonly<Record<"before" | "changed" | "marked" | "gone", BareFeed>> = {
  before: sampleFeed({ items: [story], updated: PUBLISHED }),
  changed: sampleFeed({ items: [corrected], updated: CORRECTED }),
  marked: sampleFeed({ items: [], notices: [tombstone], tombstones: [tombstone], updated: WITHDRAWN }),
  gone: sampleFeed({ items: [], tombstones: [tombstone], updated: WITHDRAWN }),
};

const itemsOf = (dialect: Dialect, state: keyof typeof feeds): readonly XmlElement[] =>
  childrenOf(childOf(readXml(render(dialect, feeds[state])), "channel"), "item");

const itemOf = (dialect: Dialect, state: keyof typeof feeds): XmlElement => {
  const [item, ...others] = itemsOf(dialect, state);
  if (item === undefined || others.length > 0) throw new Error(`${dialect.name} has not one item when ${state}`);
  return item;
};

const dateOf = (item: XmlElement, name = "pubDate"): number => Date.parse(textOf(item, name) ?? "");

const ALL = [flipboard, msn, newsbreak, smartnews].map((dialect) => ({ name: dialect.name, dialect }));

describe("a story that is corrected, then withdrawn", () => {
  it.each(ALL)("has the same id in $name, whatever happens to it", ({ dialect }) => {
    expect(textOf(itemOf(dialect, "before"), "guid")).toBe(id);
    expect(textOf(itemOf(dialect, "changed"), "guid")).toBe(id);
    for (const item of itemsOf(dialect, "marked")) expect(textOf(item, "guid")).toBe(id);
  });

  it.each(ALL)("leaves nothing of its title and text in $name", ({ dialect }) => {
    expect(render(dialect, feeds.changed)).toContain("The old text, corrected");
    expect(render(dialect, feeds.marked)).not.toContain("old");
    expect(itemsOf(dialect, "gone")).toEqual([]);
  });

  it("is newer by dcterms:modified for MSN, and then expired at the instant of its withdrawal", () => {
    const states = (["before", "changed", "marked"] as const).map((state) => itemOf(msn, state));
    expect(states.map((item) => dateOf(item))).toEqual([PUBLISHED, PUBLISHED, PUBLISHED]);
    expect(states.map((item) => dateOf(item, dctermsName("modified")))).toEqual([Number.NaN, CORRECTED, WITHDRAWN]);
    for (const name of [dctermsName("valid"), msnName("expirationDate")]) {
      expect(states.map((item) => textOf(item, name))).toEqual([undefined, undefined, "2026-01-03T12:00:00Z"]);
    }
  });

  it("has a new pubDate each time for SmartNews, and then the status deleted", () => {
    const states = (["before", "changed", "marked"] as const).map((state) => itemOf(smartnews, state));
    expect(states.map((item) => dateOf(item))).toEqual([PUBLISHED, CORRECTED, WITHDRAWN]);
    const statuses = states.map((item) => childOf(item, mediaName("status")));
    expect(statuses.map(({ text }) => text)).toEqual(["active", "active", "deleted"]);
    expect(statuses.map(({ attributes }) => attributes.get("state"))).toEqual(["active", "active", "deleted"]);
  });

  it.each([flipboard, newsbreak].map((dialect) => ({ name: dialect.name, dialect })))(
    "has a new pubDate for $name, and then leaves the feed",
    ({ dialect }) => {
      expect(dateOf(itemOf(dialect, "before"))).toBe(PUBLISHED);
      expect(dateOf(itemOf(dialect, "changed"))).toBe(CORRECTED);
      expect(itemsOf(dialect, "marked")).toEqual([]);
    },
  );

  it.each([
    { name: "msn", dialect: msn, description: "It was <not> true & more" },
    { name: "smartnews", dialect: smartnews, description: "It was &#x3C;not&#x3E; true &#x26; more" },
  ])("says why in $name, in the publication's words", ({ dialect, description }) => {
    const [item] = parseRssFeed(render(dialect, feeds.marked)).items ?? [];
    expect(item?.title).toBe("Withdrawn");
    expect(item?.link).toBe(url);
    expect(item?.description).toBe(description);
  });

  it("tells MSN in advance when it expires", () => {
    const feed = sampleFeed({ items: [sampleItem({ expires: WITHDRAWN })] });
    const item = childOf(childOf(readXml(render(msn, feed)), "channel"), "item");
    expect(textOf(item, msnName("expirationDate"))).toBe("2026-01-03T12:00:00Z");
  });
});
