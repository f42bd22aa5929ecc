import { describe, expect, it } from "vitest";
import { renderArticlePage } from "../../src/pages/article-page.ts";
import { GIF, ORIGIN, SVG, site } from "../fixtures/publication.ts";
import { compileStory } from "./compile-story.ts";
import { type Element, readPage, withoutMetadata } from "./read-page.ts";

const pageOf = async (...story: Parameters<typeof compileStory>): Promise<readonly Element[]> => {
  const { item, channel } = await compileStory(...story);
  return readPage(renderArticlePage(item, channel));
};

const find = (page: readonly Element[], name: string, attributes: Readonly<Record<string, string>> = {}) =>
  page.filter(
    (element) =>
      element.name === name && Object.entries(attributes).every(([key, value]) => element.attributes[key] === value),
  );

const hrefs = (elements: readonly Element[]) => elements.map(({ attributes }) => attributes.href);

describe("the page of a story without a title", () => {
  it("has its first words for a title, and for a heading that only screen readers read: the text says the same", async () => {
    const page = await pageOf({ title: "" }, "A micro post.");
    expect(find(page, "title").map(({ text }) => text)).toEqual(["A micro post."]);
    expect(find(page, "h1").map(({ text, attributes }) => [text, attributes.class])).toEqual([
      ["A micro post.", "sr-only"],
    ]);
    expect(find(page, "link", { href: `${ORIGIN}/articles/a/rss.xml` })[0]?.attributes.title).toBe(
      "A micro post. (RSS)",
    );
    expect(find(await pageOf({ title: "T" }), "h1")[0]?.attributes).not.toHaveProperty("class");
  });
});

