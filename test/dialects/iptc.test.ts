import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newsmlG2 } from "../../src/dialects/newsml-g2.ts";
import { ninjs } from "../../src/dialects/ninjs.ts";
import type { BareFeed } from "../../src/model/feed.ts";
import type { Item, Usage } from "../../src/model/item.ts";
import { render } from "../formats/support/render.ts";
import { richFeed, richImage, sampleChannel, sampleFeed, sampleItem } from "../formats/support/samples.ts";
import { childOf, childrenOf, readXml, textOf, type XmlElement } from "../formats/support/xml-reader.ts";
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

/** After the notice: nothing is told of the story. */
const gone: BareFeed = bare({ items: [], tombstones: [NOTICE], updated: WITHDRAWN });

/** A feed with one story where `usage` and licences are stated of the publication. */
const statedFeed = (
  usage: Usage | undefined,
  licenses: { readonly site?: string; readonly story?: string },
): BareFeed =>
  bare({
    channel: sampleChannel({
      ...(usage !== undefined && { usage }),
      ...(licenses.site !== undefined && { license: licenses.site }),
    }),
    items: [sampleItem(licenses.story === undefined ? {} : { license: licenses.story })],
  });

const CC = "https://creativecommons.org/licenses/by/4.0/";
const OTHER = "https://example.net/license?a=1&b=2";
const TERMS = "https://example.net/terms";

describe("ninjs 3.1", () => {
  const objectsOf = (feed: BareFeed): readonly Readonly<Record<string, unknown>>[] =>
    JSON.parse(render(ninjs, feed)).associations;

  it.each([
    ["a rich feed", richFeed],
    ["an empty feed", bare({ items: [] })],
    ["a withdrawal", withdrawn],
    ["a story with required values only", feedOf({})],
    ["a story without a title", feedOf({ title: "", firstWords: "Some words" })],
    ["summaries", { ...richFeed, view: { ...richFeed.view, text: "summary" } } satisfies BareFeed],
    ["after the notice", gone],
    ["terms for machines", statedFeed({ search: true, aiTrain: false }, {})],
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
    expect(objectsOf(gone)).toEqual([]);
  });

  it("names its standard in each story, as partners store them one by one", () => {
    for (const object of [...objectsOf(richFeed), ...objectsOf(withdrawn)]) {
      expect(object.standard).toMatchObject({ name: "ninjs", version: "3.1" });
    }
  });

  it("says that a story is partial if it has the summary only, and never that it is full: it may be the first blocks", () => {
    const summaries: BareFeed = { ...feedOf({}), view: { ...richFeed.view, text: "summary" } };
    expect(objectsOf(summaries)).toMatchObject([{ representationType: "partial" }]);
    expect(objectsOf(summaries)[0]).not.toHaveProperty("bodies");
    expect(objectsOf(feedOf({}))[0]).not.toHaveProperty("representationType");
  });

  it.each<[string, BareFeed, string | undefined, object | undefined]>([
    ["nothing is stated", statedFeed(undefined, {}), undefined, undefined],
    ["the publication has a licence", statedFeed(undefined, { site: CC }), CC, { linkedRights: CC }],
    ["the story has another", statedFeed(undefined, { site: CC, story: OTHER }), OTHER, { linkedRights: OTHER }],
    [
      "machines have terms of their own",
      statedFeed({ aiTrain: false, license: TERMS }, { story: OTHER }),
      OTHER,
      { linkedRights: TERMS },
    ],
    [
      "machines have no terms to read",
      statedFeed({ search: true, aiTrain: false }, {}),
      undefined,
      { langId: "https://rslstandard.org/rsl", encodedRights: expect.stringContaining("ai-train</prohibits>") },
    ],
  ])("tells the licence to people, and the terms to machines: %s", (_, feed, usageTerms, rightsInfo) => {
    const [object] = objectsOf(feed);
    expect([object?.usageTerms, object?.rightsInfo]).toEqual([usageTerms, rightsInfo]);
  });
});

