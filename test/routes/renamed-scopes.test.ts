import { describe, expect, it } from "vitest";
import { type Files, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { serveFiles } from "./support/serve.ts";

const NOW = instant("2026-03-01T00:00:00Z");

const locationOf = async (files: Files, path: string): Promise<string> => {
  const response = await (await serveFiles({ "site.yaml": site({ feedLength: 1 }), ...files }, { now: NOW })).fetch(
    path,
  );
  await response.body?.cancel();
  return response.status === 301 ? (response.headers.get("location") ?? "").slice(ORIGIN.length) : `${response.status}`;
};

const front = { tags: ["C++", "Covid-19"], authors: [{ name: "Li, Wei" }] };
const files = { "a.md": story("a", front), "b.md": story("b", { ...front, published: "2026-01-02T00:00:00Z" }) };

describe("an address of before 0.2", () => {
  it.each([
    ["/tags/c/rss.xml", "/tags/c~plus-plus~/rss.xml"],
    ["/tags/c/atom.xml", "/tags/c~plus-plus~/atom.xml"],
    ["/tags/c/feed.json", "/tags/c~plus-plus~/feed.json"],
    ["/tags/covid-19/archive/2/rss.xml", "/tags/covid_19/archive/2/rss.xml"],
    ["/summaries/tags/c/archive/1/atom.xml", "/summaries/tags/c~plus-plus~/archive/1/atom.xml"],
    ["/authors/li-wei/rss.xml", "/authors/li~comma~-wei/rss.xml"],
    ["/summaries/authors/li-wei/feed.json", "/summaries/authors/li~comma~-wei/feed.json"],
    ["/tags/c/archive/9/rss.xml", "404"],
    ["/sections/c/rss.xml", "404"],
    ["/tags/C/rss.xml", "404"],
    ["/tags/covid_19/rss.xml", "200"],
    ["/tags/c%7Eplus-plus%7e/rss.xml", "/tags/c~plus-plus~/rss.xml"],
  ])("%s leads to %s", async (path, target) => {
    expect(await locationOf(files, path)).toBe(target);
  });

  it("is redirected where site.yaml says, if it says so", async () => {
    const stated = site({ redirects: { "/tags/c/rss.xml": "/tags/covid_19/rss.xml" } });
    expect(await locationOf({ ...files, "site.yaml": stated }, "/tags/c/rss.xml")).toBe("/tags/covid_19/rss.xml");
  });

  it("is the feed of a story's own tag, if one has that key", async () => {
    expect(await locationOf({ ...files, "c.md": story("c", { tags: ["C"] }) }, "/tags/c/rss.xml")).toBe("200");
  });

  it("betrays nothing of a story that is hidden", async () => {
    const hidden = { "a.md": story("a", { ...front, published: "2026-04-01T00:00:00Z" }) };
    expect(await locationOf(hidden, "/tags/c/rss.xml")).toBe("404");
    expect(await locationOf({ "a.md": story("a", { ...front, draft: true }) }, "/authors/li-wei/rss.xml")).toBe("404");
  });
});
