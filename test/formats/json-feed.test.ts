import { describe, expect, it } from "vitest";
import { jsonFeed } from "../../src/formats/json-feed.ts";
import type { Channel } from "../../src/model/channel.ts";
import type { Item } from "../../src/model/item.ts";
import { englishWords } from "../../src/model/words/en.ts";
import { violationsOfJsonFeed } from "./support/json-feed-schema.ts";
import { render } from "./support/render.ts";
import {
  expired,
  mixedAttachments,
  orderedNames,
  richFeed,
  richImage,
  richItem,
  sampleChannel,
  sampleFeed,
  sampleItem,
  UPDATED,
  withdrawn,
} from "./support/samples.ts";

interface Parsed extends Readonly<Record<string, unknown>> {
  readonly items: readonly Readonly<Record<string, unknown>>[];
}

const read = (feed = richFeed): Parsed => JSON.parse(render(jsonFeed, feed));

const feedWith = (changes: Partial<Channel>) => read(sampleFeed({ channel: sampleChannel(changes), items: [] }));

const itemWith = (changes: Partial<Item> = {}) => read(sampleFeed({ items: [sampleItem(changes)] })).items[0];

describe("a JSON Feed's item without a title", () => {
  it("leaves the key out", () => {
    expect(itemWith({ title: "" })).not.toHaveProperty("title");
    expect(violationsOfJsonFeed(render(jsonFeed, sampleFeed({ items: [sampleItem({ title: "" })] })))).toEqual([]);
  });
});

describe("a JSON Feed", () => {
  it("has version, title, items, home page and its own address", () => {
    expect(read(sampleFeed({ items: [], base: "https://example.org/tags/iraq/" }))).toEqual({
      version: "https://jsonfeed.org/version/1.1",
      title: "The Courier",
      home_page_url: "https://example.org/",
      feed_url: "https://example.org/tags/iraq/feed.json",
      description: "News of every kind",
      authors: [{ name: "The Courier", url: "https://example.org/" }],
      language: "en",
      items: [],
    });
  });

  it("breaks no rule, whether it has all values or as few as possible", () => {
    expect(violationsOfJsonFeed(render(jsonFeed, richFeed))).toEqual([]);
    expect(violationsOfJsonFeed(render(jsonFeed, sampleFeed({ items: [] })))).toEqual([]);
  });

  it("is application/feed+json, and found by clients that ask for plain JSON", () => {
    expect(jsonFeed.mediaType).toBe("application/feed+json");
    expect(jsonFeed.alsoKnownAs).toEqual(["application/json"]);
  });

  it("names its hubs with their type", () => {
    expect(read().hubs).toEqual([
      { type: "WebSub", url: "https://hub.example.net/" },
      { type: "WebSub", url: "https://hub.example.com/?a=1&b=2" },
    ]);
  });

  it("has an icon, and a favicon only if the picture is square", () => {
    expect(read().icon).toBe("https://example.org/media/icon.png");
    expect(read()).not.toHaveProperty("favicon");
    expect(feedWith({ image: { ...richImage, width: 64, height: 64 } }).favicon).toBe(richImage.url);
    expect(feedWith({ image: { url: richImage.url, alt: "" } })).not.toHaveProperty("favicon");
  });

  it("continues in the archive page before it: in the document of this format", () => {
    const previous = "https://example.org/archive/2/";
    expect(read(sampleFeed({ previous })).next_url).toBe("https://example.org/archive/2/feed.json");
    expect(read(sampleFeed({ current: "https://example.org/" }))).not.toHaveProperty("next_url");
  });

  it("has the title and the page of its view, not those of the publication", () => {
    const { title, home_page_url } = read(sampleFeed({ title: "Iraq", page: "https://example.org/articles/iraq" }));
    expect([title, home_page_url]).toEqual(["Iraq", "https://example.org/articles/iraq"]);
  });

  it("keeps rights and licence in an extension: underscore, letter, no full stop", () => {
    expect(read()._feedwright).toEqual({
      rights: "© 2026 & all",
      license: "https://creativecommons.org/licenses/by-nd/4.0/",
    });
    expect(feedWith({ rights: "All" })._feedwright).toEqual({ rights: "All" });
    expect(feedWith({ license: "https://l.example/" })._feedwright).toEqual({ license: "https://l.example/" });
  });
});