describe("NewsML-G2 2.35", () => {
  const NAR = "{http://iptc.org/std/nar/2006-10-01/}";

  const itemsOf = (feed: BareFeed): readonly XmlElement[] =>
    childOf(readXml(render(newsmlG2, feed)), `${NAR}itemSet`).children;

  const itemOf = (feed: BareFeed): XmlElement => {
    const [item, ...others] = itemsOf(feed);
    if (item?.name !== `${NAR}newsItem` || others.length > 0) throw new Error("there is not one news item");
    return item;
  };

  const within = (element: XmlElement, ...names: readonly string[]): XmlElement =>
    names.reduce((found, name) => childOf(found, NAR + name), element);

  it.each([
    ["a rich feed", richFeed],
    ["a withdrawal", withdrawn],
    ["a story with required values only", feedOf({})],
    ["a story without a title", feedOf({ title: "", firstWords: "Some words" })],
    ["an empty feed", bare({ items: [], updated: 0 })],
    ["summaries", { ...richFeed, view: { ...richFeed.view, text: "summary" } } satisfies BareFeed],
    ["after the notice", gone],
    ["a story that expires", feedOf({ expires: WITHDRAWN })],
    ["licences and terms", statedFeed({ search: true, aiTrain: false, license: TERMS }, { site: CC, story: OTHER })],
  ])("is what its XML Schema allows: %s", (_, feed) => {
    expect(newsmlFaults(render(newsmlG2, feed))).toEqual([]);
  });

  it("is refused by its schema if something stands where it may not: the schema is really asked", () => {
    expect(newsmlFaults(render(newsmlG2, richFeed).replace("<itemMeta>", "<itemMeta><title>x</title>"))).not.toEqual(
      [],
    );
  });

  it("tells a correction and a withdrawal by the next version of the same item, and then nothing of it", () => {
    const read = (feed: BareFeed) => {
      const { attributes, ...item } = itemOf(feed);
      const meta = within({ attributes, ...item }, "itemMeta");
      const status = within(meta, "pubStatus").attributes.get("qcode");
      return [attributes.get("guid"), attributes.get("version"), textOf(meta, `${NAR}versionCreated`), status];
    };
    expect([feedOf({}), feedOf({ updated: CORRECTED }), withdrawn].map(read)).toEqual([
      [NOTICE.id, "1", "2026-01-01T00:00:00Z", "stat:usable"],
      [NOTICE.id, "61", "2026-01-01T00:01:00Z", "stat:usable"],
      [NOTICE.id, "121", "2026-01-01T00:02:00Z", "stat:canceled"],
    ]);
    expect(render(newsmlG2, withdrawn)).not.toMatch(/In full|>Story</);
    expect(textOf(within(itemOf(withdrawn), "itemMeta"), `${NAR}edNote`)).toBe(NOTICE.reason);
    expect(itemsOf(gone).map(({ name }) => name)).toEqual([`${NAR}packageItem`]);
  });

  it("has an item in every message, and an empty package in none that tells anything", () => {
    expect(itemsOf(bare({ items: [] })).map(({ attributes }) => attributes.get("guid"))).toEqual([
      "tag:example.org,2026:feeds",
    ]);
    for (const feed of [richFeed, withdrawn]) {
      expect(itemsOf(feed).map(({ name }) => name)).not.toContain(`${NAR}packageItem`);
    }
  });

  it("says when a story expires", () => {
    const meta = (feed: BareFeed) => within(itemOf(feed), "itemMeta");
    expect(textOf(meta(feedOf({ expires: WITHDRAWN })), `${NAR}expires`)).toBe("2026-01-01T00:02:00Z");
    expect(textOf(meta(feedOf({})), `${NAR}expires`)).toBeUndefined();
  });

  const rightsIn = (feed: BareFeed) => {
    const info = within(itemOf(feed), "rightsInfo");
    const first = (name: string) => childrenOf(info, NAR + name)[0];
    return {
      people: [textOf(info, `${NAR}usageTerms`), first("usageTerms")?.attributes.get("href")],
      machines: first("link")?.attributes.get("href"),
      mining: first("dataMining")?.attributes.get("uri")?.replace("http://ns.useplus.org/ldf/vocab/DMI-", ""),
    };
  };

  it("tells the licence to people, and the terms to machines", () => {
    expect(rightsIn(statedFeed(undefined, {}))).toEqual({ people: [undefined, undefined] });
    expect(rightsIn(statedFeed(undefined, { site: CC, story: OTHER }))).toEqual({ people: [OTHER, OTHER] });
    expect(rightsIn(statedFeed({ aiTrain: false, license: TERMS }, { site: CC }))).toEqual({
      ...{ people: [CC, CC], machines: TERMS, mining: "PROHIBITED-AIMLTRAINING" },
    });
  });

  it.each<[Usage, string | undefined]>([
    [{ search: true, aiInput: true, aiTrain: true }, "ALLOWED"],
    [{ search: true, aiInput: true, aiTrain: false }, "PROHIBITED-AIMLTRAINING"],
    [{ search: true, aiInput: false, aiTrain: false }, "PROHIBITED-EXCEPTSEARCHENGINEINDEXING"],
    [{ search: false, aiInput: false, aiTrain: false }, "PROHIBITED"],
    [{ aiInput: false, aiTrain: false }, "PROHIBITED-AIMLTRAINING"],
    [{ search: false, aiTrain: false }, "PROHIBITED-AIMLTRAINING"],
    [{ aiTrain: true }, undefined],
    [{ search: true, aiInput: false }, undefined],
    [{ license: TERMS }, undefined],
  ])("says of data mining what the vocabulary of PLUS has a word for: %j", (usage, mining) => {
    expect(rightsIn(statedFeed(usage, {})).mining).toBe(mining);
    expect(newsmlFaults(render(newsmlG2, statedFeed(usage, {})))).toEqual([]);
  });

  it.each([
    ["words", ["]]>", "<b>&amp;</b>", "é 漢 👩‍👧 \u{202e}", "\"'"].join(" ")],
    ["two ends of a section", "]]>]]>"],
  ])("carries %s to a reader as they were", (_, words) => {
    const item = itemOf(
      feedOf({ title: words, summary: words, html: `<p>${words}</p>`, authors: [{ key: "a", name: words }] }),
    );
    const meta = within(item, "contentMeta");
    expect([textOf(meta, `${NAR}headline`), textOf(meta, `${NAR}description`)]).toEqual([words, words]);
    expect(textOf(within(meta, "creator"), `${NAR}name`)).toBe(words);
    const { text, attributes } = within(item, "contentSet", "inlineData");
    expect([text, attributes.get("contenttype")]).toEqual([
      `<p>${words.replaceAll("]]>", "]]&#x3E;")}</p>`,
      "text/html",
    ]);
  });
});

