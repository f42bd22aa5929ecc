import { beforeAll, describe, expect, it, vi } from "vitest";
import { openEdgeCache } from "../../../src/editions/edge-cache.ts";
import { ORIGIN, site, story } from "../../fixtures/publication.ts";
import { type Element, readPage } from "../../pages/read-page.ts";
import { feedPaths, NOW, sampleFiles } from "../support/sample-site.ts";
import { headersOf, type ServedSite, serveFiles } from "../support/serve.ts";

// What a browser gets that navigates to a feed, and that nobody else notices.

/** What Chrome and Firefox send for an address that somebody opens. */
const BROWSER = {
  ...{ accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "accept-encoding": "identity" },
  ...{ "sec-fetch-dest": "document", "sec-fetch-mode": "navigate", "sec-fetch-site": "none", "sec-fetch-user": "?1" },
};

/** What a feed reader sends, and what the script of a web reader does. */
const READERS = [
  { "user-agent": "NetNewsWire", accept: "*/*" },
  { accept: "text/html,application/xhtml+xml" },
  { "sec-fetch-dest": "empty", "sec-fetch-mode": "cors", "sec-fetch-site": "cross-site" },
];

const files = {
  ...sampleFiles,
  "site.yaml": site({
    ...{ authors: { staff: { name: "The Staff" }, "nobody-yet": { name: "Nobody Yet" } }, feedLength: 1 },
    ...{ sections: { world: "The World" }, feeds: { coffee: { title: "Coffee", include: { tags: ["News"] } } } },
  }),
};

const paths = [...feedPaths, "/feeds/coffee/rss.xml", "/archive/1/atom.xml", "/summaries/archive/1/feed.json"];

const open = (more: Parameters<typeof serveFiles>[1] = { now: NOW, deployed: NOW - 1000 }) => serveFiles(files, more);

let served: ServedSite;
beforeAll(async () => {
  served = await open();
});

const get = (path: string, headers: Readonly<Record<string, string>> = {}, init: RequestInit = {}) =>
  served.fetch(path, { ...init, headers: { "accept-encoding": "identity", ...headers } });

const named = (page: readonly Element[], name: string): readonly Element[] =>
  page.filter((element) => element.name === name);

/**
 * Expects that each of both has a 304 for its own tag only. A cache that has stored one of them asks with its tag for the other
 * (RFC 9111 §4.1), as Chromium does for a window after a script.
 */
const expectOwnTags = async (path: string, serve: () => Promise<ServedSite>): Promise<void> => {
  const ask = async (headers: Readonly<Record<string, string>>) => {
    const answer = await (await serve()).fetch(path, { headers });
    return [answer.status, answer.headers.get("etag")] as const;
  };
  const [[, ofPage], [, ofFeed]] = [await ask(BROWSER), await ask({})];
  expect(await ask({ ...BROWSER, "if-none-match": ofFeed ?? "" })).toEqual([200, ofPage]);
  expect(await ask({ "if-none-match": ofPage ?? "" })).toEqual([200, ofFeed]);
  for (const both of [`${ofPage}, ${ofFeed}`, `${ofFeed}, ${ofPage}`, "*"]) {
    expect(await ask({ ...BROWSER, "if-none-match": both })).toEqual([304, ofPage]);
    expect(await ask({ "if-none-match": both })).toEqual([304, ofFeed]);
  }
};

