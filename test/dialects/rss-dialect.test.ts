import fc from "fast-check";
import { parseRssFeed } from "feedsmith";
import { describe, expect, it } from "vitest";
import type { Dialect } from "../../src/dialects/dialect.ts";
import { dialectByName, dialects } from "../../src/dialects/dialects.ts";
import { flipboard } from "../../src/dialects/flipboard.ts";
import { msn } from "../../src/dialects/msn.ts";
import { newsbreak } from "../../src/dialects/newsbreak.ts";
import { smartnews } from "../../src/dialects/smartnews.ts";
import type { BareFeed } from "../../src/model/feed.ts";
import { categoriesOf, headlineOf, linkOf } from "../../src/model/item.ts";
import { arbitrarySite, arbitraryStories } from "../formats/support/arbitrary-story.ts";
import { textOfHtml } from "../formats/support/html.ts";
import { atomName, contentName, dcName, mediaName, snfName } from "../formats/support/names.ts";
import { publish, someFeed } from "../formats/support/publish.ts";
import { render } from "../formats/support/render.ts";
import {
  richFeed,
  richImage,
  richItem,
  sampleChannel,
  sampleFeed,
  sampleItem,
  UPDATED,
} from "../formats/support/samples.ts";
import { childOf, childrenOf, readXml, textOf, textsOf, type XmlElement } from "../formats/support/xml-reader.ts";

const ALL = [flipboard, msn, newsbreak, smartnews].map((dialect) => ({ name: dialect.name, dialect }));
const PLAIN = ["flipboard", "msn"];

const channelOf = (dialect: Dialect, feed: BareFeed): XmlElement => childOf(readXml(render(dialect, feed)), "channel");

const descriptionOf = (dialect: Dialect, item: XmlElement): string | undefined => {
  const description = textOf(item, "description");
  return PLAIN.includes(dialect.name) ? description : description && textOfHtml(description);
};

/** What must be read of each story. */
/** Flipboard's description goes on with the text. */
const expectedItems = ({ items, view }: BareFeed, dialect: Dialect) =>
  items.map((item) => ({
    title: headlineOf(item),
    link: linkOf(item),
    description: dialect === flipboard ? expect.stringContaining(item.summary.replace(/…$/, "")) : item.summary,
    guid: item.id,
    html: view.text === "full" ? item.html : undefined,
    authors: item.authors.map(({ name }) => name),
    categories: categoriesOf(item).map(({ name }) => name),
    language: item.language,
    license: item.license,
  }));

const readItems = (dialect: Dialect, channel: XmlElement) =>
  childrenOf(channel, "item").map((item) => ({
    title: textOf(item, "title"),
    link: textOf(item, "link"),
    description: descriptionOf(dialect, item),
    guid: textOf(item, "guid"),
    html: textOf(item, contentName("encoded")),
    authors: textsOf(item, dcName("creator")),
    categories: textsOf(item, "category"),
    language: textOf(item, dcName("language")),
    license: childrenOf(item, atomName("link"))[0]?.attributes.get("href"),
  }));

