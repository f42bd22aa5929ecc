import fc from "fast-check";
import { Feed, type FeedOptions, type Item } from "feed";
import { describe, expect, it } from "vitest";
import { fromFeed, MAX_ITEMS } from "../../src/interop/from-feed.ts";
import { readPublication } from "../../src/model/publication.ts";
import type { LoadedPublication } from "../../src/store/loaded/publication-source.ts";

const OPTIONS: FeedOptions = { title: "The Company", link: "https://company.example/", language: "en" };

const NOW = Date.parse("2026-03-10T00:00:00Z");

const item = (name: string, more: Partial<Item> = {}): Item => ({
  title: `Title of ${name}`,
  link: `https://company.example/blog/${name}`,
  date: new Date("2026-03-01T00:00:00Z"),
  content: `<p>Text of ${name}.</p>`,
  ...more,
});

const feedOf = (items: readonly unknown[], options: Partial<FeedOptions> = {}): Feed => {
  const feed = new Feed({ ...OPTIONS, ...options });
  for (const one of items) feed.items.push(one as Item);
  return feed;
};

/** Loads a Feed as it is mounted at /news, and compiles it. */
const publish = async (feed: unknown, known?: LoadedPublication, now = NOW) => {
  const source = fromFeed(() => feed as Feed);
  const content = await source.load("/news", known, now);
  const { publication, text, compiled, messages } = source.compile(content, known);
  return { publication, compiled, messages: [...content.messages, ...messages], ...readPublication(text) };
};

const CIRCLE: Record<string, unknown> = {};
CIRCLE.circle = CIRCLE;

const fail = (): never => {
  throw new Error("no");
};

