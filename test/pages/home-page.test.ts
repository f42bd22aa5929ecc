import { describe, expect, it } from "vitest";
import { findNewest } from "../../src/catalog/find-newest.ts";
import { renderHomePage } from "../../src/pages/home-page.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { compileText, type Files, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { readPage } from "./read-page.ts";

const pageOf = async (files: Files) => {
  const store = openBundled(await compileText(files), "", { id: "", at: 0 });
  return readPage(renderHomePage(store.channel, await findNewest(store, instant("2026-03-01T00:00:00Z"))));
};

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
