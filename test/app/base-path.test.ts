import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { GIF, instant, site, story } from "../fixtures/publication.ts";
import { type ServedSite, serveFiles } from "../routes/support/serve.ts";

// A site below a path: https://courier.example/news. Everything is below it, and nothing outside of it is answered.

const NOW = instant("2026-03-01T12:00:00Z");
const BASE = "https://courier.example/news";
const USAGE = { search: true, "ai-train": false, license: `${BASE}/terms` };

const { HUB, TOPICS, DELIVERIES } = env;

let served: ServedSite;
beforeAll(async () => {
  served = await serveFiles(
    {
      "site.yaml": site({
        ...{
          url: `${BASE}/`,
          usage: USAGE,
          markdown: true,
          accent: "#a30",
          icon: "media/icon.gif",
          hubs: ["built-in"],
          sections: { world: "World" },
        },
        feeds: { culture: { title: "Culture", include: { tags: ["film"] } } },
        redirects: { "/old": "/articles/a", "/away": "https://courier.example/elsewhere", "/feed.xml": "/atom.xml" },
      }),
      "media/icon.gif": GIF,
      "a.md": story("a", { tags: ["film"], section: "world", authors: [{ name: "Jane Doe" }], aliases: ["former"] }),
      "b.md": story("b", { license: "https://l.example/" }, "[a](a.md), [home](/), ![icon](media/icon.gif)"),
      "partners.yaml": JSON.stringify({ acme: { open: true, formats: ["rss"] } }),
    },
    { now: NOW, bindings: { ...(HUB && { HUB }), ...(TOPICS && { TOPICS }), ...(DELIVERIES && { DELIVERIES }) } },
  );
});

const request = (path: string, init?: RequestInit) => served.fetch(path, { redirect: "manual", ...init });

const textAt = async (path: string): Promise<string> => {
  const response = await request(path);
  expect([path, response.status]).toEqual([path, 200]);
  return response.text();
};