describe("a story's page", () => {
  it("has metadata for search engines and links to feeds in its head", async () => {
    const page = await pageOf({ title: "A title", summary: "A summary.", license: "https://license.example/" });
    expect(find(page, "title").map(({ text }) => text)).toEqual(["A title"]);
    expect(find(page, "meta", { name: "description" })[0]?.attributes.content).toBe("A summary.");
    expect(hrefs(find(page, "link", { rel: "canonical" }))).toEqual([`${ORIGIN}/articles/a`]);
    expect(hrefs(find(page, "link", { rel: "license" }))).toEqual(["https://license.example/"]);
    const feeds = find(page, "link", { rel: "alternate" }).filter(
      ({ attributes }) => !/oembed/.test(attributes.type ?? ""),
    );
    expect(hrefs(feeds)).toEqual(
      ["", "/articles/a"].flatMap((view) =>
        ["rss.xml", "atom.xml", "feed.json"].map((file) => `${ORIGIN}${view}/${file}`),
      ),
    );
    expect(find(page, "html")[0]?.attributes).toEqual({ lang: "en", dir: "ltr" });
  });

  it("shows its dates in the zone of the site, each with the offset of its own day, and leaves machines UTC", async () => {
    const page = await pageOf(
      { published: "2026-10-20T21:30:00-04:00", updated: "2026-11-20T21:30:00-05:00" },
      undefined,
      { "site.yaml": site({ timeZone: "America/New_York" }) },
    );
    expect(find(page, "time").map(({ attributes, text }) => [attributes.datetime, text])).toEqual([
      ["2026-10-21T01:30:00Z", "October 20, 2026, 9:30 PM"],
      ["2026-11-21T02:30:00Z", "November 20, 2026, 9:30 PM"],
    ]);
    // Isolated from text that may be written in the other direction.
    expect(page.flatMap(({ name }, index) => (name === "time" ? page[index - 1]?.name : []))).toEqual(["bdi", "bdi"]);
  });

  it("has the words and the dates of the story's language, and those of site.yaml for it", async () => {
    const page = await pageOf(
      {
        language: "de",
        authors: [{ name: "Ann" }, { name: "Bob" }, { name: "Cy" }],
        updated: "2026-01-02T03:04:05Z",
        attachments: [{ src: "https://elsewhere.example/a.mp3", type: "audio/mpeg", length: 123_456_789 }],
      },
      undefined,
      { "site.yaml": site({ words: { de: { subscribe: "Bestellen" }, subscribe: "Get it" } }) },
    );
    const texts = page.map(({ text }) => text).join("");
    expect(find(page, "time").map(({ text }) => text)).toEqual([
      "1. Januar 2026, 00:00 Uhr",
      "2. Januar 2026, 03:04 Uhr",
    ]);
    expect(texts).toContain("Ann, Bob, Cy · ");
    expect(texts).toContain(" · Aktualisiert: ");
    expect(texts).toContain("Diesen Artikel verfolgen: ");
    expect(texts).toContain("Bestellen: ");
    expect(texts).toContain("(audio/mpeg, 123\u00a0MB)");
    expect(texts).not.toMatch(/Updated|Subscribe|Follow|Get it|↻/);
  });

  it.each([
    [9999, "9999\u00a0octets"],
    [10_000, "10\u00a0ko"],
    [10_499, "10\u00a0ko"],
    [10_500, "11\u00a0ko"],
    [9_999_499, "9999\u00a0ko"],
    [10_000_000, "10\u00a0Mo"],
    [10_499_999, "10\u00a0Mo"],
    [10_500_000, "11\u00a0Mo"],
    [0, "0\u00a0octets"],
  ])("says that an attachment has %i bytes: %s", async (length, text) => {
    const page = await pageOf(
      { language: "fr", attachments: [{ src: "https://elsewhere.example/a", type: "audio/mpeg", length }] },
      undefined,
      { "site.yaml": site({ words: { fr: { bytes: "{number}\u00a0octets" } } }) },
    );
    expect(find(page, "li").map(({ text: shown }) => shown)).toEqual([` (audio/mpeg, ${text})`]);
  });

  it("has the story's own language, and the URL at which it lives", async () => {
    const page = await pageOf({ language: "ar", canonical: "https://elsewhere.example/story" });
    expect(find(page, "html")[0]?.attributes).toEqual({ lang: "ar", dir: "rtl" });
    expect(find(page, "article")[0]?.attributes.dir).toBe("auto");
    expect(hrefs(find(page, "link", { rel: "canonical" }))).toEqual(["https://elsewhere.example/story"]);
  });

  it("shows byline, section, tags and dates", async () => {
    const page = await pageOf(
      {
        authors: [{ name: "Ann", url: "https://ann.example/" }, { name: "Bob" }],
        section: "world",
        tags: ["One two", "Three"],
        updated: "2026-01-02T03:04:05Z",
      },
      undefined,
      { "site.yaml": site({ sections: { world: "The World" } }) },
    );
    expect(find(page, "a", { rel: "author" }).map(({ text, attributes }) => [text, attributes.href])).toEqual([
      ["Ann", "https://ann.example/"],
    ]);
    expect(find(page, "p", { class: "byline" })[0]?.text).toContain("Bob");
    expect(find(page, "time").map(({ attributes, text }) => [attributes.datetime, text])).toEqual([
      ["2026-01-01T00:00:00Z", "January 1, 2026, 12:00 AM"],
      ["2026-01-02T03:04:05Z", "January 2, 2026, 3:04 AM"],
    ]);
    expect(find(page, "a", { href: `${ORIGIN}/sections/world/rss.xml` })[0]?.text).toBe("The World");
    expect(find(page, "a", { rel: "tag" }).map(({ text, attributes }) => [text, attributes.href])).toEqual([
      ["One two", `${ORIGIN}/tags/one-two/rss.xml`],
      ["Three", `${ORIGIN}/tags/three/rss.xml`],
    ]);
  });

  it("shows the picture and the attachments, whatever their URLs", async () => {
    const page = await pageOf(
      {
        image: { src: "media/x.gif", alt: "What it shows", credit: "Ann" },
        attachments: [
          { src: "media/x.gif", title: "The picture" },
          { src: "https://elsewhere.example/caf%C3%A9.mp3", type: "audio/mpeg" },
          { src: "https://elsewhere.example/100%.mp3", type: "audio/mpeg", length: 12 },
        ],
      },
      undefined,
      { "media/x.gif": GIF },
    );
    expect(find(page, "img")[0]?.attributes).toEqual({
      src: `${ORIGIN}/media/x.gif`,
      alt: "What it shows",
      width: "1",
      height: "1",
    });
    expect(find(page, "figcaption")[0]?.text).toBe("Ann");
    const attachments = page.slice(page.findIndex(({ attributes }) => attributes.class === "attachments"));
    expect(
      find(attachments, "a")
        .slice(0, 3)
        .map(({ text }) => text),
    ).toEqual(["The picture", "café.mp3", "100%.mp3"]);
    expect(find(attachments, "li").map(({ text }) => text)).toEqual([
      ` (image/gif, ${GIF.length}\u00a0B)`,
      " (audio/mpeg)",
      " (audio/mpeg, 12\u00a0B)",
    ]);
  });

  it("shows corrections and the source", async () => {
    const page = await pageOf({
      source: { title: "The Other Paper", url: "https://other.example/", author: "Someone" },
      corrections: [{ at: "2026-01-05T00:00:00Z", note: "It was Tuesday." }],
    });
    expect(find(page, "a", { href: "https://other.example/" })[0]?.text).toBe("The Other Paper");
    expect(page.some(({ text }) => text.includes("It was Tuesday."))).toBe(true);
  });

  it("makes neither markup nor script of what a writer typed", async () => {
    const hostile = `</title></script><script>alert(1)</script><img src=x onerror=alert(1)>" onload="alert(1)`;
    const page = await pageOf(
      {
        title: hostile,
        summary: hostile,
        tags: [hostile],
        authors: [{ name: hostile }],
        image: { src: "https://x.example/x.gif", alt: hostile, credit: hostile },
        attachments: [{ src: "https://x.example/x", type: "audio/mpeg", title: hostile }],
        corrections: [{ at: "2026-01-05T00:00:00Z", note: hostile }],
        source: { title: hostile },
      },
      "Plain text.",
      { "site.yaml": site({ title: hostile, description: hostile, rights: hostile }) },
    );
    expect(find(page, "title").map(({ text }) => text)).toEqual([hostile]);
    expect(find(page, "script").map(({ attributes }) => attributes.type)).toEqual(["application/ld+json"]);
    expect(find(page, "img")).toHaveLength(1);
    expect(page.flatMap(({ attributes }) => Object.keys(attributes)).filter((name) => name.startsWith("on"))).toEqual(
      [],
    );
    expect(JSON.parse(find(page, "script")[0]?.text ?? "").headline).toBe(hostile);
  });
});

