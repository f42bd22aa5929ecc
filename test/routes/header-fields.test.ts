import { afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { GIF, ORIGIN, site, story } from "../fixtures/publication.ts";
import { NOW } from "./support/sample-site.ts";
import { headersOf, type ServedSite, serveFiles } from "./support/serve.ts";

// All header fields of each kind of answer, and no others: what is missing or added here shows in no other test.

const DAY = 86_400_000;
const EXPIRES = new Date(NOW + DAY).toISOString();

const files = {
  "site.yaml": site({ feedLength: 2, hubs: ["https://hub.example/"], noticeDays: 1 }),
  "a.md": story("a", { published: "2026-02-01T00:00:00Z", aliases: ["former"] }),
  "b.md": story("b", { published: "2026-02-02T00:00:00Z", image: { src: "media/x.gif", alt: "" } }),
  "c.md": story("c", { published: "2026-02-03T00:00:00Z" }),
  "d.md": story("d", {
    published: "2026-01-01T00:00:00Z",
    expires: EXPIRES,
    aliases: ["d-once"],
    attachments: [{ src: "media/z/y.svg" }],
  }),
  "gone.md": story("gone", { published: "2025-01-01T00:00:00Z", expires: "2025-02-01T00:00:00Z" }),
  "media/x.gif": GIF,
  "media/z/y.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>',
};

const WEAK = expect.stringMatching(/^W\/"[^"]+"$/);
const FRESH = "public, max-age=300, stale-while-revalidate=60, stale-if-error=86400";
const EXPOSED = "Content-Location, Delta-Base, ETag, IM, Last-Modified, Link";
const SAFE = { "x-content-type-options": "nosniff", "access-control-allow-origin": "*" };
const PAGE = {
  "content-security-policy":
    "default-src 'none'; style-src 'self'; img-src 'self' https: http:; media-src 'self' https: http:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "referrer-policy": "strict-origin-when-cross-origin",
};
const DATED = { etag: WEAK, "last-modified": expect.stringMatching(/ GMT$/) };

const link = (rel: string, file: string, type: string, folder = "") =>
  `<${ORIGIN}${folder}/${file}>; rel="${rel}"; type="application/${type}"`;

const FEED = {
  ...SAFE,
  ...DATED,
  "cache-control": FRESH,
  vary: "Accept-Encoding, A-IM, Sec-Fetch-Dest",
  "access-control-expose-headers": EXPOSED,
  link: [
    link("self", "rss.xml", "rss+xml"),
    '<https://hub.example/>; rel="hub"',
    link("alternate", "atom.xml", "atom+xml"),
    link("alternate", "feed.json", "feed+json"),
    link("prev-archive", "rss.xml", "rss+xml", "/archive/2"),
  ].join(", "),
};
const NEGOTIATED = { ...FEED, "content-location": "/rss.xml", vary: "Accept, Accept-Encoding, A-IM, Sec-Fetch-Dest" };
const ARCHIVE = {
  ...FEED,
  link: [
    link("self", "atom.xml", "atom+xml", "/archive/2"),
    link("alternate", "rss.xml", "rss+xml", "/archive/2"),
    link("alternate", "feed.json", "feed+json", "/archive/2"),
    link("current", "atom.xml", "atom+xml"),
    link("prev-archive", "atom.xml", "atom+xml", "/archive/1"),
  ].join(", "),
};
const SCRIPTED = {
  ...PAGE,
  "content-security-policy": PAGE["content-security-policy"].replace("style-src", "script-src 'self'; style-src"),
};
const NAVIGATION = { ...{ "sec-fetch-dest": "document", "sec-fetch-mode": "navigate" }, "accept-encoding": "identity" };
/** The page of a feed is as fresh as the feed. */
const FEED_PAGE = {
  ...SAFE,
  ...SCRIPTED,
  ...DATED,
  "cache-control": FRESH,
  vary: FEED.vary,
  link: [
    link("alternate", "rss.xml", "rss+xml"),
    link("alternate", "atom.xml", "atom+xml"),
    link("alternate", "feed.json", "feed+json"),
  ].join(", "),
};
const SOURCE = { ...SAFE, ...DATED, "cache-control": FRESH, vary: "Accept-Encoding", "x-robots-tag": "noindex" };
const HOME = { ...SAFE, ...PAGE, ...DATED, "cache-control": FRESH, vary: "Accept-Encoding" };
/** It names another story, which expires in a day. */
const STORY = { ...HOME, "cache-control": FRESH.replace("86400", "86040") };
const STYLE = { ...SAFE, ...DATED, "cache-control": FRESH, vary: "Accept-Encoding" };
const MEDIA = {
  ...SAFE,
  etag: expect.stringMatching(/^"[^"]+"$/),
  "cache-control": FRESH,
  "access-control-expose-headers": "Accept-Ranges, Content-Range, ETag",
};
const SCRIPT = { ...SAFE, etag: MEDIA.etag, "cache-control": "public, max-age=300" };
const SVG_POLICY = { "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox" };
const PROBLEM = {
  ...SAFE,
  ...PAGE,
  "cache-control": "no-store",
  vary: "Accept",
  "content-type": "application/problem+json",
};
/** At the address of a feed, where browsers get a page. */
const FEED_PROBLEM = { ...PROBLEM, vary: "Accept, Sec-Fetch-Dest" };
const MOVED = { ...SAFE, "cache-control": "public, max-age=300" };
const ofType = (type: string) => ({ "content-type": type });

type Fields = Readonly<Record<string, unknown>>;
type Row = readonly [status: number, path: string, headers: Readonly<Record<string, string>>, expected: Fields];

const RSS = ofType("application/rss+xml; charset=utf-8");
const IDENTITY = { "accept-encoding": "identity" };
const FILE = { "accept-ranges": "bytes" };

const rows: readonly Row[] = [
  [200, "/rss.xml", IDENTITY, { ...FEED, ...RSS }],
  [200, "/rss.xml", { "accept-encoding": "gzip" }, { ...FEED, ...RSS, "content-encoding": "gzip" }],
  [200, "/rss.xml", { "accept-encoding": "br" }, { ...FEED, ...RSS, "content-encoding": "br" }],
  [200, "/feed", IDENTITY, { ...NEGOTIATED, ...RSS }],
  [200, "/archive/2/atom.xml", IDENTITY, { ...ARCHIVE, ...ofType("application/atom+xml; charset=utf-8") }],
  [200, "/rss.xml", NAVIGATION, { ...FEED_PAGE, ...ofType("text/html; charset=utf-8") }],
  [
    200,
    "/feed",
    NAVIGATION,
    {
      ...{ ...FEED_PAGE, ...ofType("text/html; charset=utf-8") },
      ...{ vary: NEGOTIATED.vary, "content-location": "/rss.xml" },
    },
  ],
  [200, "/source/rss.xml", IDENTITY, { ...SOURCE, ...ofType("text/plain; charset=utf-8") }],
  [200, "/subscribe", IDENTITY, { ...HOME, ...SCRIPTED, ...ofType("text/html; charset=utf-8") }],
  [200, "/opml.xml", IDENTITY, { ...STYLE, ...ofType("text/x-opml; charset=utf-8") }],
  [200, "/feedwright.js", {}, { ...SCRIPT, ...FILE, ...ofType("text/javascript; charset=utf-8") }],
  [200, "/", IDENTITY, { ...HOME, ...ofType("text/html; charset=utf-8") }],
  [200, "/articles/a", IDENTITY, { ...STORY, ...ofType("text/html; charset=utf-8") }],
  [200, "/style.css", IDENTITY, { ...STYLE, ...ofType("text/css; charset=utf-8") }],
  [200, "/media/x.gif", {}, { ...MEDIA, ...FILE, ...ofType("image/gif") }],
  [206, "/media/x.gif", { range: "bytes=1-2" }, { ...MEDIA, ...FILE, ...ofType("image/gif") }],
  [301, "/articles/former", {}, { ...MOVED, location: `${ORIGIN}/articles/a` }],
  [301, "/articles/former/rss.xml", {}, { ...MOVED, location: `${ORIGIN}/articles/a/rss.xml` }],
  [301, "/feed/", {}, { ...MOVED, location: `${ORIGIN}/rss.xml` }],
  [301, "/media//x.gif", {}, { ...MOVED, location: `${ORIGIN}/media/x.gif` }],
  [304, "/rss.xml", { "if-none-match": "*" }, FEED],
  [304, "/feed", { "if-none-match": "*" }, NEGOTIATED],
  [304, "/source/rss.xml", { "if-none-match": "*" }, SOURCE],
  [304, "/subscribe", { "if-none-match": "*" }, { ...HOME, ...SCRIPTED }],
  [304, "/opml.xml", { "if-none-match": "*" }, STYLE],
  [304, "/feedwright.js", { "if-none-match": "*" }, SCRIPT],
  [304, "/", { "if-none-match": "*" }, HOME],
  [304, "/style.css", { "if-none-match": "*" }, STYLE],
  [304, "/media/x.gif", { "if-none-match": "*" }, MEDIA],
  [404, "/nothing", {}, PROBLEM],
  [404, "/media/nothing.gif", {}, PROBLEM],
  [404, "/tags/nothing/rss.xml", {}, FEED_PROBLEM],
  [404, "/source/tags/nothing/rss.xml", {}, PROBLEM],
  [404, "/partners/nobody/rss.xml", {}, PROBLEM],
  [404, "/api/items", {}, PROBLEM],
  [404, "/preview/a/1/x", {}, PROBLEM],
  [
    406,
    "/feed",
    { accept: "image/png" },
    { ...FEED_PROBLEM, link: expect.stringMatching(/^(<[^>]+>; rel="alternate"; type="[^"]+"(, |$)){3}$/) },
  ],
  [406, "/rss.xml", { "accept-encoding": "identity;q=0" }, { ...FEED_PROBLEM, "accept-encoding": "br, gzip" }],
  [410, "/articles/gone", {}, { ...PROBLEM, "cache-control": "public, max-age=300" }],
  [410, "/articles/gone/feed.json", {}, { ...FEED_PROBLEM, "cache-control": "public, max-age=300" }],
  [412, "/rss.xml", { "if-match": '"x"' }, FEED_PROBLEM],
  [412, "/media/x.gif", { "if-match": '"x"' }, PROBLEM],
];

/** The header fields but those that say how a body is sent, whose value the length of the body tells. */
const withoutLength = (response: Response): Fields => {
  const { "content-length": _, "content-range": __, ...others } = headersOf(response);
  return others;
};

let served: ServedSite;
beforeAll(async () => {
  served = await serveFiles(files, { now: NOW, deployed: NOW - DAY });
});

describe.each(rows)("%i at %s with %j", (status, path, headers, expected) => {
  it("has these header fields and no others", async () => {
    const get = await served.fetch(path, { headers });
    expect(get.status).toBe(status);
    expect(withoutLength(get)).toEqual(expected);
    const { byteLength } = await get.arrayBuffer();
    const length = get.headers.get("content-length");
    expect(length).toBe(status === 301 || status === 304 ? null : String(byteLength));
    if (status === 206) expect(get.headers.get("content-range")).toBe(`bytes 1-2/${GIF.length}`);
  });

  it("has them for HEAD as well", async () => {
    const head = await served.fetch(path, { method: "HEAD", headers });
    // Range is defined for GET only.
    expect(head.status).toBe(status === 206 ? 200 : status);
    expect(withoutLength(head)).toEqual(expected);
    expect(head.body).toBeNull();
    const get = await served.fetch(path, { headers: status === 206 ? {} : headers });
    expect(head.headers.get("content-length")).toBe(get.headers.get("content-length"));
  });
});

it("416 has the length of the file, and a HEAD is answered 200", async () => {
  const headers = { range: "bytes=99999-" };
  const get = await served.fetch("/media/x.gif", { headers });
  expect(get.status).toBe(416);
  const { byteLength } = await get.arrayBuffer();
  expect(headersOf(get)).toEqual({
    ...PROBLEM,
    ...FILE,
    "content-range": `bytes */${GIF.length}`,
    "content-length": String(byteLength),
  });
  expect((await served.fetch("/media/x.gif", { method: "HEAD", headers })).status).toBe(200);
});

it.each([
  ["POST", "/rss.xml", "GET, HEAD, OPTIONS", FEED_PROBLEM],
  ["DELETE", "/media/x.gif", "GET, HEAD, OPTIONS", PROBLEM],
  ["PUT", "/feed/", "GET, HEAD, OPTIONS", PROBLEM],
] as const)("405 for %s %s names the methods that are allowed", async (method, path, allow, problem) => {
  const response = await served.fetch(path, { method });
  expect(response.status).toBe(405);
  const { byteLength } = await response.arrayBuffer();
  expect(headersOf(response)).toEqual({ ...problem, allow, "content-length": String(byteLength) });
});

it("an SVG runs no script, and its answers end when its story does", async () => {
  const late = await serveFiles(files, { now: Date.parse(EXPIRES) - 60_999 });
  const svg = {
    ...MEDIA,
    ...SVG_POLICY,
    "cache-control": "public, max-age=60, stale-while-revalidate=0, stale-if-error=0",
  };
  const get = await late.fetch("/media/z/y.svg");
  expect(withoutLength(get)).toEqual({ ...svg, ...FILE, "content-type": "image/svg+xml" });
  await get.body?.cancel();
  const same = await late.fetch("/media/z/y.svg", { headers: { "if-none-match": "*" } });
  expect([same.status, withoutLength(same)]).toEqual([304, svg]);
  for (const path of ["/media/z%2Fy.svg", "/articles/d-once", "/articles/d-once/rss.xml"]) {
    const moved = await late.fetch(path);
    expect([path, moved.status, moved.headers.get("cache-control")]).toEqual([path, 301, "public, max-age=60"]);
  }
});

it("226 has those of the 200 and those of the delta; its HEAD has no length, since nothing is made", async () => {
  const changing = await serveFiles(
    { ...files, "e.md": story("e", { published: new Date(NOW + 1000).toISOString().replace(".000", "") }) },
    { now: NOW, deployed: NOW - DAY },
  );
  const before = await changing.fetch("/rss.xml", { headers: IDENTITY });
  const tag = before.headers.get("etag") ?? "";
  changing.clock.now = NOW + 1000;
  const headers = { ...IDENTITY, "a-im": "feed", "if-none-match": tag };
  const delta = { im: "feed", "delta-base": tag, "cache-control": "no-store, im" };
  const expected = { ...FEED, ...RSS, ...delta, link: FEED.link.replace("/archive/2/", "/archive/3/") };
  const head = await changing.fetch("/rss.xml", { method: "HEAD", headers });
  expect(head.status).toBe(226);
  expect(headersOf(head)).toEqual(expected);
  const get = await changing.fetch("/rss.xml", { headers });
  expect(get.status).toBe(226);
  expect(withoutLength(get)).toEqual(expected);
  expect(get.headers.get("etag")).not.toBe(tag);
  expect(get.headers.get("content-length")).toBe(String((await get.arrayBuffer()).byteLength));
});

describe("500", () => {
  let log: MockInstance;
  beforeEach(() => {
    log = vi.spyOn(console, "error").mockImplementation(() => {});
  });
  afterEach(() => log.mockRestore());

  it("says when to come again", async () => {
    const assets = {
      fetch: async (): Promise<Response> => {
        throw new Error("no answer");
      },
    };
    const { fetch } = await serveFiles(files, { now: NOW, assets });
    for (const method of ["GET", "HEAD"]) {
      const response = await fetch("/media/x.gif", { method });
      expect([response.status, withoutLength(response)]).toEqual([500, { ...PROBLEM, "retry-after": "60" }]);
      expect(response.headers.get("content-length")).toMatch(/^\d+$/);
    }
    expect(log).toHaveBeenCalledTimes(2);
  });
});