describe("a dialect that is RSS", () => {
  it.each(ALL)("is found by its name: $name", ({ name, dialect }) => {
    expect(dialectByName(name)).toBe(dialect);
    expect(dialect.fileName).toBe(`${name}.xml`);
  });

  it("stands at its place in the order of names", () => {
    const names = dialects.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
  });

  it.each(ALL)("says in $name what a publisher wrote, to the byte, and the same of the same feed", ({ dialect }) =>
    fc.assert(
      fc.asyncProperty(arbitrarySite, arbitraryStories, fc.nat({ max: 4096 }), async (site, stories, index) => {
        const { feed } = await someFeed(publish(site, stories), index);
        const document = render(dialect, feed);
        expect(render(dialect, structuredClone(feed))).toBe(document);
        const channel = childOf(readXml(document), "channel");
        expect(textOf(channel, "title")).toBe(feed.title);
        expect(textOf(channel, "description")).toBe(feed.channel.description);
        const marked = dialect === msn || dialect === smartnews ? feed.notices.length : 0;
        const read = readItems(dialect, channel);
        expect(read.slice(marked)).toEqual(expectedItems(feed, dialect));
        expect(read.slice(0, marked).map(({ guid, description }) => [guid, description])).toEqual(
          feed.notices.slice(0, marked).map(({ id, reason }) => [id, reason]),
        );
      }),
      { numRuns: 75 },
    ),
  );

  it.each(ALL)("is read by feedsmith: $name", ({ dialect }) => {
    const feed = parseRssFeed(render(dialect, richFeed));
    expect(feed.language).toBe("en");
    expect(feed.copyright).toBe("© 2026 & all");
    expect(feed.lastBuildDate).toBe("Fri, 02 Jan 2026 09:00:00 GMT");
    const item = feed.items?.at(-2);
    expect(item?.dc?.creators).toEqual(["Ana & Béla", "Bo"]);
    expect(item?.content?.encoded).toBe("<p>In full</p>");
    expect(item?.guid).toEqual({ value: richItem.id, isPermaLink: false });
  });

  it.each(ALL)("links in $name to no style sheet, no hub and no address of its own", ({ dialect }) => {
    const { base: _base, ...bare } = richFeed;
    const document = render(dialect, bare);
    expect(document).not.toContain("<?xml-stylesheet");
    expect(document).not.toMatch(/rel="(?:self|hub)"/);
  });

  it.each(ALL)("names no date of 1970 in $name if it is empty", ({ dialect }) => {
    const document = render(dialect, sampleFeed({ items: [], updated: 0 }));
    expect(document).not.toMatch(/pubDate|lastBuildDate/);
    expect(readItems(dialect, childOf(readXml(document), "channel"))).toEqual([]);
  });

  it.each(ALL)("has the first words of a story without a title in $name", ({ dialect }) => {
    const feed = sampleFeed({ items: [sampleItem({ title: "", firstWords: "It begins" })] });
    expect(textOf(childOf(channelOf(dialect, feed), "item"), "title")).toBe("It begins");
  });

  it.each(ALL)("has no text in $name where the contract gives summaries", ({ dialect }) => {
    const feed = sampleFeed({ view: { scope: { kind: "all" }, text: "summary" } });
    expect(render(dialect, feed)).not.toContain("In full");
  });
});

describe("the picture of a story", () => {
  const feed = sampleFeed({ items: [richItem] });
  const itemIn = (dialect: Dialect): XmlElement => childOf(channelOf(dialect, feed), "item");

  it.each([msn, newsbreak].map((dialect) => ({ name: dialect.name, dialect })))(
    "is media:content with its credit in $name, the only one",
    ({ dialect }) => {
      const content = childOf(itemIn(dialect), mediaName("content"));
      expect(content.attributes.get("url")).toBe(richImage.url);
      expect(textOf(content, mediaName("credit"))).toBe("Jo");
      expect(textOf(content, mediaName("description"))).toBe("A & B");
    },
  );

  it("is the thumbnail in SmartNews, and nothing else is", () => {
    expect(childOf(itemIn(smartnews), mediaName("thumbnail")).attributes.get("url")).toBe(richImage.url);
    expect(childrenOf(itemIn(smartnews), mediaName("content"))).toEqual([]);
  });

  it.each([flipboard, newsbreak].map((dialect) => ({ name: dialect.name, dialect })))(
    "is the enclosure in $name",
    ({ dialect }) => {
      const { attributes } = childOf(itemIn(dialect), "enclosure");
      expect(Object.fromEntries(attributes)).toEqual({ url: richImage.url, type: "image/jpeg", length: "9" });
    },
  );

  it.each(ALL)("is not there in $name if there is none", ({ dialect }) => {
    expect(render(dialect, sampleFeed())).not.toMatch(/<(?:enclosure|media:content|media:thumbnail)/);
  });
});

describe("the channel of SmartNews", () => {
  const picture = (width: number, height: number) => ({
    url: "https://example.org/media/l.png",
    alt: "",
    width,
    height,
  });
  const logoOf = (width: number, height: number) =>
    childrenOf(
      channelOf(smartnews, sampleFeed({ channel: sampleChannel({ icon: picture(width, height) }) })),
      snfName("logo"),
    );

  it("is dated by the newest change", () => {
    expect(Date.parse(textOf(channelOf(smartnews, richFeed), "pubDate") ?? "")).toBe(UPDATED);
  });

  it("has a logo if a picture of the publication has its size, and only then", () => {
    expect(logoOf(700, 100).map((logo) => textOf(logo, "url"))).toEqual(["https://example.org/media/l.png"]);
    expect(logoOf(701, 100)).toEqual([]);
    expect(logoOf(700, 99)).toEqual([]);
  });
});
