import { describe, expect, it } from "vitest";
import { compileText, type Files, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { serveText } from "./support/serve.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const LATER = instant("2026-04-01T00:00:00Z");

const ORIGINAL = { translationOf: "tag:courier.example,2026:a" };

const FILES: Files = {
  "site.yaml": site(),
  "a.md": story("a"),
  "a-de.md": story("a-de", { ...ORIGINAL, language: "de" }),
  "a-ar.md": story("a-ar", { ...ORIGINAL, language: "ar", published: "2026-04-01T00:00:00Z" }),
  "a-fr.md": story("a-fr", { ...ORIGINAL, language: "fr", draft: true }),
  "a-sv.md": story("a-sv", { ...ORIGINAL, language: "sv", expires: "2026-03-02T00:00:00Z" }),
  "alone.md": story("alone"),
};

const serve = async (files: Files = FILES) => serveText(await compileText(files), { now: NOW });

/** The languages of the links, with the slugs that they lead to. */
const linksOf = (page: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Array.from(
      page.matchAll(/<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">/g),
      ([, language = "", href = ""]) => [language, href.replace(`${ORIGIN}/articles/`, "")],
    ),
  );

const linksAt = async ({ fetch }: Awaited<ReturnType<typeof serve>>, slug: string) =>
  linksOf(await (await fetch(`/articles/${slug}`)).text());

describe("the pages of a story in several languages", () => {
  it("each name all that readers may see, themselves too, and the original for all other readers", async () => {
    const served = await serve();
    const all = { en: "a", de: "a-de", sv: "a-sv", "x-default": "a" };
    for (const slug of ["a", "a-de", "a-sv"]) expect(await linksAt(served, slug)).toEqual(all);
  });

  it("change when one appears or leaves by itself, and are fresh no longer than that", async () => {
    const served = await serve();
    const before = await served.fetch("/articles/a");
    expect(before.headers.get("cache-control")).toMatch(/max-age=300/);
    served.clock.now = instant("2026-03-01T23:59:00Z");
    expect((await served.fetch("/articles/a")).headers.get("cache-control")).toMatch(/max-age=60\b/);
    served.clock.now = LATER;
    const after = await served.fetch("/articles/a");
    expect(after.headers.get("etag")).not.toBe(before.headers.get("etag"));
    expect(linksOf(await after.text())).toEqual({ en: "a", ar: "a-ar", de: "a-de", "x-default": "a" });
  });

  it("name no original that readers may not see", async () => {
    for (const front of [{ draft: true }, { published: "2026-05-01T00:00:00Z" }, { expires: "2026-02-01T00:00:00Z" }]) {
      const served = await serve({ ...FILES, "a.md": story("a", front) });
      expect(await linksAt(served, "a-de")).toEqual({ de: "a-de", sv: "a-sv" });
    }
  });

  it("name none whose original is at another address: that one does not name them", async () => {
    const canonical = "https://elsewhere.example/a";
    const served = await serve({ ...FILES, "a-de.md": story("a-de", { ...ORIGINAL, language: "de", canonical }) });
    for (const slug of ["a", "a-sv"])
      expect(await linksAt(served, slug)).toEqual({ en: "a", sv: "a-sv", "x-default": "a" });
    expect(await linksAt(served, "a-de")).toEqual({});
    const other = await serve({ ...FILES, "a.md": story("a", { canonical }) });
    expect(await linksAt(other, "a-sv")).toEqual({ de: "a-de", sv: "a-sv" });
    expect(await linksAt(other, "a")).toEqual({});
  });

  it("have no such links if there is one language only", async () => {
    const { "a-de.md": _, "a-sv.md": __, ...files } = FILES;
    const served = await serve(files);
    for (const slug of ["a", "alone"]) expect(await linksAt(served, slug)).toEqual({});
  });

  it("are in their own languages, from right to left if that is so", async () => {
    const served = await serve();
    served.clock.now = LATER;
    expect(await (await served.fetch("/articles/a-ar")).text()).toContain('<html lang="ar" dir="rtl">');
  });
});

it("a feed per language is a named feed", async () => {
  const feeds = { deutsch: { title: "Auf Deutsch", include: { languages: ["de"] } } };
  const { fetch } = await serve({ ...FILES, "site.yaml": site({ feeds }) });
  const text = await (await fetch("/feeds/deutsch/rss.xml")).text();
  expect(text.match(/<guid[^>]*>[^<]+/g)).toEqual([expect.stringContaining("tag:courier.example,2026:a-de")]);
});
