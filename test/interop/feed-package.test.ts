import { Feed } from "feed";
import { describe, expect, it } from "vitest";
import { contentFromFeed, type PackageItem, toFeed } from "../../src/interop/feed-package.ts";
import type { Item } from "../../src/model/item.ts";
import { englishWords } from "../../src/model/words/en.ts";
import {
  PUBLISHED,
  richFeed,
  richImage,
  sampleChannel,
  sampleFeed,
  sampleItem,
  UPDATED,
  withdrawn,
} from "../formats/support/samples.ts";
import { compileFiles, mainFeed, openCompiled } from "./support/content-folder.ts";

describe("toFeed", () => {
  it("converts everything that the package has a key for", () => {
    const { options, items } = toFeed(richFeed);
    expect(options).toEqual({
      id: "tag:example.org,2026:feeds",
      title: "The Courier",
      link: "https://example.org/",
      description: "News of every kind",
      language: "en",
      updated: new Date(UPDATED),
      generator: "Feedwright",
      docs: "https://www.rssboard.org/rss-specification",
      author: { name: "The Courier", link: "https://example.org/" },
      feedLinks: {
        rss: "https://example.org/rss.xml",
        atom: "https://example.org/atom.xml",
        json: "https://example.org/feed.json",
      },
      hub: "https://hub.example.net/",
      copyright: "© 2026 & all",
      image: "https://example.org/media/banner.png",
      favicon: "https://example.org/media/icon.png",
    });
    expect(items).toHaveLength(3);
    const sections = "https://example.org/sections/";
    const tags = "https://example.org/tags/";
    expect(items[1]).toEqual({
      title: "Story",
      id: "tag:example.org,2026:story",
      link: "https://elsewhere.example/story?a=1&b=2",
      date: new Date(UPDATED),
      published: new Date(PUBLISHED),
      description: "In short",
      content: "<p>In full</p>",
      author: [
        { name: "Ana & Béla", link: "https://example.org/ana?a=1&b=2", email: "ana@example.org" },
        { name: "Bo" },
      ],
      category: [
        { name: "World & Politics", term: "World & Politics", domain: sections, scheme: sections },
        { name: "C++ & <C>", term: "C++ & <C>", domain: tags, scheme: tags },
        { name: "Iraq", term: "Iraq", domain: tags, scheme: tags },
      ],
      image: { url: "https://example.org/media/a.jpg", type: "image/jpeg", length: 9 },
      audio: { url: "https://example.org/media/a.mp3", type: "audio/mpeg", length: 100 },
    });
  });

  it("converts a plain summary to HTML, because the package takes descriptions for HTML", () => {
    const { items } = toFeed(sampleFeed({ items: [sampleItem({ summary: "1 < 2 & 3" })] }));
    expect(items[0]?.description).toBe("1 &#x3C; 2 &#x26; 3");
  });

  it("has no content in a feed of summaries", () => {
    const { items } = toFeed(sampleFeed({ view: { scope: { kind: "all" }, text: "summary" } }));
    expect(items[0]).not.toHaveProperty("content");
  });

  it("has a notice in place of a withdrawn story", () => {
    expect(toFeed(sampleFeed({ items: [], notices: [withdrawn] })).items).toEqual([
      {
        title: "Withdrawn",
        id: "tag:example.org,2026:gone",
        link: "https://example.org/articles/gone",
        date: new Date(UPDATED),
        published: new Date(PUBLISHED),
        description: "It was wrong &#x26; &#x3C;harmful&#x3E;",
      },
    ]);
  });

  it("has a notice in the language of its story", () => {
    const channel = sampleChannel({ words: { de: { ...englishWords, withdrawn: "Zurückgezogen" } } });
    const notices = [{ ...withdrawn, language: "de" }];
    expect(toFeed(sampleFeed({ channel, items: [], notices })).items).toMatchObject([{ title: "Zurückgezogen" }]);
  });

  it("has notices before stories, and the page and the hub of its own view", () => {
    const channel = sampleChannel({ hubs: ["https://hub.example.net/"] });
    const page = "https://example.org/articles/iraq";
    const { options, items } = toFeed(sampleFeed({ channel, page, hubs: [], notices: [withdrawn] }));
    expect(items.map(({ title }) => title)).toEqual(["Withdrawn", "Story"]);
    expect(options.link).toBe(page);
    expect(options).not.toHaveProperty("hub");
  });

  const image = { url: richImage.url, type: "image/jpeg", length: 9 };
  it.each<[string, Partial<Item>, Partial<PackageItem>]>([
    [
      "a sound and the picture",
      { image: richImage, attachments: [{ url: "https://e.example/a", type: "audio/ogg", length: 0 }] },
      { image, audio: { url: "https://e.example/a", type: "audio/ogg", length: 0 } },
    ],
    [
      "a film and the picture",
      { image: richImage, attachments: [{ url: "https://e.example/a", type: "video/mp4", title: "No key" }] },
      { image, video: { url: "https://e.example/a", type: "video/mp4" } },
    ],
    [
      "a document alone",
      { image: richImage, attachments: [{ url: "https://e.example/a", type: "a/b" }] },
      { enclosure: { url: "https://e.example/a", type: "a/b" } },
    ],
    [
      "a picture of which nothing is known",
      { image: { url: "https://e.example/a", alt: "x" } },
      { image: { url: "https://e.example/a" } },
    ],
    ["nothing", {}, {}],
  ])("has %s under the package's keys", (_, changes, expected) => {
    const [item] = toFeed(sampleFeed({ items: [sampleItem(changes)] })).items;
    const { image: picture, audio, video, enclosure } = item ?? {};
    const given = { image: picture, audio, video, enclosure };
    expect(given).toEqual({ image: undefined, audio: undefined, video: undefined, enclosure: undefined, ...expected });
  });

  const file = (type: string) => ({ url: "https://e.example/file", type });
  it.each<[string, Partial<Item>, string]>([
    ["a sound before a picture", { image: richImage, attachments: [file("audio/ogg")] }, "audio/ogg"],
    ["a film before a picture", { image: richImage, attachments: [file("video/mp4")] }, "video/mp4"],
    ["any file before a picture", { image: richImage, attachments: [file("application/pdf")] }, "application/pdf"],
    ["a picture", { image: richImage }, "image/jpeg"],
  ])("makes the package's RSS enclose the same file as ours: %s", (_, changes, type) => {
    const document = toFeed(sampleFeed({ items: [sampleItem(changes)] })).rss2();
    expect(document.match(/<enclosure [^>]*type="([^"]*)"/)?.[1]).toBe(type);
  });

  it("makes the package's RSS write 0 for an unknown length, since RSS requires one", () => {
    const attachments = [file("audio/ogg")];
    const document = toFeed(sampleFeed({ items: [sampleItem({ attachments })] })).rss2();
    expect(document).toMatch(/<enclosure length="0" type="audio\/ogg" url="[^"]*"\/>/);
  });

  it("can be rendered in all three formats, also without authors", () => {
    const made = toFeed(sampleFeed());
    for (const document of [made.rss2(), made.atom1(), made.json1()]) expect(document).toContain("Story");
  });
});