// In the model all of these are on one line.
const hostile = fc
  .string({
    unit: fc.constantFrom("]]>", "<", ">", "&", "&amp;", '"', "'", "é", "漢", "👩‍👧", "\u{202e}", "a ", "]]"),
  })
  .filter((text) => text.trim() !== "");

const textsIn = ({ text, children }: XmlElement): readonly string[] => [text, ...children.flatMap(textsIn)];

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
        const message = render(newsmlG2, feed);
        expect(newsmlFaults(message)).toEqual([]);
        expect(JSON.stringify(textsIn(readXml(message)))).toContain(JSON.stringify(words));
        expect(textsIn(readXml(message))).toContain(name);
        const document: unknown = JSON.parse(render(ninjs, feed));
        expect(ninjsFaults(document)).toEqual([]);
        expect(document).toMatchObject({ associations: [{ by: name, headlines: [{ value: words }] }] });
      }),
      { numRuns: 60 },
    ));
});

describe("any address", () => {
  it("passes both schemas, wherever it stands", () =>
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(..."[]|{}^`\\%#?&=/:@'\"<> a9é漢", "%zz"), maxLength: 12 }),
        (text) => {
          fc.pre(URL.canParse(`https://example.org/${text}`));
          const { href: url } = new URL(`https://example.org/${text}`);
          const feed = feedOf({
            ...{ url, license: url, image: { ...richImage, url }, source: { title: "The Paper", url } },
            authors: [{ key: "a", name: "Ann", url }],
            attachments: [{ url, type: "audio/mpeg" }],
          });
          expect(ninjsFaults(JSON.parse(render(ninjs, feed)))).toEqual([]);
          expect(newsmlFaults(render(newsmlG2, feed))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    ));
});