describe("a JSON Feed item", () => {
  it("has its id, its address, both texts and its date", () => {
    expect(itemWith()).toEqual({
      id: "tag:example.org,2026:story",
      url: "https://example.org/articles/story",
      title: "Story",
      content_html: "<p>In full</p>",
      summary: "In short",
      date_published: "2026-01-01T18:00:00Z",
    });
  });

  it("has content_text in a feed of summaries, because one of the two is required", () => {
    const [item] = read(sampleFeed({ view: { scope: { kind: "all" }, text: "summary" } })).items;
    expect(item?.content_text).toBe("In short");
    expect(item).not.toHaveProperty("content_html");
  });

  it("has all values that a story can have", () => {
    expect(itemWith(richItem)).toEqual({
      id: "tag:example.org,2026:story",
      url: "https://elsewhere.example/story?a=1&b=2",
      title: "Story",
      content_html: "<p>In full</p>",
      summary: "In short",
      image: "https://example.org/media/a.jpg",
      date_published: "2026-01-01T18:00:00Z",
      date_modified: "2026-01-02T09:00:00Z",
      authors: [{ name: "Ana & Béla", url: "https://example.org/ana?a=1&b=2" }, { name: "Bo" }],
      tags: ["World & Politics", "C++ & <C>", "Iraq"],
      language: "ar",
      attachments: [
        {
          url: "https://example.org/media/a.mp3",
          mime_type: "audio/mpeg",
          title: "Listen & learn",
          size_in_bytes: 100,
          duration_in_seconds: 61,
        },
        { url: "https://cdn.example.net/b.pdf?a=1&b=2", mime_type: "application/pdf" },
      ],
      _feedwright: {
        source: { title: "The Paper", url: "https://paper.example/1", author: "Jo Writer" },
        license: "https://creativecommons.org/licenses/by/4.0/",
        corrections: [{ at: "2026-01-02T09:00:00Z", note: "It was red & not blue." }],
      },
    });
  });

  it.each<[Partial<Item>, unknown]>([
    [{ license: "https://l.example/" }, { license: "https://l.example/" }],
    [{ source: { title: "The Paper" } }, { source: { title: "The Paper" } }],
    [
      { corrections: [{ at: UPDATED, note: "It was red." }] },
      { corrections: [{ at: "2026-01-02T09:00:00Z", note: "It was red." }] },
    ],
  ])("has an extension with what it has of a licence, a source and corrections: %o", (changes, extension) => {
    expect(itemWith(changes)?._feedwright).toEqual(extension);
  });

  it("has tags of its section alone", () => {
    expect(itemWith({ section: { key: "world", name: "World" } })?.tags).toEqual(["World"]);
  });

  it.each([
    [61.5, 62],
    [0.25, 1],
    [0, 0],
  ])("rounds %d seconds to %d, because there are readers that refuse a feed with a fraction", (duration, seconds) => {
    const attachments = [{ url: "https://example.org/a.mp3", type: "audio/mpeg", duration }];
    expect(itemWith({ attachments })?.attachments).toEqual([
      { url: "https://example.org/a.mp3", mime_type: "audio/mpeg", duration_in_seconds: seconds },
    ]);
  });

  it("has sound before films and films before other attachments", () => {
    expect(itemWith({ attachments: mixedAttachments })?.attachments).toMatchObject(
      orderedNames.map((name) => ({ url: `https://example.org/media/${name}` })),
    );
  });

  it("names a tag once, even if the section has the same name", () => {
    const section = { key: "world", name: "World" };
    expect(itemWith({ section, tags: [{ key: "w", name: "World" }] })?.tags).toEqual(["World"]);
  });
});

describe("a story that left a JSON Feed", () => {
  it("is replaced by a notice with the same id and the reason, and nothing of the story", () => {
    expect(read(sampleFeed({ items: [], notices: [withdrawn], tombstones: [withdrawn, expired] })).items).toEqual([
      {
        id: "tag:example.org,2026:gone",
        url: "https://example.org/articles/gone",
        title: "Withdrawn",
        content_text: "It was wrong & <harmful>",
        date_published: "2026-01-01T18:00:00Z",
        date_modified: "2026-01-02T09:00:00Z",
      },
    ]);
  });

  it("is told of in its own language", () => {
    const words = { de: { ...englishWords, withdrawn: "Zurückgezogen" } };
    const notices = [{ ...withdrawn, language: "de-AT" }];
    const { items } = read(sampleFeed({ channel: sampleChannel({ words }), items: [], notices }));
    expect(items).toMatchObject([{ title: "Zurückgezogen", language: "de-AT" }]);
  });
});