describe("a site below a path", () => {
  it.each([
    ...["/news/", "/news/rss.xml", "/news/atom.xml", "/news/feed.json", "/news/summaries/rss.xml", "/news/feed"],
    ...["/news/tags/film/rss.xml", "/news/authors/jane-doe/atom.xml", "/news/sections/world/feed.json"],
    ...["/news/articles/a", "/news/articles/a/rss.xml", "/news/feeds/culture/rss.xml", "/news/media/icon.gif"],
    ...[
      "/news/subscribe",
      "/news/opml.xml",
      "/news/source/rss.xml",
      "/news/source/tags/film/atom.xml",
      "/news/feedwright.js",
    ],
    ...["/news/style.css", "/news/license.xml", "/news/news-sitemap.xml", "/news/partners/acme/rss.xml"],
    ...["/news/sitemap.xml", "/news/sitemaps/1.xml", "/news/articles/a.md", `/news/oembed?url=${BASE}/articles/a`],
  ])("answers %s, and what it says of addresses lies below the path", async (path) => {
    const response = await request(path);
    expect([path, response.status]).toEqual([path, 200]);
    const text = await response.text();
    const headers = [...response.headers].map(([, value]) => value).join("\n");
    const addresses = `${headers}\n${text}`.match(/https:\/\/courier\.example[^\s"'<>]*/g) ?? [];
    expect(
      addresses.filter((address) => !address.startsWith(BASE) && !address.startsWith("https://courier.example,")),
    ).toEqual([]);
    const relative = text.match(/(?<=(?:href|src)=")\/[^"]*/g) ?? [];
    expect(relative.filter((address) => !address.startsWith("/news/"))).toEqual([]);
  });

  it.each([
    ["/news/feed", {}],
    ["/news/feed", { accept: "application/atom+xml" }],
    ["/news/feed", { "sec-fetch-dest": "document" }],
    ["/news/articles/a", { accept: "text/markdown" }],
  ])("says by Content-Location where that is which %s answers to %o", async (path, headers) => {
    const answer = await request(path, { headers });
    const { href, pathname } = new URL(answer.headers.get("content-location") ?? "", `https://courier.example${path}`);
    expect(href.startsWith(`${BASE}/`)).toBe(true);
    const there = await request(pathname, { headers });
    expect([there.status, there.headers.get("etag")]).toEqual([200, answer.headers.get("etag")]);
  });

  it.each(["/news/rss.xml", "/news/feed", "/news/tags/film/atom.xml", "/news/summaries/feed.json"])(
    "shows a browser at %s the page of the feed, whose addresses lie below the path",
    async (path) => {
      const response = await request(path, { headers: { "sec-fetch-dest": "document" } });
      expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
      const text = await response.text();
      expect(text).toContain(`value="${BASE}${path.slice(5).replace(/^\/feed$/, "/rss.xml")}"`);
      const addresses = text.match(/(?<=(?:href|src)=")\/[^"]*/g) ?? [];
      expect(addresses).toContain("/news/subscribe");
      expect(addresses.filter((address) => !address.startsWith("/news/"))).toEqual([]);
      const missing = await request("/news/tags/nothing/rss.xml");
      expect(missing.headers.get("vary")).toBe("Accept, Sec-Fetch-Dest");
    },
  );

  it.each([
    ...["/", "/rss.xml", "/articles/a", "/media/icon.gif", "/newsroom", "/news.xml", "/newsletter/rss.xml"],
    ...["/hub", "/robots.txt", "/.well-known/tdmrep.json", "/other/news/rss.xml", "/NEWS/rss.xml", "//news/rss.xml"],
    ...["/news/robots.txt", "/news/.well-known/tdmrep.json", "/news/news/rss.xml", "/api/items"],
  ])("does not answer %s", async (path) => {
    const response = await request(path, { headers: { accept: "text/html" } });
    expect([path, response.status]).toEqual([path, 404]);
    expect(await response.text()).toContain('href="/news/"');
  });

  it.each([
    ["/news", `${BASE}/`],
    ["/news/old", `${BASE}/articles/a`],
    ["/news/feed.xml", `${BASE}/atom.xml`],
    ["/news/rss", `${BASE}/rss.xml`],
    ["/news/away", "https://courier.example/elsewhere"],
    ["/news/favicon.ico", `${BASE}/media/icon.gif`],
    ["/news/articles/former", `${BASE}/articles/a`],
    ["/news/articles/a/", `${BASE}/articles/a`],
    ["/news//rss.xml", `${BASE}/rss.xml`],
    ["/news/tags/FILM/rss.xml", undefined],
  ])("redirects %s", async (path, target) => {
    const response = await request(path);
    expect([response.status, response.headers.get("location")]).toEqual(
      target === undefined ? [404, null] : [301, target],
    );
  });

  it("has ids, links and enclosures of its own, and links of stories below the path", async () => {
    const atom = await textAt("/news/articles/b/atom.xml");
    expect(atom).toContain("<id>tag:courier.example,2026:b</id>");
    expect(atom).toContain(`href="${BASE}/articles/b/atom.xml" rel="self"`.split(" ")[0]);
    const rss = await textAt("/news/rss.xml");
    expect(rss).toContain(`<a href="${BASE}/articles/a">a</a>, <a href="${BASE}/">home</a>`);
    expect(rss).toContain(`src="${BASE}/media/icon.gif"`);
    expect(rss).toContain('path="/news/rsscloud/pleaseNotify"');
    expect(rss).toContain(`href="${BASE}/hub"`);
  });

  it("names what it says of rights by paths of the origin", async () => {
    const license = await textAt("/news/license.xml");
    expect(license).toContain('url="/news/"');
    expect((await request("/news/rss.xml")).headers.get("link")).toContain(`<${BASE}/license.xml>`);
  });

  it("answers conditional requests, deltas and HEAD as anywhere", async () => {
    const first = await request("/news/rss.xml");
    await first.arrayBuffer();
    const etag = first.headers.get("etag") ?? "";
    expect((await request("/news/rss.xml", { headers: { "if-none-match": etag } })).status).toBe(304);
    const head = await request("/news/rss.xml?utm=1", { method: "HEAD" });
    expect([head.status, await head.text()]).toEqual([200, ""]);
    expect((await request("/news/rss.xml", { method: "POST", body: "x" })).status).toBe(405);
  });
});

describe("the hub of a site below a path", () => {
  const ping = async (topic: string): Promise<number> => {
    const body = new URLSearchParams({ "hub.mode": "publish", "hub.url": topic });
    const response = await request("/news/hub", { method: "POST", body });
    await response.arrayBuffer();
    return response.status;
  };

  it.each([
    [`${BASE}/rss.xml`, 202],
    [`${BASE}/tags/film/rss.xml`, 202],
    ["https://courier.example/rss.xml", 400],
    [`${BASE}/archive/1/rss.xml`, 400],
    [`${BASE}/news/rss.xml`, 400],
    [`${BASE}rss.xml`, 400],
  ])("knows whether %s is one of its topics", async (topic, status) => {
    expect(await ping(topic)).toBe(status);
  });
});

describe("SITE_URL with a path", () => {
  it("puts the site there, whatever site.yaml says", async () => {
    const staging = await serveFiles(
      { "site.yaml": site(), "a.md": story("a") },
      { now: NOW, siteUrl: "http://localhost:8787/news/" },
    );
    expect(await (await staging.fetch("/news/rss.xml")).text()).toContain(
      "<link>http://localhost:8787/news/articles/a</link>",
    );
    expect((await staging.fetch("/rss.xml")).status).toBe(404);
  });
});
