import { readFileSync } from "node:fs";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { describe, expect, it } from "vitest";
import { renderSitemap, renderSitemapIndex, sitemapPath } from "../../../src/formats/sitemaps/sitemap.ts";
import type { Scope } from "../../../src/model/scope.ts";
import { sampleItem } from "../support/samples.ts";
import { readXml, withDescendants } from "../support/xml-reader.ts";

const validator = XsdValidator.fromDoc(
  XmlDocument.fromString(readFileSync("test/schemas/sitemap/sitemap.xsd", "utf8")),
);

/** What the schema of sitemaps.org says against a document. */
const faultsOf = (document: string): readonly string[] => {
  const parsed = XmlDocument.fromString(document);
  try {
    validator.validate(parsed);
    return [];
  } catch (error) {
    return [String(error)];
  } finally {
    parsed.dispose();
  }
};

const channel = { url: "https://example.org/news" };

const story = (slug: string, more: Parameters<typeof sampleItem>[0] = {}) =>
  sampleItem({ slug, url: `https://example.org/news/articles/${slug}`, published: 0, updated: 86_400_000, ...more });

const scopes: readonly Scope[] = [
  { kind: "section", key: "world" },
  { kind: "author", key: "ann" },
  { kind: "tag", key: "café" },
];

describe("a sitemap", () => {
  it("has the front page, own pages, the pages of scopes, and stories with the date of their last change; the schema accepts it", () => {
    const document = renderSitemap(channel, { withHome: true, paths: ["/about"], scopes, items: [story("a&b")] });
    expect(document).toBe(`<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url>
<loc>https://example.org/news/</loc>
</url>
<url>
<loc>https://example.org/news/about</loc>
</url>
<url>
<loc>https://example.org/news/sections/world</loc>
</url>
<url>
<loc>https://example.org/news/authors/ann</loc>
</url>
<url>
<loc>https://example.org/news/tags/caf%C3%A9</loc>
</url>
<url>
<loc>https://example.org/news/articles/a&#x26;b</loc>
<lastmod>1970-01-02T00:00:00Z</lastmod>
</url>
</urlset>
`);
    expect(faultsOf(document)).toEqual([]);
  });

  it("leaves out a story whose original is on another site, and has one whose original is elsewhere on this one", () => {
    const items = [
      story("away", { canonical: "https://elsewhere.example/away" }),
      story("beside", { canonical: "https://example.org/newsletter" }),
      story("here", { canonical: "https://example.org/news/2026/here?a=1" }),
    ];
    const document = renderSitemap(channel, { withHome: false, paths: [], scopes: [], items });
    const locations = withDescendants(readXml(document)).filter(({ name }) => name.endsWith("loc"));
    expect(locations.map(({ text }) => text)).toEqual(["https://example.org/news/2026/here?a=1"]);
    expect(faultsOf(document)).toEqual([]);
  });

  it("has the front page if all of its stories have left: the schema accepts none that is empty", () => {
    const items = [story("away", { canonical: "https://elsewhere.example/away" })];
    const document = renderSitemap(channel, { withHome: false, paths: [], scopes: [], items });
    expect(document).toContain("<loc>https://example.org/news/</loc>");
    expect(faultsOf(document)).toEqual([]);
  });

  it("the schema refuses what is none, so that this test would find a fault", () => {
    const document = renderSitemap(channel, { withHome: true, paths: [], scopes, items: [] });
    expect(faultsOf(document.replaceAll("loc>", "location>"))).toHaveLength(1);
    expect(faultsOf(document.replace("https://example.org/news/", "x"))).toHaveLength(1);
  });
});

it("the index has the absolute address of each sitemap", () => {
  const paths = [sitemapPath("all", 1), sitemapPath("all", 2), sitemapPath("pages", 1)];
  expect(renderSitemapIndex(channel, paths)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap>
<loc>https://example.org/news/sitemaps/1.xml</loc>
</sitemap>
<sitemap>
<loc>https://example.org/news/sitemaps/2.xml</loc>
</sitemap>
<sitemap>
<loc>https://example.org/news/sitemaps/pages-1.xml</loc>
</sitemap>
</sitemapindex>
`);
});
