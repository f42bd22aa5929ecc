import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newsmlG2 } from "../../src/dialects/newsml-g2.ts";
import { ninjs } from "../../src/dialects/ninjs.ts";
import type { BareFeed } from "../../src/model/feed.ts";
import type { Item } from "../../src/model/item.ts";
import { render } from "../formats/support/render.ts";
import { richFeed, sampleFeed, sampleItem } from "../formats/support/samples.ts";
import { newsmlFaults, ninjsFaults } from "./schemas.ts";

const PUBLISHED = Date.UTC(2026, 0, 1);
const CORRECTED = PUBLISHED + 60_000;
const WITHDRAWN = PUBLISHED + 120_000;

const bare = (changes: Parameters<typeof sampleFeed>[0]): BareFeed => {
  const { base: _, ...feed } = sampleFeed(changes);
  return feed;
};

const feedOf = (item: Partial<Item>): BareFeed =>
  bare({ items: [sampleItem({ published: PUBLISHED, updated: PUBLISHED, ...item })], updated: PUBLISHED });

const NOTICE = {
  id: "tag:example.org,2026:story",
  slug: "story",
  url: "https://example.org/articles/story",
  published: PUBLISHED,
  at: WITHDRAWN,
  reason: "It was <wrong> & more.",
};

const withdrawn: BareFeed = bare({ items: [], notices: [NOTICE], tombstones: [NOTICE], updated: WITHDRAWN });

describe("ninjs 3.1", () => {
  const objectsOf = (feed: BareFeed): readonly Readonly<Record<string, unknown>>[] =>
    JSON.parse(render(ninjs, feed)).associations;

  it.each([
    ["a rich feed", richFeed],
    ["an empty feed", bare({ items: [] })],
    ["a withdrawal", withdrawn],
    ["a story with required values only", feedOf({})],
    ["a story without a title", feedOf({ title: "", firstWords: "Some words" })],
  ])("is what its JSON Schema allows: %s", (_, feed) => {
    expect(ninjsFaults(JSON.parse(render(ninjs, feed)))).toEqual([]);
  });

  it("is refused by its schema if a story has another key: the schema is really asked", () => {
    expect(ninjsFaults({ ...JSON.parse(render(ninjs, richFeed)), other: 1 })).not.toEqual([]);
  });

  it("says of a story what the publisher wrote", () => {
    const [object] = objectsOf(
      feedOf({ html: "<p>“Hi” & </p>", authors: [{ key: "a", name: "Ann" }], language: "de" }),
    );
    expect(object).toMatchObject({
      uri: "tag:example.org,2026:story",
      pubStatus: "usable",
      version: "1",
      language: "de",
      by: "Ann",
      headlines: [{ role: "main", contentType: "text/plain", value: "Story" }],
      bodies: [{ role: "main", contentType: "text/html", value: "<p>“Hi” & </p>" }],
      altIds: [{ role: "webPage", value: "https://example.org/articles/story" }],
    });
  });

  it("tells a correction by a newer version, and a withdrawal by the status canceled, with nothing of title and text", () => {
    const [before] = objectsOf(feedOf({}));
    const [after] = objectsOf(feedOf({ updated: CORRECTED }));
    const [marked] = objectsOf(withdrawn);
    expect([before, after, marked].map((one) => [one?.uri, one?.version, one?.versionCreated, one?.pubStatus])).toEqual(
      [
        [NOTICE.id, "1", "2026-01-01T00:00:00Z", "usable"],
        [NOTICE.id, "61", "2026-01-01T00:01:00Z", "usable"],
        [NOTICE.id, "121", "2026-01-01T00:02:00Z", "canceled"],
      ],
    );
    expect(marked).toMatchObject({ edNote: NOTICE.reason });
    expect(JSON.stringify(marked)).not.toMatch(/In full|"Story"/);
    expect(objectsOf(bare({ items: [] }))).toEqual([]);
  });
});

describe("NewsML-G2 2.35", () => {
  it.each([
    ["a rich feed", richFeed],
    ["a withdrawal", withdrawn],
    ["a story with required values only", feedOf({})],
    ["a story without a title", feedOf({ title: "", firstWords: "Some words" })],
  ])("is what its XML Schema allows: %s", (_, feed) => {
    expect(newsmlFaults(render(newsmlG2, feed))).toEqual([]);
  });

  it("is refused by its schema if something stands where it may not: the schema is really asked", () => {
    expect(newsmlFaults(render(newsmlG2, richFeed).replace("<itemMeta>", "<itemMeta><title>x</title>"))).not.toEqual(
      [],
    );
  });

  it("tells a correction and a withdrawal by the next version of the same item", () => {
    const read = (feed: BareFeed) => {
      const [, guid, version, status] =
        /guid="([^"]+)" version="(\d+)"[\s\S]*?<pubStatus qcode="([^"]+)"/.exec(render(newsmlG2, feed)) ?? [];
      return [guid, version, status];
    };
    expect([feedOf({}), feedOf({ updated: CORRECTED }), withdrawn].map(read)).toEqual([
      [NOTICE.id, "1", "stat:usable"],
      [NOTICE.id, "61", "stat:usable"],
      [NOTICE.id, "121", "stat:canceled"],
    ]);
    expect(render(newsmlG2, withdrawn)).not.toMatch(/In full|>Story</);
    expect(render(newsmlG2, withdrawn)).toContain("<edNote>It was &#x3C;wrong&#x3E; &#x26; more.</edNote>");
  });
});

// In the model all of these are on one line.
const hostile = fc
  .string({
    unit: fc.constantFrom("]]>", "<", ">", "&", "&amp;", '"', "'", "é", "漢", "👩‍👧", "\u{202e}", "a ", "]]"),
  })
  .filter((text) => text.trim() !== "");

describe("any words of a publisher", () => {
  it("pass both schemas and come out as they were", () =>
    fc.assert(
      fc.property(hostile, hostile, (words, name) => {
        const feed = feedOf({
          title: words,
          summary: words,
          html: `<p>${words.replace(/[<&]/g, "")}</p>`,
          authors: [{ key: "a", name }],
        });
        expect(newsmlFaults(render(newsmlG2, feed))).toEqual([]);
        const document: unknown = JSON.parse(render(ninjs, feed));
        expect(ninjsFaults(document)).toEqual([]);
        expect(document).toMatchObject({ associations: [{ by: name, headlines: [{ value: words }] }] });
      }),
      { numRuns: 60 },
    ));
});
