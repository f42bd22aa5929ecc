import { describe, expect, it } from "vitest";
import { instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { headersOf, serveFiles } from "./support/serve.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const DOCUMENTS = ["/robots.txt", "/license.xml", "/.well-known/tdmrep.json"];
const TERMS = "https://example.org/terms";

const USAGE = { search: "yes", "ai-input": "no", "ai-train": "no", license: TERMS };

const files = {
  "site.yaml": site({ usage: USAGE }),
  "a.md": story("a"),
  "open.md": story("open", { usage: { "ai-input": "yes", "ai-train": "yes" } }),
  "same.md": story("same", { usage: { search: "yes" } }),
  "licensed.md": story("licensed", { license: "https://example.org/other" }),
  "later.md": story("later", { published: "2026-03-01T13:00:00Z", usage: { search: "no" } }),
  "until.md": story("until", { expires: "2026-03-01T12:01:40Z", usage: { search: "no" } }),
  "draft.md": story("draft", { draft: true, usage: { search: "no" } }),
  "gone.md": story("gone", { withdrawn: { at: "2026-02-01T00:00:00Z", reason: "No." }, usage: { search: "no" } }),
};

const textOf = async (response: Response): Promise<string> => {
  expect(response.status).toBe(200);
  return response.text();
};

describe("without `usage`", () => {
  it("robots.txt lets everybody fetch everything, and says no more; there is no other document", async () => {
    const { fetch } = await serveFiles({ "a.md": story("a", { license: TERMS }) }, { now: NOW });
    expect(await textOf(await fetch("/robots.txt"))).toBe(
      `User-agent: *\nAllow: /\n\nSitemap: ${ORIGIN}/sitemap.xml\n`,
    );
    expect((await fetch("/license.xml")).status).toBe(404);
    expect((await fetch("/.well-known/tdmrep.json")).status).toBe(404);
  });

  it("no answer has a header field of rights", async () => {
    const { fetch } = await serveFiles(
      { "site.yaml": site({ license: TERMS }), "a.md": story("a", { license: TERMS }) },
      { now: NOW },
    );
    for (const path of ["/", "/rss.xml", "/articles/a", "/articles/a/atom.xml"]) {
      const headers = headersOf(await fetch(path));
      expect(Object.keys(headers).filter((name) => /^(?:content-usage|tdm-.*)$/.test(name))).toEqual([]);
      expect(headers.link ?? "").not.toContain("license");
    }
  });
});

describe("with `usage`", () => {
  it("robots.txt has the licence, and the rules for all and for stories whose rights are their own", async () => {
    const { fetch } = await serveFiles(files, { now: NOW });
    const until = "Content-Signal: /articles/until$ search=no, ai-input=no, ai-train=no";
    const text = await textOf(await fetch("/robots.txt"));
    expect(text.split("\n")).toEqual([
      `License: ${ORIGIN}/license.xml`,
      "",
      "User-agent: *",
      "Allow: /",
      "Content-Signal: search=yes, ai-input=no, ai-train=no",
      "Content-Usage: train-ai=n, ai-use=n, search=y",
      until,
      "Content-Usage: /articles/until$ train-ai=n, ai-use=n, search=n",
      until.replace("$", "/"),
      "Content-Usage: /articles/until/ train-ai=n, ai-use=n, search=n",
      "Content-Signal: /articles/open$ search=yes, ai-input=yes, ai-train=yes",
      "Content-Usage: /articles/open$ train-ai=y, ai-use=y, search=y",
      "Content-Signal: /articles/open/ search=yes, ai-input=yes, ai-train=yes",
      "Content-Usage: /articles/open/ train-ai=y, ai-use=y, search=y",
      "",
      `Sitemap: ${ORIGIN}/sitemap.xml`,
      "",
    ]);
  });

  it("robots.txt does not repeat for a story with other terms what holds for all", async () => {
    const usage = { "ai-train": "no" };
    const { fetch } = await serveFiles(
      { "site.yaml": site({ usage }), "a.md": story("a", { license: TERMS }) },
      { now: NOW },
    );
    expect((await textOf(await fetch("/robots.txt"))).split("\n").slice(4)).toEqual([
      "Content-Signal: ai-train=no",
      "Content-Usage: train-ai=n",
      "",
      `Sitemap: ${ORIGIN}/sitemap.xml`,
      "",
    ]);
    expect(await textOf(await fetch("/license.xml"))).toContain(`<content url="/articles/a$">`);
  });

  it("license.xml is RSL", async () => {
    const { fetch } = await serveFiles({ "site.yaml": site({ usage: USAGE }), "a.md": story("a") }, { now: NOW });
    const response = await fetch("/license.xml");
    expect(response.headers.get("content-type")).toBe("application/rsl+xml");
    expect(await textOf(response)).toBe(`<rsl xmlns="https://rslstandard.org/rsl">
<content url="/">
<license>
<permits type="usage">search</permits>
<prohibits type="usage">ai-input ai-train</prohibits>
</license>
<terms>${TERMS}</terms>
</content>
</rsl>
`);
  });

  it("tdmrep.json has the most particular rule first", async () => {
    const { fetch } = await serveFiles(files, { now: NOW });
    const response = await fetch("/.well-known/tdmrep.json");
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await response.json()).toEqual([
      { location: "/articles/until$", "tdm-reservation": 1, "tdm-policy": TERMS },
      { location: "/articles/until/", "tdm-reservation": 1, "tdm-policy": TERMS },
      { location: "/articles/open$", "tdm-reservation": 0 },
      { location: "/articles/open/", "tdm-reservation": 0 },
      { location: "/", "tdm-reservation": 1, "tdm-policy": TERMS },
    ]);
  });

  it.each(DOCUMENTS)("%s has validators and is fresh until a story in it leaves", async (path) => {
    const served = await serveFiles(files, { now: NOW, deployed: NOW - 1000 });
    const first = await served.fetch(path);
    expect(headersOf(first)).toEqual({
      "access-control-allow-origin": "*",
      "cache-control": "public, max-age=100, stale-while-revalidate=0, stale-if-error=0",
      "content-length": expect.stringMatching(/^\d+$/),
      "content-type": expect.any(String),
      etag: expect.stringMatching(/^W\/"[\w-]{22}"$/),
      "last-modified": new Date(NOW - 1000).toUTCString(),
      vary: "Accept-Encoding",
      "x-content-type-options": "nosniff",
    });
    const headers = { "if-none-match": first.headers.get("etag") ?? "" };
    expect((await served.fetch(path, { headers })).status).toBe(304);
    expect((await served.fetch(path, { method: "HEAD" })).status).toBe(200);
    expect((await served.fetch(path, { method: "POST" })).status).toBe(405);
    served.clock.now = instant("2026-03-01T12:01:40Z");
    const later = await served.fetch(path, { headers });
    expect(later.status).toBe(200);
    expect(await later.text()).not.toContain("until");
  });

  it.each(DOCUMENTS)("%s names no story that readers may not see", async (path) => {
    const served = await serveFiles(files, { now: NOW });
    expect(await textOf(await served.fetch(path))).not.toMatch(/later|draft|gone/);
    served.clock.now = instant("2026-03-01T13:00:00Z");
    expect(await textOf(await served.fetch(path))).toContain("/articles/later$");
  });

  it("a 304 has the header fields of rights that the 200 has", async () => {
    const { fetch } = await serveFiles(files, { now: NOW });
    for (const path of ["/articles/a", "/rss.xml"]) {
      const first = await fetch(path);
      const again = await fetch(path, { headers: { "if-none-match": first.headers.get("etag") ?? "" } });
      expect(again.status).toBe(304);
      for (const name of ["content-usage", "tdm-reservation", "tdm-policy", "link"]) {
        expect([name, again.headers.get(name)]).toEqual([name, first.headers.get(name)]);
        expect(first.headers.get(name)).not.toBeNull();
      }
    }
  });

  it("the page of a story has the holder of the rights, and the notice of site.yaml", async () => {
    const { fetch } = await serveFiles(
      { "site.yaml": site({ usage: USAGE, rights: "© The Courier" }), "a.md": story("a") },
      { now: NOW },
    );
    const [, json = ""] =
      /<script type="application\/ld\+json">(.*?)<\/script>/.exec(await (await fetch("/articles/a")).text()) ?? [];
    expect(JSON.parse(json)).toMatchObject({
      license: TERMS,
      usageInfo: TERMS,
      copyrightHolder: { name: "The Courier" },
      copyrightNotice: "© The Courier",
    });
  });
});

