import { describe, expect, it } from "vitest";
import { type Files, GIF, instant, ORIGIN, site, story } from "../../fixtures/publication.ts";
import { serveFiles } from "../support/serve.ts";

const NOW = instant("2026-03-01T12:00:00Z");

const FILES: Files = {
  "site.yaml": site({
    sections: { world: "World", empty: "Empty" },
    authors: { ann: { name: "Ann" } },
    icon: "media/i.gif",
  }),
  "media/i.gif": GIF,
  "old.md": story("old", { published: "2026-01-01T00:00:00Z", updated: "2026-02-01T00:00:00Z", tags: ["b", "a"] }),
  "new.md": story("new", { published: "2026-02-01T00:00:00Z", section: "world", authors: ["ann"] }),
  "private.md": story("private", { feeds: false, tags: ["of-a-page"] }),
  "away.md": story("away", { canonical: "https://elsewhere.example/away" }),
  "over.md": story("over", { tags: ["over"], expires: "2026-03-01T13:00:00Z" }),
  "soon.md": story("soon", { published: "2026-03-01T14:00:00Z", tags: ["soon"] }),
  "pages/über.md": "---\ntitle: About\n---\n\nWe.\n",
  "draft.md": story("draft", { draft: true, tags: ["draft"] }),
};

const locationsIn = (text: string): readonly string[] =>
  Array.from(text.matchAll(/<loc>([^<]*)<\/loc>/g), ([, url = ""]) => url.slice(ORIGIN.length));

describe("/sitemap.xml", () => {
  it("names the sitemaps, and robots.txt names it", async () => {
    const { fetch } = await serveFiles(FILES, { now: NOW });
    const response = await fetch("/sitemap.xml");
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/xml; charset=utf-8"]);
    expect(locationsIn(await response.text())).toEqual(["/sitemaps/1.xml", "/sitemaps/pages-1.xml"]);
    expect(await (await fetch("/robots.txt")).text()).toContain(`\nSitemap: ${ORIGIN}/sitemap.xml\n`);
  });

  it("names one sitemap, with the front page, where there is no story", async () => {
    const { fetch } = await serveFiles({ "site.yaml": site() }, { now: NOW });
    expect(locationsIn(await (await fetch("/sitemap.xml")).text())).toEqual(["/sitemaps/1.xml"]);
    expect(locationsIn(await (await fetch("/sitemaps/1.xml")).text())).toEqual(["/"]);
  });

  it.each([
    "/sitemaps/0.xml",
    "/sitemaps/2.xml",
    "/sitemaps/01.xml",
    "/sitemaps/pages-2.xml",
    "/sitemaps/x.xml",
    "/sitemaps",
  ])("%s is none", async (path) => {
    expect((await (await serveFiles(FILES, { now: NOW })).fetch(path)).status).toBe(404);
  });
});

describe("a sitemap", () => {
  it("has what readers may see, in a fixed order: front page, own pages, sections, authors and tags with a story, stories from the oldest on", async () => {
    const { fetch } = await serveFiles(FILES, { now: NOW });
    const text = await (await fetch("/sitemaps/1.xml")).text();
    expect(locationsIn(text)).toEqual([
      ...["/", "/%C3%BCber", "/sections/world", "/authors/ann", "/tags/a", "/tags/b", "/tags/over"],
      ...["/articles/old", "/articles/over", "/articles/new"],
    ]);
    expect(text).toContain(`<loc>${ORIGIN}/articles/old</loc>\n<lastmod>2026-02-01T00:00:00Z</lastmod>`);
    expect(locationsIn(await (await fetch("/sitemaps/pages-1.xml")).text())).toEqual(["/articles/private"]);
  });

  it("has no address of a story that is missing", async () => {
    const { fetch } = await serveFiles(FILES, { now: NOW });
    const locations = locationsIn(await (await fetch("/sitemaps/1.xml")).text());
    for (const path of locations.filter((one) => one === "/" || one.startsWith("/articles/")))
      expect([path, (await fetch(path)).status]).toEqual([path, 200]);
  });

  it("gains and loses by itself, with another tag and date, and is never fresh beyond that", async () => {
    const served = await serveFiles(FILES, { now: NOW });
    const ask = async (time: string) => {
      served.clock.now = instant(time);
      const response = await served.fetch("/sitemaps/1.xml");
      const { headers } = response;
      const locations = locationsIn(await response.text());
      return { locations, etag: headers.get("etag"), freshness: headers.get("cache-control") };
    };
    const before = await ask("2026-03-01T12:59:00Z");
    expect(before.locations).toContain("/tags/over");
    expect(before.freshness).toContain("max-age=60,");
    const after = await ask("2026-03-01T13:00:00Z");
    expect(after.locations.filter((path) => /over|soon/.test(path))).toEqual([]);
    expect(after.etag).not.toBe(before.etag);
    expect((await ask("2026-03-01T13:59:59Z")).etag).toBe(after.etag);
    expect((await ask("2026-03-01T14:00:00Z")).locations.slice(-1)).toEqual(["/articles/soon"]);
  });

  it("says nothing of what is hidden", async () => {
    const shown = Object.fromEntries(Object.entries(FILES).filter(([path]) => !/soon|draft/.test(path)));
    for (const path of ["/sitemap.xml", "/sitemaps/1.xml"]) {
      const answers = [];
      for (const files of [FILES, shown]) {
        const response = await (await serveFiles(files, { now: NOW, deployed: NOW - 1000 })).fetch(path);
        answers.push([[...response.headers], await response.text()]);
      }
      expect(answers[0]).toEqual(answers[1]);
    }
  });

  it.each(["/sitemap.xml", "/sitemaps/1.xml"])("%s answers 304 to whoever has it", async (path) => {
    const { fetch } = await serveFiles(FILES, { now: NOW });
    const etag = (await fetch(path)).headers.get("etag") ?? "";
    expect(etag).toMatch(/^W\//);
    expect((await fetch(path, { headers: { "if-none-match": etag } })).status).toBe(304);
  });
});

describe("/favicon.ico", () => {
  it("leads to the icon, if there is one", async () => {
    const response = await (await serveFiles(FILES, { now: NOW })).fetch("/favicon.ico", { redirect: "manual" });
    expect([response.status, response.headers.get("location")]).toEqual([301, `${ORIGIN}/media/i.gif`]);
    expect((await (await serveFiles({}, { now: NOW })).fetch("/favicon.ico")).status).toBe(404);
  });
});