describe.each(paths)("a browser at %s", (path) => {
  it("gets a page of that very feed", async () => {
    const response = await get(path, BROWSER);
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    const page = await readPage(await response.text());
    const feed = await (await get(path)).text();
    const [title] = page.filter((_, index) => page[index - 1]?.name === "h1").map(({ text }) => text);
    expect(title).toMatch(/\w/);
    expect(feed.replaceAll("&#x26;", "&")).toContain(title);
    const kicker = page.find(({ attributes }) => attributes.class === "kicker")?.text;
    expect(kicker).toBe({ "rss.xml": "RSS", "atom.xml": "Atom", "feed.json": "JSON Feed" }[path.replace(/^.*\//, "")]);
    expect(named(page, "input").map(({ attributes }) => attributes)).toEqual([
      { id: "feed", type: "url", value: ORIGIN + path, dir: "ltr", readonly: "" },
    ]);
    const hrefs = named(page, "a").map(({ attributes }) => attributes.href);
    expect(hrefs).toContain(`${ORIGIN}/source${path}`);
    expect(hrefs).toContain(`feed:${ORIGIN}${path}`);
    expect(hrefs).toContain(`https://feedbin.com/?subscribe=${encodeURIComponent(ORIGIN + path)}`);
    expect(hrefs).toContain("/subscribe");
  });

  it("finds the feed in three formats in its head and in Link, where a program would", async () => {
    const response = await get(path, BROWSER);
    const folder = ORIGIN + path.replace(/[^/]+$/, "");
    const addresses = ["rss.xml", "atom.xml", "feed.json"].map((file) => folder + file);
    const inLink = Array.from(
      (response.headers.get("link") ?? "").matchAll(/<([^>]+)>; rel="alternate"/g),
      ([, url]) => url,
    );
    expect(inLink).toEqual(addresses);
    const links = named(await readPage(await response.text()), "link").filter(
      ({ attributes }) => attributes.rel === "alternate",
    );
    // Before the main feed, for programs that take the first.
    expect(links.slice(0, 3).map(({ attributes }) => attributes.href)).toEqual(addresses);
  });

  it("gets another entity tag than everybody else, and a 304 for each of both", async () => {
    const page = await get(path, BROWSER);
    const feed = await get(path);
    const [ofPage, ofFeed] = [page, feed].map(({ headers }) => headers.get("etag") ?? "");
    expect(ofPage).not.toBe(ofFeed);
    const asked = async (tag: string, headers: Readonly<Record<string, string>>) => {
      const { status, headers: answered } = await get(path, { ...headers, "if-none-match": tag });
      return [status, answered.get("etag"), answered.get("vary")];
    };
    const vary = feed.headers.get("vary");
    expect(await asked(ofPage ?? "", BROWSER)).toEqual([304, ofPage, vary]);
    expect(await asked(ofFeed ?? "", {})).toEqual([304, ofFeed, vary]);
    expect(vary).toContain("Sec-Fetch-Dest");
  });

  it("gets no 304 for the feed, nor everyone else for the page", () => expectOwnTags(path, async () => served));

  it("changes nothing for everyone else, in whatever order they come", async () => {
    const [first, second] = await Promise.all([open(), open()]);
    const request = { headers: { "accept-encoding": "identity" } };
    const before = await first.fetch(path, request);
    await second.fetch(path, { headers: BROWSER });
    const after = await second.fetch(path, request);
    expect(headersOf(after)).toEqual(headersOf(before));
    const text = await before.text();
    expect(await after.text()).toBe(text);
    for (const headers of READERS) expect(await (await get(path, headers)).text()).toBe(text);
  });
});

describe("the page of a feed", () => {
  it.each(["/rss.xml", "/feed"])("has a 304 for its own tag only at %s, whatever is in memory", (path) =>
    expectOwnTags(path, open),
  );

  it("has the same header fields for HEAD, and no body", async () => {
    const page = await get("/rss.xml", BROWSER);
    const head = await get("/rss.xml", BROWSER, { method: "HEAD" });
    expect([head.status, headersOf(head), head.body]).toEqual([200, headersOf(page), null]);
  });

  it("is dated like the feed, and 304 by date", async () => {
    const [page, feed] = await Promise.all([get("/rss.xml", BROWSER), get("/rss.xml")]);
    const date = page.headers.get("last-modified") ?? "";
    expect(date).toBe(feed.headers.get("last-modified"));
    const same = await get("/rss.xml", { ...BROWSER, "if-modified-since": date });
    expect([same.status, same.headers.get("etag")]).toEqual([304, page.headers.get("etag")]);
  });

  it("is compressed for whoever takes that", async () => {
    const response = await get("/rss.xml", { ...BROWSER, "accept-encoding": "gzip" });
    expect(response.headers.get("content-encoding")).toBe("gzip");
  });

  it("lists the newest ten stories, each with its link and date", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [
        `s${index}.md`,
        story(`s${index}`, { title: `Story <${index}>`, published: `2026-01-${String(index + 10)}T00:00:00Z` }),
      ]),
    );
    const { fetch } = await serveFiles(many, { now: NOW });
    const page = await readPage(await (await fetch("/rss.xml", { headers: BROWSER })).text());
    const titles = named(page, "a").flatMap(({ text }) => (text.startsWith("Story") ? [text] : []));
    expect(titles).toEqual(Array.from({ length: 10 }, (_, index) => `Story <${11 - index}>`));
    expect(named(page, "time")).toHaveLength(10);
  });

  it.each([
    ["/authors/nobody-yet/rss.xml", true],
    ["/tags/news/rss.xml", false],
  ])("says whether there are no stories: %s %s", async (path, isEmpty) => {
    const page = await readPage(await (await get(path, BROWSER)).text());
    expect(page.some(({ text }) => text === "There are no stories here yet.")).toBe(isEmpty);
    expect(page.some(({ attributes }) => attributes.class === "titles")).toBe(!isEmpty);
  });

  it("is as fresh as the feed: neither shows a story that has expired", async () => {
    const expiring = { "a.md": story("a", { expires: new Date(NOW + 100_000).toISOString() }) };
    const { fetch, clock } = await serveFiles(expiring, { now: NOW });
    const before = await fetch("/rss.xml", { headers: BROWSER });
    expect(before.headers.get("cache-control")).toBe("public, max-age=100, stale-while-revalidate=0, stale-if-error=0");
    expect(await before.text()).toContain("/articles/a");
    clock.now = NOW + 100_000;
    expect(await (await fetch("/rss.xml", { headers: BROWSER })).text()).not.toContain("/articles/a");
  });

  it("is negotiated at /feed like the feed, and names the address of that", async () => {
    for (const [accept, file] of [
      [BROWSER.accept, "rss.xml"],
      ["application/atom+xml", "atom.xml"],
    ] as const) {
      const response = await get("/feed", { ...BROWSER, accept });
      expect(response.headers.get("content-location")).toBe(`/${file}`);
      const [field] = named(await readPage(await response.text()), "input");
      expect(field?.attributes.value).toBe(`${ORIGIN}/${file}`);
      // From memory as well.
      expect(await (await get("/feed", { ...BROWSER, accept })).text()).toContain(`${ORIGIN}/${file}`);
    }
    expect(await (await get("/feed", { accept: BROWSER.accept })).text()).toMatch(/^<\?xml/);
  });

  it("has the words of the site's language, and a field that is written from left to right", async () => {
    const { fetch } = await serveFiles({ "site.yaml": site({ language: "ar" }) }, { now: NOW });
    const page = await readPage(await (await fetch("/rss.xml", { headers: BROWSER })).text());
    expect(named(page, "html")[0]?.attributes).toEqual({ lang: "ar", dir: "rtl" });
    expect(named(page, "label").map(({ text }) => text)).toEqual(["عنوان الخلاصة"]);
    expect(named(page, "input")[0]?.attributes.dir).toBe("ltr");
  });

  it("is shared by isolates apart from the feed", async () => {
    const openCache = () => openEdgeCache(ORIGIN, () => caches.open("feed-page.test"));
    const settings = { now: NOW, deployed: NOW - 1000, openEdgeCache: openCache };
    const kinds = [BROWSER, { "accept-encoding": "identity" }];
    const answers = [];
    for (const order of [kinds, kinds.toReversed()]) {
      const { fetch } = await open(settings);
      const texts = new Map<object, string>();
      for (const headers of order) texts.set(headers, await (await fetch("/rss.xml", { headers })).text());
      answers.push(kinds.map((kind) => texts.get(kind)?.slice(0, 15)));
    }
    expect(answers).toEqual([
      ["<!doctype html>", '<?xml version="'],
      ["<!doctype html>", '<?xml version="'],
    ]);
  });

  it.each([
    ["/tags/secret/rss.xml", 404],
    ["/articles/draft/rss.xml", 404],
    ["/articles/withdrawn/rss.xml", 410],
    ["/archive/99/rss.xml", 404],
  ])("is not there for %s: %i", async (path, status) => {
    const response = await get(path, BROWSER);
    expect([response.status, response.headers.get("vary")]).toEqual([status, "Accept, Sec-Fetch-Dest"]);
  });

  it("is not there for /feed if no format is acceptable", async () => {
    const response = await get("/feed", { ...BROWSER, accept: "image/png" });
    expect([response.status, response.headers.get("vary")]).toEqual([406, "Accept, Sec-Fetch-Dest"]);
  });

  it("costs those who have the feed one field to read: their 304 is answered by no more", async () => {
    const reads = [];
    for (const feedPages of [true, false]) {
      const { fetch } = await serveFiles({ "site.yaml": site({ feedPages }), "a.md": story("a") }, { now: NOW });
      const etag = (await fetch("/rss.xml")).headers.get("etag") ?? "";
      const read = vi.spyOn(Headers.prototype, "get");
      const { status } = await fetch("/rss.xml", { headers: { "if-none-match": etag } });
      reads.push([status, read.mock.calls.map(([name]) => name)]);
      read.mockRestore();
    }
    expect(reads[1]).toEqual([304, ["if-none-match", "if-match", "if-unmodified-since"]]);
    expect(reads[0]).toEqual([304, ["sec-fetch-dest", "if-none-match", "if-match", "if-unmodified-since"]]);
  });

  it("redirects like the feed", async () => {
    const { status, headers } = await get("/articles/formerly/rss.xml", BROWSER);
    expect([status, headers.get("location")]).toEqual([301, `${ORIGIN}/articles/visible/rss.xml`]);
  });
});