describe("the whole page of a story", () => {
  const LINKS = (
    view: string,
    title: string,
  ) => `<link rel="alternate" type="application/rss+xml" title="${title} (RSS)" href="${ORIGIN}${view}/rss.xml">
<link rel="alternate" type="application/atom+xml" title="${title} (Atom)" href="${ORIGIN}${view}/atom.xml">
<link rel="alternate" type="application/feed+json" title="${title} (JSON Feed)" href="${ORIGIN}${view}/feed.json">
`;
  const FEEDS = (view: string) =>
    `<a href="${ORIGIN}${view}/rss.xml">RSS</a> <a href="${ORIGIN}${view}/atom.xml">Atom</a> <a href="${ORIGIN}${view}/feed.json">JSON Feed</a> `;

  const textOf = async (...story: Parameters<typeof compileStory>): Promise<string> => {
    const { item, channel } = await compileStory(...story);
    return withoutMetadata(renderArticlePage(item, channel));
  };

  it("with all that a story can have is this one", async () => {
    const text = await textOf(
      {
        ...{ title: "A & B", summary: "What <it> says.", language: "de", canonical: "https://elsewhere.example/a" },
        authors: [{ name: "Ann", url: "https://ann.example/" }, { name: "Bob" }],
        ...{ published: "2026-01-01T00:00:00Z", updated: "2026-07-02T03:04:05Z", license: "https://license.example/" },
        ...{ section: "world", tags: ["One two", "Three"] },
        image: { src: "media/x.svg", alt: "What it shows", credit: "Cy" },
        attachments: [
          { src: "https://elsewhere.example/b/a%20b.mp3", type: "audio/mpeg", length: 1500 },
          { src: "https://elsewhere.example/c.mp3", type: "audio/mpeg", title: "C" },
        ],
      },
      "Text.",
      {
        "media/x.svg": SVG.replace('width="1"', 'width="3"').replace('height="1"', 'height="2"'),
        "media/x.gif": GIF,
        "site.yaml": site({
          ...{ sections: { world: "The World" }, icon: "media/x.gif", rights: "© Us", timeZone: "Europe/Berlin" },
        }),
      },
    );
    expect(text).toBe(`<!doctype html>
<html lang="de" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>A &amp; B</title>
<meta name="description" content="What &lt;it&gt; says.">
<link rel="canonical" href="https://elsewhere.example/a">
<link rel="stylesheet" href="/style.css">
${LINKS("", "The Courier")}${LINKS("/articles/a", "A &amp; B")}<link rel="license" href="https://license.example/">
</head>
<body>
<header><a href="${ORIGIN}/" rel="home">The Courier</a></header>
<main>
<article dir="auto">
<h1>A &amp; B</h1>
<p class="byline"><a href="https://ann.example/" rel="author">Ann</a>, Bob · <bdi><time datetime="2026-01-01T00:00:00Z">1. Januar 2026, 01:00 Uhr</time></bdi> · Aktualisiert: <bdi><time datetime="2026-07-02T03:04:05Z">2. Juli 2026, 05:04 Uhr</time></bdi> · <a href="${ORIGIN}/sections/world/rss.xml">The World</a></p>
<figure><img src="${ORIGIN}/media/x.svg" alt="What it shows" width="3" height="2"><figcaption>Cy</figcaption></figure>
<p>Text.</p>
<ul class="attachments">
<li><a href="https://elsewhere.example/b/a%20b.mp3" type="audio/mpeg">a b.mp3</a> (audio/mpeg, 1500\u00a0B)</li>
<li><a href="https://elsewhere.example/c.mp3" type="audio/mpeg">C</a> (audio/mpeg)</li>
</ul>
</article>
<p class="tags"><a href="${ORIGIN}/tags/one-two/rss.xml" rel="tag">One two</a> <a href="${ORIGIN}/tags/three/rss.xml" rel="tag">Three</a> </p>
<p class="feeds">Diesen Artikel verfolgen: ${FEEDS("/articles/a")}</p>
</main>
<footer>
<p>Abonnieren: ${FEEDS("")}</p>
<p>© Us</p>
</footer>
</body>
</html>
`);
  });

  it("with nothing that it could be without is this one", async () => {
    const text = await textOf(
      { title: "T", summary: "S.", image: { src: "https://x.example/x.gif", alt: "X" } },
      "Text.",
    );
    expect(text).toBe(`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>T</title>
<meta name="description" content="S.">
<link rel="canonical" href="${ORIGIN}/articles/a">
<link rel="stylesheet" href="/style.css">
${LINKS("", "The Courier")}${LINKS("/articles/a", "T")}</head>
<body>
<header><a href="${ORIGIN}/" rel="home">The Courier</a></header>
<main>
<article dir="auto">
<h1>T</h1>
<p class="byline"><bdi><time datetime="2026-01-01T00:00:00Z">January 1, 2026, 12:00 AM</time></bdi></p>
<figure><img src="https://x.example/x.gif" alt="X"></figure>
<p>Text.</p>
</article>
<p class="tags"></p>
<p class="feeds">Follow this story: ${FEEDS("/articles/a")}</p>
</main>
<footer>
<p>Subscribe: ${FEEDS("")}</p>
</footer>
</body>
</html>
`);
  });
});
