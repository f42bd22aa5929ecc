import { describe, expect, it } from "vitest";
import { findStoryPage } from "../../../src/catalog/find-story-page.ts";
import type { Scope } from "../../../src/model/scope.ts";
import { renderStoryPage } from "../../../src/pages/lists/story-page.ts";
import { openBundled } from "../../../src/store/bundled/bundled-store.ts";
import { compileText, type Files, GIF, instant, ORIGIN, SVG, site, story } from "../../fixtures/publication.ts";
import { readPage } from "../read-page.ts";

const textOf = async (files: Files, scope: Scope = { kind: "all" }, number = 1): Promise<string> => {
  const store = openBundled(await compileText(files), "", { id: "", at: 0 });
  const found = await findStoryPage(store, scope, number, instant("2026-08-01T00:00:00Z"));
  if (found.kind !== "found") throw new Error("there is no such page");
  return renderStoryPage(store.channel, { scope, ...found.value });
};

const pageOf = async (...page: Parameters<typeof textOf>) => readPage(await textOf(...page));

describe("a story in a list", () => {
  const LANGUAGES: readonly (readonly [site: string, story: string | undefined, title: string, dir: string])[] = [
    ["he", "en", "An English story", "ltr"],
    ["en", "ar", "خبر عربي", "rtl"],
    ["ar", undefined, "C++ بالعربية", "rtl"],
    ["en", undefined, "مرحبا", "ltr"],
    ["und", undefined, "مرحبا", "auto"],
  ];

  it.each(LANGUAGES)(
    "on a site in %s is, in %s, written as its language is, whatever it begins with: %s",
    async (siteLanguage, language, title, dir) => {
      const page = await pageOf({
        "site.yaml": site({ language: siteLanguage, sections: { sea: "ים Sea" } }),
        "a.md": story("a", { title, section: "sea", ...(language !== undefined && { language }) }),
      });
      expect(page.find(({ name }) => name === "article")?.attributes).toMatchObject({
        lang: language ?? siteLanguage,
        dir,
      });
    },
  );

  it("has a picture that fills its place, unless it is so small that it would be a blur", async () => {
    const wide = SVG.replace('width="1"', 'width="240"').replace('height="1"', 'height="9"');
    const page = await pageOf({
      "media/a.gif": GIF,
      "media/b.svg": wide,
      "a.md": story("a", { image: { src: "media/a.gif", alt: "" } }),
      "b.md": story("b", { image: { src: "media/b.svg", alt: "" } }),
      "c.md": story("c", { image: { src: "https://x.example/c.gif", alt: "" } }),
    });
    const classes = page.flatMap(({ attributes: { class: one = "", href } }) =>
      one.startsWith("thumbnail") ? [[href?.slice(-1), one]] : [],
    );
    expect(Object.fromEntries(classes)).toEqual({ a: "thumbnail small", b: "thumbnail", c: "thumbnail" });
  });

  it("has smaller letters at the top of a page if its headline is long", async () => {
    const classOf = async (length: number) => {
      const page = await pageOf({ "a.md": story("a", { title: "x".repeat(length) }) });
      return page.find(({ name }) => name === "h2")?.attributes.class;
    };
    expect([await classOf(80), await classOf(81)]).toEqual([undefined, "long"]);
  });
});