const packageFeed = (item: Partial<PackageItem> = {}): Feed => {
  const feed = new Feed({ title: "Old", link: "https://old.example/blog" });
  feed.addItem({
    title: "First post",
    link: "https://old.example/first",
    date: new Date(PUBLISHED),
    content: "<p>x</p>",
    ...item,
  });
  return feed;
};

const imported = async (item: Partial<PackageItem> = {}): Promise<Item> => {
  const { items } = await mainFeed(openCompiled(await compileFiles(contentFromFeed(packageFeed(item)))));
  const [first] = items;
  if (first === undefined) throw new Error("the story was lost");
  return first;
};

describe("contentFromFeed", () => {
  it("writes a content folder: site.yaml and a file for each story", () => {
    const files = contentFromFeed(
      packageFeed({ author: [{ name: "Ana", email: "ana@old.example" }], category: [{ name: "News" }] }),
    );
    expect(Object.fromEntries(files)).toEqual({
      "site.yaml":
        'id: "https://old.example/"\nurl: "https://old.example"\ntitle: "Old"\ndescription: "Old"\nlanguage: "und"\n',
      "first.md": [
        "---",
        'id: "https://old.example/first"',
        'title: "First post"',
        'published: "2026-01-01T18:00:00.000Z"',
        'authors: [{"name":"Ana","email":"ana@old.example"}]',
        'tags: ["News"]',
        'canonical: "https://old.example/first"',
        "---",
        "",
        "<body>",
        "<p>x</p>",
        "",
      ].join("\n"),
    });
  });

  const lines = (text: string | undefined): readonly string[] => text?.split("\n") ?? [];

  const sourceOf = (item: Partial<PackageItem>): readonly string[] =>
    lines([...contentFromFeed(packageFeed(item)).values()][1]).slice(1);

  const HEAD = ['id: "https://old.example/first"', 'title: "First post"', 'published: "2026-01-01T18:00:00.000Z"'];
  const FOOT = ['canonical: "https://old.example/first"', "---", "", "<body>", "<p>x</p>", ""];
  const url = "https://old.example/a";

  it.each<[string, Partial<PackageItem>, readonly string[]]>([
    ["no second date if both are the same", { published: new Date(PUBLISHED) }, []],
    [
      "a later date",
      { published: new Date(PUBLISHED), date: new Date(PUBLISHED + 1) },
      ['updated: "2026-01-01T18:00:00.001Z"'],
    ],
    [
      "authors by their names, or else their addresses",
      {
        author: [{ name: "Ana", link: url }, { email: "bo@old.example" }, { name: "", email: "cy@old.example" }],
      },
      [
        `authors: [{"name":"Ana","url":"${url}"},{"name":"bo@old.example","email":"bo@old.example"},{"name":"cy@old.example","email":"cy@old.example"}]`,
      ],
    ],
    ["no authors", { author: [] }, []],
    [
      "categories by their names, or else their terms",
      { category: [{ name: "A", term: "a" }, { term: "b" }, { name: "", term: "c" }] },
      ['tags: ["A","b","c"]'],
    ],
    ["a summary", { description: "<p>In <b>short</b></p>" }, ['summary: "In short"']],
    ["a picture of which only the address is known", { image: url }, [`image: {"src":"${url}","alt":""}`]],
    [
      "all kinds of files, in this order",
      {
        video: { url: `${url}.mp4`, type: "video/mp4", length: 3, duration: 2 },
        audio: { url: `${url}.mp3`, type: "audio/mpeg", title: "Listen" },
        enclosure: { url: `${url}.pdf`, type: "application/pdf", length: 0 },
      },
      [
        `attachments: [{"src":"${url}.pdf","type":"application/pdf"},{"src":"${url}.mp3","type":"audio/mpeg","title":"Listen"},{"src":"${url}.mp4","type":"video/mp4","length":3,"duration":2}]`,
      ],
    ],
  ])("writes %s", (_, item, expected) => {
    expect(sourceOf(item)).toEqual([...HEAD, ...expected, ...FOOT]);
  });

  it("writes a description that is the body only once", () => {
    const source = sourceOf({ content: "", description: "<p>x</p>" });
    expect(source).toEqual([...HEAD, ...FOOT]);
    expect(sourceOf({ content: "", description: "" })).toEqual([...HEAD, ...FOOT.with(-2, "")]);
  });

  const site = (id: string, origin: string, more: readonly string[] = []): readonly string[] => [
    ...[`id: "${id}"`, `url: "${origin}"`, 'title: "T"', ...(more.length > 0 ? more : ['description: "T"'])],
    'language: "und"',
  ];
  it.each<[string, ConstructorParameters<typeof Feed>[0], string | undefined, readonly string[]]>([
    [
      "the site of its link",
      { title: "T", link: "HTTPS://One.example/x", id: "https://two.example/feed" },
      "https://three.example/a",
      site("https://two.example/feed", "https://one.example"),
    ],
    [
      "that of its id, if it has no link",
      { title: "T", id: "http://two.example/feed" },
      "https://three.example/a",
      site("http://two.example/feed", "http://two.example"),
    ],
    [
      "that of the first story that has one",
      { title: "T", id: "urn:uuid:1", link: "/relative" },
      "https://three.example/a",
      site("https://three.example/", "https://three.example"),
    ],
    [
      "an id that never changes, if it is one",
      { title: "T", id: "tag:one.example,2026:feed", link: "https://one.example/" },
      undefined,
      site("tag:one.example,2026:feed", "https://one.example"),
    ],
    [
      "no id with spaces",
      { title: "T", id: "https://one.example/a b", link: "https://one.example/" },
      undefined,
      site("https://one.example/", "https://one.example"),
    ],
    [
      "no id that no URL parser reads",
      { title: "T", id: "https://[1/", link: "https://one.example/" },
      undefined,
      site("https://one.example/", "https://one.example"),
    ],
    [
      "no empty text",
      { title: "T", id: "", link: "https://one.example/", description: "", language: "", copyright: "", hub: "" },
      undefined,
      site("https://one.example/", "https://one.example"),
    ],
    [
      "its description",
      { title: "T", link: "https://one.example/", description: "D" },
      undefined,
      site("https://one.example/", "https://one.example", ['description: "D"']),
    ],
  ])("writes of a channel %s", (_, options, link, expected) => {
    const feed = new Feed(options);
    if (link !== undefined) {
      for (const one of ["/none", link, "https://four.example/"])
        feed.addItem({ title: "x", link: one, date: new Date(PUBLISHED) });
    }
    expect(lines(contentFromFeed(feed).get("site.yaml"))).toEqual([...expected, ""]);
  });

  it.each([
    ["TAG:a.example,2026:b", "TAG:a.example,2026:b"],
    ["x+y-z.1:b", "x+y-z.1:b"],
    ["1x:b", "https://old.example/#1x%3Ab"],
    ["https://[1/", "https://old.example/#https%3A%2F%2F%5B1%2F"],
    ["a:<b>", "https://old.example/#a%3A%3Cb%3E"],
  ])("makes of the id %s %s", (id, expected) => {
    expect(sourceOf({ id })[0]).toBe(`id: "${expected}"`);
  });

  it.each<[string, Partial<PackageItem>, string]>([
    ["its guid", { guid: "urn:uuid:1", id: "tag:a.example,2026:b" }, "urn:uuid:1"],
    ["its id", { id: "tag:a.example,2026:b" }, "tag:a.example,2026:b"],
    ["its link", {}, "https://old.example/first"],
    ["an address made of an id that is no IRI", { id: "post 17" }, "https://old.example/#post%2017"],
  ])("uses as the permanent id %s", async (_, item, id) => {
    expect((await imported(item)).id).toBe(id);
  });

  it("distinguishes both dates, and takes a single one for the date of publication", async () => {
    const both = await imported({ published: new Date(PUBLISHED), date: new Date(UPDATED) });
    expect([both.published, both.updated]).toEqual([PUBLISHED, UPDATED]);
    const one = await imported();
    expect([one.published, one.updated]).toEqual([PUBLISHED, PUBLISHED]);
    const reversed = await imported({ published: new Date(UPDATED), date: new Date(PUBLISHED) });
    expect([reversed.published, reversed.updated]).toEqual([UPDATED, UPDATED]);
  });

  it("leaves out an invalid date, and makes an IRI even of an unpaired surrogate", async () => {
    const { files } = await compileFiles(contentFromFeed(packageFeed({ date: new Date(Number.NaN), id: "\ud800" })));
    expect(files.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))).toEqual(["missing-key"]);
  });

  it("keeps HTML as it is, whatever Markdown would make of it", async () => {
    const content = "<p>*not* `code`</p>\n\n\n    <p>far in</p>\n  \n- no list\n\n<pre>a\n\n\nb</pre>\n\n# no heading";
    expect((await imported({ content })).html).toBe(content);
  });

  it("leaves scripts and event handlers to the sanitiser", async () => {
    const content = "<body onload='x()'><script>alert(1)</script><p onclick='x()'>kept</p>";
    expect((await imported({ content })).html).toBe("<p>kept</p>");
  });

  it("makes plain text of a description, and uses it as the body if there is no other", async () => {
    expect((await imported({ description: "<b>1</b> &lt;\n 2" })).summary).toBe("1 < 2");
    expect((await imported({ content: "", description: "<p>All <b>there</b> is</p>" })).html).toBe(
      "<p>All <b>there</b> is</p>",
    );
  });

  it("attaches files, and leaves out an unknown length", async () => {
    const audio = { url: "https://old.example/a.mp3", type: "audio/mpeg", length: 0, duration: 61, title: "Listen" };
    const { attachments, image } = await imported({
      audio,
      image: { url: "https://old.example/a.jpg", title: "A gate" },
    });
    expect(attachments).toEqual([{ url: audio.url, type: "audio/mpeg", duration: 61, title: "Listen" }]);
    expect(image).toEqual({ url: "https://old.example/a.jpg", alt: "A gate" });
  });

  it("makes compile ask for the type of a file that has only a URL, instead of guessing it", async () => {
    const { files } = await compileFiles(contentFromFeed(packageFeed({ audio: "https://old.example/a.mp3" })));
    expect(files.flatMap(({ messages }) => messages.map(({ ruleId }) => ruleId))).toEqual(["media"]);
  });

  it("keeps a title within front matter, whatever it holds", async () => {
    const title = 'a\n---\nid: forged\u2028---\u2028 "quoted" \\ {x} #y';
    const shown = (await imported({ title })).title.replace(/\s+/g, " ");
    expect(shown).toBe('a --- id: forged --- "quoted" \\ {x} #y');
  });

  it.each([
    ["https://old.example/2026/01/My%20Story.html?x=1", "My-Story"],
    ["https://old.example/%E4%BD%A0%E5%A5%BD/", "你好"],
    ["https://old.example/%FF", "FF"],
    ["https://old.example/", "First-post"],
    ["https://old.example/---", "First-post"],
  ])("makes of %s the slug %s", async (link, slug) => {
    expect((await imported({ link })).slug).toBe(slug);
  });

  it("numbers equal slugs, also if they differ in case only", () => {
    const feed = packageFeed();
    for (const link of ["https://old.example/a/FIRST", "https://old.example/b/first"]) {
      feed.addItem({ title: "x", link, date: new Date(PUBLISHED) });
    }
    expect([...contentFromFeed(feed).keys()]).toEqual(["site.yaml", "first.md", "FIRST-2.md", "first-3.md"]);
  });

  it("leaves out a channel's URL if none is known: compile asks for it", async () => {
    const { files } = await compileFiles(contentFromFeed(new Feed({ title: "Nowhere" })));
    expect(files.flatMap(({ messages }) => messages.map(({ reason }) => reason.split(" ")[0]))).toEqual([
      "`id`",
      "`url`",
    ]);
  });

  it("keeps a channel's id, language, rights and hub", async () => {
    const given = toFeed(
      sampleFeed({ channel: sampleChannel({ language: "ar", rights: "© us", hubs: ["https://hub.example/"] }) }),
    );
    const { channel } = await mainFeed(openCompiled(await compileFiles(contentFromFeed(given))));
    expect(channel).toMatchObject({
      id: "tag:example.org,2026:feeds",
      language: "ar",
      rights: "© us",
      hubs: ["https://hub.example/"],
    });
  });

  it("recognizes a story of this site by its page, and gives it no canonical URL", async () => {
    const given = toFeed(sampleFeed());
    const { items } = await mainFeed(openCompiled(await compileFiles(contentFromFeed(given))));
    expect(items[0]?.url).toBe("https://example.org/articles/story");
    expect(items[0]).not.toHaveProperty("canonical");
  });
});
