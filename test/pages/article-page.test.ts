import { describe, expect, it } from "vitest";
import { findRelated } from "../../src/catalog/find-related.ts";
import { renderArticlePage } from "../../src/pages/article-page.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { compileText, GIF, ORIGIN, SVG, site, story } from "../fixtures/publication.ts";
import { compileStory } from "./compile-story.ts";
import { type Element, readPage } from "./read-page.ts";

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
    expect(find(page, "a", { rel: "author" }).map(({ text }) => text)).toEqual(["Ann", "Bob", "Cy"]);
    expect(texts).toContain(" · Aktualisiert: ");
    expect(texts).toContain("Diesen Artikel verfolgen: ");
    expect(texts).toContain("Bestellen: ");
    expect(texts).toContain("(MP3, 123\u00a0MB)");
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
    expect(page.flatMap(({ name, text: shown }) => (name === "p" && shown.startsWith(" (") ? [shown] : []))).toEqual([
      ` (audio/mpeg, ${text})`,
    ]);
  });

  it("has the story's own language, and the URL at which it lives", async () => {
    const page = await pageOf({ language: "ar", canonical: "https://elsewhere.example/story" });
    expect(find(page, "html")[0]?.attributes).toEqual({ lang: "ar", dir: "rtl" });
    expect(find(page, "article")[0]?.attributes.dir).toBeUndefined();
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
      ["Ann", `${ORIGIN}/authors/ann`],
      ["Bob", `${ORIGIN}/authors/bob`],
    ]);
    expect(find(page, "time").map(({ attributes, text }) => [attributes.datetime, text])).toEqual([
      ["2026-01-01T00:00:00Z", "January 1, 2026, 12:00 AM"],
      ["2026-01-02T03:04:05Z", "January 2, 2026, 3:04 AM"],
    ]);
    expect(find(page, "a", { href: `${ORIGIN}/sections/world` })[0]?.text).toBe("The World");
    expect(find(page, "a", { rel: "tag" }).map(({ text, attributes }) => [text, attributes.href])).toEqual([
      ["One two", `${ORIGIN}/tags/one-two`],
      ["Three", `${ORIGIN}/tags/three`],
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
      fetchpriority: "high",
      decoding: "async",
    });
    expect(find(page, "figcaption")[0]?.text).toBe("Ann");
    const attachments = page.slice(page.findIndex(({ attributes }) => attributes.class === "attachments"));
    expect(
      find(attachments, "a")
        .slice(0, 3)
        .map(({ text }) => text),
    ).toEqual(["café.mp3", "100%.mp3", "The picture"]);
    expect(
      find(attachments, "p")
        .slice(0, 3)
        .map(({ text }) => text),
    ).toEqual([" (MP3)", " (MP3, 12\u00a0B)", ` (GIF, ${GIF.length}\u00a0B)`]);
  });

  it.each([
    [9, "0:09"],
    [61.2, "1:01"],
    [600, "10:00"],
    [3723, "1:02:03"],
  ])("has a player for sound and film of %d seconds, and says that they last %s", async (duration, text) => {
    const page = await pageOf({
      attachments: [
        { src: "https://elsewhere.example/a.mp3", type: "audio/mpeg", title: "Hear", duration },
        { src: "https://elsewhere.example/a.mp4", type: "video/mp4", title: "See", duration },
      ],
    });
    expect(find(page, "audio").map(({ attributes }) => attributes)).toEqual([
      { controls: "", preload: "none", src: "https://elsewhere.example/a.mp3", "aria-label": "Hear" },
    ]);
    expect(find(page, "video")[0]?.attributes).toMatchObject({
      src: "https://elsewhere.example/a.mp4",
      "aria-label": "See",
    });
    expect(page.filter((one) => one.text === ` (MP3, ${text})` || one.text === ` (MP4, ${text})`)).toHaveLength(2);
  });

  it("leads on to the stories before and after it, and to related ones, each in its own language", async () => {
    const files = {
      "b.md": story("b", { tags: ["Iraq"], published: "2026-01-02T00:00:00Z", language: "ar" }),
      "c.md": story("c", { published: "2025-12-31T00:00:00Z" }),
      "d.md": story("d", {
        tags: ["Iraq"],
        published: "2025-01-01T00:00:00Z",
        image: { src: "media/x.gif", alt: "X" },
      }),
      "media/x.gif": GIF,
    };
    const store = openBundled(await compileText({ "a.md": story("a", { tags: ["Iraq"] }), ...files }), "", { id: "" });
    const item = await store.findBySlug("a");
    if (item === undefined) throw new Error("there is no story");
    const further = await findRelated(store, item, Date.UTC(2026, 6));
    const page = await readPage(renderArticlePage(item, store.channel, { further }));
    const [previous, next] = page.filter(({ name, attributes }) => name === "bdi" && attributes.lang !== undefined);
    expect([previous?.attributes.lang, next?.attributes.lang]).toEqual(["en", "ar"]);
    const neighbours = page.slice(page.findIndex(({ attributes }) => attributes.class === "neighbours"));
    expect(hrefs(find(neighbours, "a").slice(0, 2))).toEqual([`${ORIGIN}/articles/c`, `${ORIGIN}/articles/b`]);
    expect(find(neighbours, "h2").map(({ text, attributes }) => [text, attributes.id])).toEqual([
      ["More stories", "more"],
    ]);
    expect(hrefs(neighbours.filter(({ name }, index) => name === "a" && neighbours[index - 1]?.name === "h3"))).toEqual(
      [`${ORIGIN}/articles/d`],
    );
    expect(find(neighbours, "img")[0]?.attributes.loading).toBe("lazy");
  });

  it.each([
    [900, 600, "picture wide"],
    [864, 863, "picture wide"],
    [863, 600, "picture"],
    [900, 1600, "picture"],
    [16, 16, "picture"],
  ])(
    "has a picture of %d × %d pixels beyond the column of its text only if it is large, and not too high",
    async (width, height, wanted) => {
      const drawing = SVG.replace('width="1"', `width="${width}"`).replace('height="1"', `height="${height}"`);
      const page = await pageOf({ image: { src: "media/x.svg", alt: "X" } }, undefined, { "media/x.svg": drawing });
      expect(find(page, "figure")[0]?.attributes.class).toBe(wanted);
    },
  );

  it("has smaller letters for a long headline", async () => {
    expect(find(await pageOf({ title: "x".repeat(80) }), "h1")[0]?.attributes.class).toBeUndefined();
    expect(find(await pageOf({ title: "x".repeat(81) }), "h1")[0]?.attributes.class).toBe("long");
  });

  it("has one heading of the first level, and those of its text below that", async () => {
    const page = await pageOf({ title: "T" }, "# One\n\n## Two\n\nText.\n");
    const headings = page.filter(({ name }) => /^h[1-6]$/.test(name));
    expect(headings.map(({ name, text }) => `${name} ${text}`)).toEqual(["h1 T", "h2 One", "h3 Two"]);
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

describe("the whole body of a story's page", () => {
  const FEEDS = (view: string) =>
    `<a href="${ORIGIN}${view}/rss.xml">RSS</a> <a href="${ORIGIN}${view}/atom.xml">Atom</a> <a href="${ORIGIN}${view}/feed.json">JSON Feed</a> `;

  const mainOf = async (...page: Parameters<typeof compileStory>): Promise<string> => {
    const { item, channel } = await compileStory(...page);
    const text = renderArticlePage(item, channel);
    return text.slice(text.indexOf("<main"), text.indexOf("</body>"));
  };

  it("with all that a story can have is this one", async () => {
    const text = await mainOf(
      {
        ...{ title: "A & B", summary: "What <it> says.", language: "de", canonical: "https://elsewhere.example/a" },
        authors: [{ name: "Ann", url: "https://ann.example/" }, { name: "Bob" }],
        ...{ published: "2026-01-01T00:00:00Z", updated: "2026-07-02T03:04:05Z", license: "https://license.example/" },
        ...{ section: "world", tags: ["One two", "Three"] },
        image: { src: "media/x.svg", alt: "What it shows", credit: "Cy" },
        attachments: [
          { src: "https://elsewhere.example/b/a%20b.pdf", type: "application/pdf", length: 1500 },
          { src: "https://elsewhere.example/c.mp3", type: "audio/mpeg", title: "C", duration: 61 },
        ],
      },
      "Text.",
      {
        "media/x.svg": SVG.replace('width="1"', 'width="3"').replace('height="1"', 'height="2"'),
        "site.yaml": site({ ...{ sections: { world: "The World" }, rights: "© Us", timeZone: "Europe/Berlin" } }),
      },
    );
    expect(text).toBe(`<main id="content">
<article class="story">
<header>
<p class="kicker"><a href="${ORIGIN}/sections/world" lang="en" dir="auto">The World</a></p>
<h1 id="title">A &amp; B</h1>
<p class="byline"><a href="${ORIGIN}/authors/ann" rel="author" dir="auto">Ann</a>, <a href="${ORIGIN}/authors/bob" rel="author" dir="auto">Bob</a> · <bdi><time datetime="2026-01-01T00:00:00Z">1. Januar 2026, 01:00 Uhr</time></bdi> · Aktualisiert: <bdi><time datetime="2026-07-02T03:04:05Z">2. Juli 2026, 05:04 Uhr</time></bdi></p>
</header>
<figure class="picture"><img src="${ORIGIN}/media/x.svg" alt="What it shows" width="3" height="2" fetchpriority="high" decoding="async"><figcaption>Cy</figcaption></figure>
<div class="text">
<p>Text.</p>
</div>
<ul class="attachments">
<li><p><a href="https://elsewhere.example/c.mp3" type="audio/mpeg">C</a> (MP3, 1:01)</p><audio controls preload="none" src="https://elsewhere.example/c.mp3" aria-label="C"></audio></li>
<li><p><a href="https://elsewhere.example/b/a%20b.pdf" type="application/pdf">a b.pdf</a> (PDF, 1500\u00a0B)</p></li>
</ul>
<footer>
<p class="tags"><a href="${ORIGIN}/tags/one-two" rel="tag" dir="auto">One two</a> <a href="${ORIGIN}/tags/three" rel="tag" dir="auto">Three</a> </p>
<p class="feeds">Diesen Artikel verfolgen: ${FEEDS("/articles/a")}</p>
</footer>
</article>
</main>
<footer class="foot">
<nav aria-label="The Courier">
<ul>
<li><a href="${ORIGIN}/archive" dir="auto">Archiv</a></li>
</ul>
</nav>
<p class="feeds">Abonnieren: ${FEEDS("")}</p>
<p><bdi lang="en" dir="auto">© Us</bdi></p>
</footer>
`);
  });

  it("is written in the direction of its language, whatever it begins with", async () => {
    const text = await mainOf({ language: "ar", title: "Apple تعلن", section: "world" }, "iPhone هنا.", {
      "site.yaml": site({ sections: { world: "World" } }),
    });
    expect(text).toContain('<article class="story">');
    expect(text).toContain('lang="en" dir="auto">World</a>');
    expect(text).toContain('<h1 id="title">Apple تعلن</h1>');
  });

  it("with nothing that it could be without is this one", async () => {
    const text = await mainOf(
      { title: "T", summary: "S.", image: { src: "https://x.example/x.gif", alt: "X" } },
      "Text.",
    );
    expect(text.slice(0, text.indexOf("</main>"))).toBe(`<main id="content">
<article class="story">
<header>
<h1 id="title">T</h1>
<p class="byline"><bdi><time datetime="2026-01-01T00:00:00Z">January 1, 2026, 12:00 AM</time></bdi></p>
</header>
<figure class="picture"><img src="https://x.example/x.gif" alt="X" fetchpriority="high" decoding="async"></figure>
<div class="text">
<p>Text.</p>
</div>
<footer>
<p class="feeds">Follow this story: ${FEEDS("/articles/a")}</p>
</footer>
</article>
`);
  });
});