describe("the front page", () => {
  it("lists the newest stories, each with its link, date and summary", async () => {
    const page = await pageOf({
      "a.md": story("older", { title: "Older", summary: "First & foremost." }),
      "b.md": story("newer", {
        title: "Newer <b>",
        published: "2026-02-01T00:00:00Z",
        language: "de",
        canonical: "https://elsewhere.example/b",
      }),
    });
    const texts = (name: string) => page.filter((element) => element.name === name).map(({ text }) => text);
    expect(texts("h1")).toEqual(["The Courier"]);
    const links = page.filter(({ name }, index) => name === "a" && page[index - 1]?.name === "h2");
    expect(links.map(({ text, attributes }) => [text, attributes.href])).toEqual([
      ["Newer <b>", "https://elsewhere.example/b"],
      ["Older", `${ORIGIN}/articles/a`],
    ]);
    expect(texts("time")).toEqual(["1. Februar 2026, 00:00 Uhr", "January 1, 2026, 12:00 AM"]);
    expect(page.filter(({ name }) => name === "article").map(({ attributes }) => attributes.lang)).toEqual([
      "de",
      "en",
    ]);
    expect(texts("p")).toContain("First & foremost.");
  });

  it("shows a story without a title as what it says, once", async () => {
    const page = await pageOf({
      "a.md": story("short", { title: "" }, "A micro post."),
      "b.md": story("long", { title: "" }, "word ".repeat(50)),
    });
    const texts = (name: string) => page.filter((element) => element.name === name).map(({ text }) => text);
    const links = page.filter(({ name }, index) => name === "a" && page[index - 1]?.name === "h2");
    expect(links.map(({ text }) => text).toSorted()).toEqual(["A micro post.", "word ".repeat(50).trim()]);
    expect(texts("p").filter((text) => /micro|word/.test(text))).toEqual([]);
    expect(page.flatMap(({ name, attributes }) => (name === "h2" ? [attributes.class] : []))).toEqual(["note", "note"]);
  });

  it("has the words of the site's language, and dates in its zone", async () => {
    const page = await pageOf({
      "site.yaml": site({ language: "ar", timeZone: "Asia/Baghdad" }),
      "a.md": story("a", { published: "2026-01-31T22:00:00Z" }),
    });
    const texts = page.map(({ text }) => text).join("");
    expect(page.find(({ name }) => name === "html")?.attributes).toEqual({ lang: "ar", dir: "rtl" });
    expect(page.find(({ name }) => name === "time")?.text).toBe("1 فبراير 2026، 01:00");
    expect(texts).toContain("اشترك: ");
    expect(texts).not.toContain("Subscribe");
  });

  it("can be empty", async () => {
    const page = await pageOf({ "site.yaml": site({ rights: "© Us" }) });
    expect(page.some(({ name }) => name === "article")).toBe(false);
    expect(page.find(({ attributes }) => attributes.rel === "canonical")?.attributes.href).toBe(`${ORIGIN}/`);
    expect(page.some(({ text }) => text === "© Us")).toBe(true);
  });

  it("links to each main feed once for feed readers", async () => {
    const page = await pageOf({});
    expect(page.filter(({ attributes }) => attributes.rel === "alternate").map(({ attributes }) => attributes)).toEqual(
      [
        { rel: "alternate", type: "application/rss+xml", title: "The Courier (RSS)", href: `${ORIGIN}/rss.xml` },
        { rel: "alternate", type: "application/atom+xml", title: "The Courier (Atom)", href: `${ORIGIN}/atom.xml` },
        {
          rel: "alternate",
          type: "application/feed+json",
          title: "The Courier (JSON Feed)",
          href: `${ORIGIN}/feed.json`,
        },
      ],
    );
  });
});

const bodyOf = (text: string): string => text.slice(text.indexOf("<body>"), text.indexOf("<footer"));

const SITE = site({
  ...{ icon: "media/x.gif", rights: "© <Us>", timeZone: "Europe/Berlin", description: "All & sundry." },
  ...{
    feedLength: 2,
    sections: { world: "The World" },
    authors: { ann: { name: "Ann", url: "https://ann.example/" } },
  },
});

it("the whole body of a front page is this one", async () => {
  const text = await textOf({
    "site.yaml": SITE,
    "media/x.gif": GIF,
    "a.md": story("older", { title: "Older", published: "2026-01-01T00:00:00Z" }),
    "b.md": story("old", {
      ...{ title: "Old", summary: "First & foremost.", section: "world", authors: ["ann", { name: "Bo" }] },
      ...{ published: "2026-01-02T00:00:00Z", image: { src: "media/x.gif", alt: "X" } },
    }),
    "c.md": story("newer", { title: "", published: "2026-02-01T00:00:00Z", language: "ar" }, "Short."),
  });
  expect(bodyOf(text)).toBe(`<body>
<a class="skip" href="#content">Skip to content</a>
<header class="masthead">
<a class="brand" href="${ORIGIN}/" rel="home" lang="en" dir="ltr" aria-current="page">The Courier</a>
<nav aria-label="Menu">
<ul>
<li><a href="${ORIGIN}/sections/world" dir="auto">The World</a></li>
<li><a href="${ORIGIN}/subscribe" dir="auto">Subscribe</a></li>
</ul>
</nav>
</header>
<main id="content">
<h1 class="sr-only" id="title">The Courier</h1>
<p class="tagline">All &amp; sundry.</p>
<article class="card lead" lang="ar" dir="rtl">
<div>
<h2 id="story-c" class="note"><a href="${ORIGIN}/articles/c">Short.</a></h2>
<p class="byline"><bdi><time datetime="2026-02-01T00:00:00Z">1 فبراير 2026، 01:00</time></bdi></p>
</div>
</article>
<div class="cards">
<article class="card" lang="en" dir="ltr">
<a class="thumbnail small" href="${ORIGIN}/articles/b" tabindex="-1" aria-hidden="true"><img src="${ORIGIN}/media/x.gif" alt="" width="1" height="1" loading="lazy" decoding="async"></a>
<div>
<p class="kicker"><a href="${ORIGIN}/sections/world" dir="auto">The World</a></p>
<h2 id="story-b"><a href="${ORIGIN}/articles/b">Old</a></h2>
<p class="summary">First &amp; foremost.</p>
<p class="byline"><a href="${ORIGIN}/authors/ann" rel="author" dir="auto">Ann</a>, <a href="${ORIGIN}/authors/bo" rel="author" dir="auto">Bo</a> · <bdi><time datetime="2026-01-02T00:00:00Z">January 2, 2026, 1:00 AM</time></bdi></p>
</div>
</article>
</div>
<nav class="paging" aria-label="Page 1">
<span aria-hidden="true">Page 1</span>
<a href="${ORIGIN}/page/2" rel="next">Older stories</a>
</nav>
</main>
`);
});

