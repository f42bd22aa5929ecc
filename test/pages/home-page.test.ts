import { describe, expect, it } from "vitest";
import { findNewest } from "../../src/catalog/find-newest.ts";
import { renderHomePage } from "../../src/pages/home-page.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { compileText, type Files, GIF, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { readPage, withoutMetadata } from "./read-page.ts";

const textOf = async (files: Files): Promise<string> => {
  const store = openBundled(await compileText(files), "", { id: "", at: 0 });
  return renderHomePage(store.channel, await findNewest(store, instant("2026-08-01T00:00:00Z")));
};

const pageOf = async (files: Files) => readPage(await textOf(files));

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

  it("names a story without a title by its first words, and says them once", async () => {
    const page = await pageOf({
      "a.md": story("short", { title: "" }, "A micro post."),
      "b.md": story("long", { title: "" }, "word ".repeat(50)),
    });
    const texts = (name: string) => page.filter((element) => element.name === name).map(({ text }) => text);
    const links = page.filter(({ name }, index) => name === "a" && page[index - 1]?.name === "h2");
    expect(links.map(({ text }) => text).toSorted()).toEqual(["A micro post.", `${"word ".repeat(15).trim()}…`]);
    expect(texts("p")).not.toContain("A micro post.");
    expect(texts("p")).toContain("word ".repeat(50).trim());
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

it("the whole front page is this one", async () => {
  const text = await textOf({
    "site.yaml": site({
      ...{ icon: "media/x.gif", rights: "© <Us>", timeZone: "Europe/Berlin", description: "All & sundry." },
    }),
    "media/x.gif": GIF,
    "a.md": story("older", { title: "Older", summary: "First & foremost.", updated: "2026-07-01T00:00:00Z" }),
    "b.md": story("newer", { title: "", published: "2026-02-01T00:00:00Z", language: "ar" }, "Short."),
  });
  const feeds = `<a href="${ORIGIN}/rss.xml">RSS</a> <a href="${ORIGIN}/atom.xml">Atom</a> <a href="${ORIGIN}/feed.json">JSON Feed</a> `;
  expect(withoutMetadata(text)).toBe(`<!doctype html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>The Courier</title>
<meta name="description" content="All &amp; sundry.">
<link rel="canonical" href="${ORIGIN}/">
<link rel="stylesheet" href="/style.css">
<link rel="alternate" type="application/rss+xml" title="The Courier (RSS)" href="${ORIGIN}/rss.xml">
<link rel="alternate" type="application/atom+xml" title="The Courier (Atom)" href="${ORIGIN}/atom.xml">
<link rel="alternate" type="application/feed+json" title="The Courier (JSON Feed)" href="${ORIGIN}/feed.json">
</head>
<body>
<header><a href="${ORIGIN}/" rel="home">The Courier</a></header>
<main>
<h1>The Courier</h1>
<p>All &amp; sundry.</p>
<article lang="ar" dir="auto">
<h2><a href="${ORIGIN}/articles/b">Short.</a></h2>
<p class="byline"><bdi><time datetime="2026-02-01T00:00:00Z">1 فبراير 2026، 01:00</time></bdi></p>
</article>
<article lang="en" dir="auto">
<h2><a href="${ORIGIN}/articles/a">Older</a></h2>
<p class="byline"><bdi><time datetime="2026-01-01T00:00:00Z">January 1, 2026, 1:00 AM</time></bdi></p>
<p>First &amp; foremost.</p>
</article>
</main>
<footer>
<p>Subscribe: ${feeds}</p>
<p>© &lt;Us&gt;</p>
</footer>
</body>
</html>
`);
});