describe("without pages of feeds", () => {
  it("a browser gets the feed like everyone else, and Vary names nothing more", async () => {
    const { fetch } = await serveFiles({ "site.yaml": site({ feedPages: false }), "a.md": story("a") }, { now: NOW });
    for (const headers of [BROWSER, {}]) {
      const response = await fetch("/rss.xml", { headers });
      expect(response.headers.get("vary")).toBe("Accept-Encoding, A-IM");
      expect(response.headers.get("content-type")).toBe("application/rss+xml; charset=utf-8");
      const missing = await fetch("/tags/nothing/rss.xml", { headers });
      expect([missing.status, missing.headers.get("vary")]).toEqual([404, "Accept"]);
    }
  });
});

describe("a feed of a partner", () => {
  it("has no page, and no Vary for one", async () => {
    const { fetch } = await serveFiles(
      { ...files, "partners.yaml": JSON.stringify({ acme: { open: true, formats: ["rss"] } }) },
      { now: NOW },
    );
    const response = await fetch("/partners/acme/rss.xml", { headers: BROWSER });
    expect(response.headers.get("content-type")).toBe("application/rss+xml; charset=utf-8");
    expect(response.headers.get("vary")).not.toContain("Sec-Fetch-Dest");
    expect((await fetch("/source/partners/acme/rss.xml")).status).toBe(404);
  });
});