describe("the pages of a tag, a section and an author", () => {
  const files = {
    "site.yaml": SITE,
    "media/x.gif": GIF,
    ...Object.fromEntries(
      [1, 2, 3, 4, 5].map((day) => [
        `s${day}.md`,
        story(`s${day}`, { tags: ["C++"], section: "world", authors: ["ann"], published: `2026-01-0${day}T00:00:00Z` }),
      ]),
    ),
  };

  it.each([
    [{ kind: "tag", key: "c~plus-plus~" }, "C++", "/tags/c~plus-plus~"],
    [{ kind: "section", key: "world" }, "The World", "/sections/world"],
    [{ kind: "author", key: "ann" }, "Ann", "/authors/ann"],
  ] as const)("name %o, and tell feed readers of its feeds", async (scope, name, path) => {
    const page = await pageOf(files, scope);
    expect(page.filter((_, index) => page[index - 1]?.name === "h1").map((one) => [one.name, one.text])).toEqual([
      ["bdi", name],
    ]);
    expect(page.find((one) => one.name === "title")?.text).toBe(`${name} · The Courier`);
    const links = (rel: string, element = "link") =>
      page.flatMap((one) => (one.name === element && one.attributes.rel === rel ? [one.attributes.href] : []));
    expect(links("canonical")).toEqual([ORIGIN + path]);
    expect(links("next", "a")).toEqual([`${ORIGIN}${path}/page/2`]);
    expect(links("prev", "a")).toEqual([]);
    // Firefox would load it ahead, which the policy of the page refuses, with an error in the console.
    expect(links("next")).toEqual([]);
    // Its own feeds first, which programs get that take the first.
    expect(links("alternate")).toEqual(
      [path, ""].flatMap((view) => ["rss.xml", "atom.xml", "feed.json"].map((file) => `${ORIGIN}${view}/${file}`)),
    );
  });

  it("have all stories, page by page, each once", async () => {
    const scope = { kind: "tag", key: "c~plus-plus~" } as const;
    const pages = await Promise.all([1, 2, 3].map((number) => pageOf(files, scope, number)));
    expect(pages.map((page) => page.flatMap(({ name, attributes }) => (name === "h2" ? [attributes.id] : [])))).toEqual(
      [["story-s5", "story-s4"], ["story-s3", "story-s2"], ["story-s1"]],
    );
    expect(
      pages.map((page) =>
        page.flatMap(({ name, attributes: { rel = "", href } }) =>
          ["prev", "next", "canonical"].includes(rel) && ["a", "link"].includes(name)
            ? [`${rel} ${href?.slice(ORIGIN.length)}`]
            : [],
        ),
      ),
    ).toEqual([
      ["canonical /tags/c~plus-plus~", "next /tags/c~plus-plus~/page/2"],
      ["canonical /tags/c~plus-plus~/page/2", "prev /tags/c~plus-plus~", "next /tags/c~plus-plus~/page/3"],
      ["canonical /tags/c~plus-plus~/page/3", "prev /tags/c~plus-plus~/page/2"],
    ]);
    await expect(pageOf(files, scope, 4)).rejects.toThrow("no such page");
  });

  it("say so if there is no story yet", async () => {
    const page = await pageOf({ "site.yaml": SITE, "media/x.gif": GIF }, { kind: "section", key: "world" });
    expect(page.some(({ text }) => text === "There are no stories here yet.")).toBe(true);
  });

  it("link to where an author of site.yaml is", async () => {
    const page = await pageOf(files, { kind: "author", key: "ann" });
    expect(page.find(({ attributes }) => attributes.rel === "me")).toMatchObject({
      attributes: { href: "https://ann.example/" },
      text: "ann.example",
    });
  });
});