describe("fromFeed", () => {
  it("makes a publication of a Feed, below the path at which it is mounted", async () => {
    const { channel, items, messages } = await publish(feedOf([item("one"), item("two")]));
    expect(channel).toMatchObject({ url: "https://company.example/news", title: "The Company", language: "en" });
    expect(items).toMatchObject([
      { id: "https://company.example/blog/two", canonical: "https://company.example/blog/two" },
      {
        id: "https://company.example/blog/one",
        url: "https://company.example/news/articles/one",
        title: "Title of one",
      },
    ]);
    expect(messages).toEqual([]);
  });

  it.each([
    [
      "a picture without alt",
      { content: '<p><img src="https://x.example/a.jpg"> A</p>' },
      '<p><img src="https://x.example/a.jpg" alt=""> A</p>',
      "This picture has no `alt`.",
    ],
    [
      "a link to a script",
      { content: '<p><a href="javascript:void(0)">A</a> b</p>' },
      "<p><a>A</a> b</p>",
      "`javascript:` can't be used here.",
    ],
    ["an empty link", { content: '<p><a href="">A</a> b</p>' }, "<p><a>A</a> b</p>", "This link is empty."],
    [
      "a link that is no URL",
      { content: '<p><a href="https://ex ample.com/">A</a></p>' },
      "<p><a>A</a></p>",
      "is not a URL.",
    ],
    [
      "a picture without an address",
      { content: '<p><img alt="x"> A</p>' },
      "<p> A</p>",
      "This picture has no address.",
    ],
    [
      "a picture that a script loads late",
      { content: '<p><img src="" data-src="https://x.example/a.jpg" alt="x"> A</p>' },
      '<p><img alt="x" src="https://x.example/a.jpg"> A</p>',
      undefined,
    ],
    [
      "sizes that are none",
      { content: '<p><img src="https://x.example/a.jpg" srcset="https://x.example/b.jpg 2z" alt="x"></p>' },
      '<p><img src="https://x.example/a.jpg" alt="x"></p>',
      "`2z` in this srcset",
    ],
    [
      "a sound without an address",
      { content: "<p>A</p><audio controls></audio>" },
      "<p>A</p>",
      "This <audio> has no address.",
    ],
    [
      "control characters",
      { title: "T\u0008", content: "<p>A\u000bB</p>" },
      "<p>AB</p>",
      "The control character U+000B",
    ],
    [
      "a film without an address",
      { content: '<video><a href="https://x.example/a.mp4">A</a></video>' },
      '<a href="https://x.example/a.mp4">A</a>',
      "This <video> has no address.",
    ],
    ["no text", { content: "" }, "<p>Title of one</p>", "The story has no text."],
    ["a text of spaces", { title: "A & B", content: "<p>&nbsp;</p>" }, "<p>A &#x26; B</p>", "The story has no text."],
    ["a picture that is no URL", { image: "https://ex ample.com/a.jpg" }, "<p>Text of one.</p>", "is not a URL."],
  ])("serves an item with %s without it, and says so", async (_, more, html, reason) => {
    const { items, messages } = await publish(feedOf([item("one", more)]));
    expect(items[0]?.html).toBe(html);
    const expected = reason === undefined ? [] : [expect.stringContaining(reason)];
    expect(messages).toEqual(expected);
  });

  it("loses no item for its HTML, whatever that is", async () => {
    const parts = fc.constantFrom(
      ...[
        "a",
        " ",
        "<p>",
        "</p>",
        "<b>",
        "</i>",
        "<img>",
        '<img src="x" alt>',
        '<img src="javascript:x">',
        "<img srcset=','>",
      ],
      ...[
        "<a href>",
        "<a href='a b://'>",
        "</a>",
        "<audio>",
        "<video src>",
        "<picture>",
        "<source>",
        "<table>",
        "<td>",
        "<!--",
      ],
      ...[
        "&#x8;",
        "\u0000",
        "\ud800",
        "\n\n",
        "<script>",
        "</script>",
        "<iframe src='x:y'>",
        "<li>",
        "```",
        "---",
        "<svg>",
        "<pre>",
      ],
    );
    const contents = fc.array(parts, { maxLength: 12 }).map((list) => list.join(""));
    await fc.assert(
      fc.asyncProperty(contents, async (content) => {
        const { items, messages } = await publish(feedOf([item("one", { content })]));
        expect([items.length, messages]).toEqual([1, items.length === 1 ? expect.anything() : []]);
      }),
      { numRuns: 200 },
    );
  });

  it("sanitises the HTML of items", async () => {
    const { items } = await publish(
      feedOf([item("one", { content: "<p onclick='x()'>Hi<script>alert(1)</script></p>" })]),
    );
    expect(items[0]?.html).toBe("<p>Hi</p>");
  });

  it("has addresses that lead where they lead on the item's own page", async () => {
    const content = '<a href="/a">a</a> <a href="b">b</a> <img src="c.png" alt="c">';
    const link = "/posts/one";
    const { items, messages } = await publish(feedOf([item("one", { content, link, image: "d.png" })]));
    expect(messages).toEqual([]);
    expect(items).toMatchObject([
      {
        id: "https://company.example/posts/one",
        slug: "one",
        canonical: "https://company.example/posts/one",
        html: '<a href="https://company.example/a">a</a> <a href="https://company.example/posts/b">b</a> <img src="https://company.example/posts/c.png" alt="c">',
        image: { url: "https://company.example/posts/d.png" },
      },
    ]);
  });

  it("takes no notice of authors and categories that say nothing", async () => {
    const nothing = { author: [{}, { name: "Ann" }], category: [{}, { name: "" }, { name: "C++" }] };
    const { items, messages } = await publish(feedOf([item("one", nothing)]));
    expect(messages).toEqual([]);
    expect(items[0]?.authors.map(({ name }) => name)).toEqual(["Ann"]);
    expect(items[0]?.tags.map(({ name }) => name)).toEqual(["C++"]);
  });

  it("names what there is to mend by the keys of the Feed", async () => {
    const odd = {
      link: "javascript:alert(1)",
      id: "x:1",
      category: [{ name: "!!" }],
      author: [{ name: "A", link: "x:y" }],
    };
    const { messages } = await publish(feedOf([item("one", odd)]));
    expect(messages).toEqual([expect.stringMatching(/`author\[0\]\.url` must be .*`link` must be/)]);
    expect(messages.join()).not.toMatch(/canonical|authors|tags/);
  });

  it("compiles only what has changed", async () => {
    const first = await publish(feedOf([item("one"), item("two")]));
    expect(first.compiled).toBe(2);
    expect((await publish(feedOf([item("one"), item("two")]), first.publication)).compiled).toBe(0);
    const changed = await publish(
      feedOf([item("three"), item("one"), item("two", { title: "New" })]),
      first.publication,
    );
    expect(changed.compiled).toBe(2);
    const renamed = await publish(feedOf([item("one"), item("two")], { language: "de" }), first.publication);
    expect(renamed.compiled).toBe(2);
  });

  it("leaves a story its address whatever the order and the titles of later items are", async () => {
    const twins = [item("a/same", { date: new Date("2026-03-02T00:00:00Z") }), item("b/same")];
    const first = await publish(feedOf(twins));
    expect(first.items.map(({ id, slug }) => [id, slug])).toEqual([
      ["https://company.example/blog/a/same", "same-2"],
      ["https://company.example/blog/b/same", "same"],
    ]);
    const [newer] = twins;
    const third = item("c/same", { date: new Date("2026-01-01T00:00:00Z") });
    const later = await publish(feedOf([newer, third]), first.publication);
    expect(later.items.map(({ slug }) => slug)).toEqual(["same-2", "same"]);
  });

  it("takes the date of an item that has only one for that of its publication, and later ones for changes", async () => {
    const first = await publish(feedOf([item("one")]));
    const date = new Date("2026-04-01T00:00:00Z");
    const { items } = await publish(feedOf([item("one", { date })]), first.publication);
    expect(items[0]).toMatchObject({ published: Date.parse("2026-03-01T00:00:00Z"), updated: date.getTime() });
  });

  it.each([
    ["longer", "2026-03-30T00:00:00Z"],
    ["shorter", "2026-03-12T00:00:00Z"],
    ["no longer", "2026-03-01T00:00:00Z"],
  ])("hides a story that nobody has seen %s if its only date becomes another one", async (_, date) => {
    const first = await publish(feedOf([item("one", { date: new Date("2026-03-20T00:00:00Z") })]));
    const { items } = await publish(feedOf([item("one", { date: new Date(date) })]), first.publication);
    expect(items[0]).toMatchObject({ published: Date.parse(date), updated: Date.parse(date) });
  });

  it("gives the same whatever the order of the items is", async () => {
    const source = fromFeed(() => feedOf([]));
    const items = [item("one"), item("two"), item("three", { date: new Date("2026-02-01T00:00:00Z") })];
    const { publication } = await publish(feedOf(items));
    const { stories } = publication;
    const texts = [stories, stories.toReversed()].map(
      (some) => source.compile({ ...publication, stories: some }, publication).text,
    );
    expect(texts[1]).toBe(texts[0]);
  });

  it.each([
    ["a hub elsewhere", "https://hub.example/", ["https://hub.example/"]],
    ["its own hub", "https://company.example/news/hub", ["https://company.example/news/hub"]],
  ])("has %s", async (_, hub, hubs) => {
    expect((await publish(feedOf([], { hub }))).channel.hubs).toEqual(hubs);
  });

  it.each<[string, unknown, string]>([
    [
      "no id, guid or link",
      { ...item("x"), link: undefined },
      "Item 1 “Title of x” of the Feed has no `guid`, `id` or `link`.",
    ],
    ["no date", { ...item("x"), date: undefined }, "of the Feed has no valid date. Give it a Date as `date`."],
    ["a date that is none", item("x", { date: new Date("soon") }), "has no valid date."],
    ["a date as text", { ...item("x"), date: "2026-03-01" }, "has no valid date."],
    ["a date of publication as text", { ...item("x"), published: "2026-03-01" }, "has a `published` that is no Date."],
    ["one author outside of a list", { ...item("x"), author: { name: "Ann" } }, "has `author`, but not as a list."],
    ["what leads back to itself", { ...item("x"), category: [{ name: CIRCLE }] }, "can't be read"],
    ["a title that is no text", { ...item("x"), title: 7 }, "has a `title` that is no text."],
    ["nothing in it", null, "Item 1 of the Feed is no object."],
    ["a property that throws", Object.defineProperty(item("x"), "id", { get: fail }), "can't be read"],
    [
      "a title that throws",
      Object.defineProperty(item("x"), "title", { get: fail }),
      "Item 1 of the Feed can't be read",
    ],
    [
      "more text than all may have",
      item("x", { content: "long ".repeat(1_100_000), date: new Date(NOW) }),
      "It is too long",
    ],
    ["an id that is too long", item("x", { id: `tag:x.example,2026:${"x".repeat(99_999)}` }), "The front matter has"],
    ["an author that is none", { ...item("x"), author: [null] }, "can't be read"],
    ["no text at all", item("x", { content: "", title: "" }), "The story has no text"],
    ["too much of it", item("x", { content: `<p>${"long ".repeat(200_000)}</p>` }), "It is too long"],
  ])("leaves out an item with %s, says which and why, and serves the others", async (_, broken, message) => {
    const { items, messages } = await publish(feedOf([broken, item("fine")]));
    expect(items.map(({ slug }) => slug)).toEqual(["fine"]);
    expect(messages).toEqual([expect.stringContaining(message)]);
    expect(messages[0]).toMatch(/^.*left out.*$/);
  });

  it("leaves out the second item with an id", async () => {
    const { items, messages } = await publish(feedOf([item("one", { id: "x:1" }), item("two", { id: "x:1" })]));
    expect(items).toHaveLength(1);
    expect(messages).toEqual([expect.stringContaining("has the id of another one, x:1")]);
  });

  it("leaves a story as it was while a change of it can't be published", async () => {
    const first = await publish(feedOf([item("one")]));
    const { items, messages } = await publish(feedOf([item("one", { title: "", content: "" })]), first.publication);
    expect(items).toEqual(first.items);
    expect(messages).toEqual([expect.stringMatching(/The story has no text.* It stays as it was\./)]);
  });

  it("serves the newest items of a Feed that has too many", async () => {
    const many = Array.from({ length: 5000 }, (_, index) =>
      item(`story-${index}`, { content: "<p>Short.</p>", date: new Date(Date.UTC(2026, 0, 1) + index * 60_000) }),
    );
    const { items, messages } = await publish(feedOf(many));
    expect(items).toHaveLength(MAX_ITEMS);
    expect(items.some(({ slug }) => slug === "story-4999")).toBe(true);
    expect(items.some(({ slug }) => slug === "story-3999")).toBe(false);
    expect(messages).toEqual(["The Feed has 5000 items. The newest 1000 are served, the others are left out."]);
  });

  it("serves the newest items of a Feed that has too much text", async () => {
    const long = Array.from({ length: 20 }, (_, index) =>
      item(`story-${index}`, {
        content: `<p>${"long ".repeat(90_000)}</p>`,
        date: new Date(Date.UTC(2026, 0, 1 + index)),
      }),
    );
    const content = await fromFeed(() => feedOf(long)).load("/news", undefined, NOW);
    expect(content.stories).toHaveLength(11);
    expect(content.stories.map(({ slug }) => slug)).toContain("story-19");
    expect(content.messages).toEqual([expect.stringContaining("more than 5 million characters. The newest 11 items")]);
  });

  it.each<[string, unknown, string]>([
    ["no Feed", { items: [] }, "is no Feed of the package `feed`"],
    ["nothing", undefined, "is no Feed of the package `feed`"],
    ["no link", feedOf([item("x")], { link: "" }), "The Feed has no `link`. Set it to the address of the website."],
    [
      "another path",
      feedOf([], { link: "https://company.example/blog/" }),
      "but it is mounted at `/news`. Give both the same path",
    ],
    ["no title", feedOf([], { title: "" }), "The Feed's options can't be published"],
    ["a language that is none", feedOf([], { language: "en_US" }), "The Feed's options can't be published"],
  ])("refuses what is loaded with %s, and says what to do", async (_, feed, message) => {
    await expect(publish(feed)).rejects.toThrow(message);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("refuses to load it every %d seconds", (refreshSeconds) => {
    expect(() => fromFeed(() => feedOf([]), { refreshSeconds })).toThrow("Write a number of seconds from 1 to 86400.");
  });
});