describe("`usage` of a story alone", () => {
  it("is said of that story only", async () => {
    const { fetch } = await serveFiles(
      { "a.md": story("a"), "closed.md": story("closed", { usage: { "ai-train": "no" } }) },
      { now: NOW },
    );
    expect(await textOf(await fetch("/robots.txt"))).toContain(
      "Allow: /\nContent-Signal: /articles/closed$ ai-train=no\nContent-Usage: /articles/closed$ train-ai=n\n",
    );
    expect((await textOf(await fetch("/license.xml"))).match(/<content /g)).toHaveLength(2);
    expect((await fetch("/articles/a")).headers.get("link")).toBeNull();
    expect((await fetch("/articles/closed")).headers.get("link")).toContain("/license.xml");
    const rss = await textOf(await fetch("/rss.xml"));
    expect(rss).toContain('xmlns:rsl="https://rslstandard.org/rsl"');
    expect(rss.match(/<rsl:content /g)).toHaveLength(1);
    expect(await textOf(await fetch("/articles/a/rss.xml"))).not.toContain("rsl");
  });
});

it("robots.txt stays so short that every crawler reads all of it", async () => {
  const slug = (index: number) => `${"\u4e2d".repeat(190)}${index}`;
  const many = Object.fromEntries(
    Array.from({ length: 300 }, (_, index) => [
      `${index}.md`,
      story(`s${index}`, { slug: slug(index), usage: { "ai-train": "yes" } }),
    ]),
  );
  const { fetch } = await serveFiles({ "site.yaml": site({ usage: USAGE }), ...many }, { now: NOW });
  const text = await textOf(await fetch("/robots.txt"));
  expect(text.length).toBeLessThan(500 * 1024);
  expect(text).toContain("\nContent-Usage: train-ai=n, ai-use=n, search=y\n");
});
