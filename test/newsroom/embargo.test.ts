import { gunzipSync } from "node:zlib";
import { Router as IttyRouter } from "itty-router";
import { beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../src/lib/sha256.ts";
import { patterns } from "../../src/routes/url-map.ts";
import { GIF, instant, ORIGIN, story } from "../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

// Every address of the site, before and after a story's embargo and expiry.

const GZIP = { "accept-encoding": "gzip;q=1, identity;q=0" };

const LIFTS = instant("2026-03-01T12:00:00Z");
const EXPIRES = LIFTS + 3_600_000;
const WORD = "Xylophone";

const files = ["/rss.xml", "/atom.xml", "/feed.json"];
const scopes = [
  "",
  "/tags/secret",
  "/tags/shared",
  "/authors/ann-secret",
  "/authors/staff",
  "/sections/world",
  "/articles/secret",
  "/articles/open",
];
const pages = ["", "/archive/1", "/archive/2"];
const addresses = [
  ...["", "/summaries"].flatMap((text) =>
    scopes.flatMap((scope) => pages.flatMap((page) => files.map((file) => text + scope + page + file))),
  ),
  ...scopes.flatMap((scope) => files.map((file) => `/source${scope}${file}`)),
  ...["/source/archive/1/rss.xml", "/subscribe", "/feedwright.js"],
  ...["/page/2", "/tags/secret", "/tags/shared", "/authors/ann-secret", "/authors/staff", "/sections/world"],
  ...["/tags/shared/page/2", "/sections/world/page/2", "/archive"],
  ...["01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"].map((month) => `/archive/2026/${month}`),
  ...["/feed", "/", "/articles/secret", "/articles/open", "/articles/once-secret", "/media/secret.gif", "/style.css"],
  ...[
    "/api/items",
    "/api/items/secret",
    "/api/log",
    "/api/media",
    "/api/media/secret.gif",
    "/api/editors",
    "/api/openapi.json",
    "/api/previews",
  ],
  ...[
    "/preview/secret",
    "/preview/secret/9999999999999/x",
    "/preview/secret/9999999999999/x/media/secret.gif",
    "/api/editors/ann",
    "/api/subscriptions",
    "/.editions/x",
    "/opml.xml",
    "/robots.txt",
    "/hub",
    "/rsscloud/pleaseNotify",
    "/license.xml",
    "/news-sitemap.xml",
    "/.well-known/tdmrep.json",
    "/articles/secret/republish",
    "/articles/open/republish",
    "/articles/secret.md",
    "/articles/open.md",
    "/sitemap.xml",
    "/sitemaps/1.xml",
    "/sitemaps/pages-1.xml",
    "/oembed",
    `/oembed?url=${ORIGIN}/articles/secret`,
    `/oembed?url=${ORIGIN}/articles/open`,
    "/favicon.ico",
  ],
  ...["/partners/acme", "/partners/acme/rss.xml", "/partners/acme/atom.xml", "/partners/acme/feed.json"],
  ...["/api/partners", "/api/partners/acme", "/api/partners/acme/usage"],
];

const TOKEN = "the-token-of-acme-in-this-test";
const AS_PARTNER = { authorization: `Bearer ${TOKEN}` };

describe("the addresses", () => {
  it.each(Object.entries(patterns))("include one of the route %s", (_, pattern) => {
    const { routes } = IttyRouter().get(pattern, () => new Response());
    expect(addresses.some((path) => routes[0]?.[1].test(path))).toBe(true);
  });
});

let newsroom: NewsroomWorker;

/** Requests every address in each form. Returns all headers and bodies as one text, and the statuses by address. */
const fetchAll = async (): Promise<{ readonly text: string; readonly statuses: ReadonlyMap<string, number> }> => {
  let all = "";
  const statuses = new Map<string, number>();
  for (const path of addresses) {
    for (const headers of [
      {},
      { "a-im": "feed", "if-none-match": 'W/"x"' },
      { accept: "application/json" },
      { accept: "text/markdown" },
      GZIP,
      AS_PARTNER,
    ]) {
      const response = await newsroom.fetch(path, { headers });
      statuses.set(path, response.status);
      const body = Buffer.from(await response.arrayBuffer());
      const text = response.headers.get("content-encoding") === "gzip" ? gunzipSync(body) : body;
      all += `${JSON.stringify([...response.headers])}\n${text.toString()}\n`;
    }
  }
  return { text: all, statuses };
};

beforeAll(async () => {
  newsroom = await openNewsroomWorker({ now: LIFTS - 86_400_000, database: await createEmptyDatabase() });
  await newsroom.api("PUT", "/api/media/secret.gif", { body: GIF });
  const contract = { formats: ["rss", "atom", "json"], tokens: [{ sha256: sha256(TOKEN) }] };
  await newsroom.api("PUT", "/api/partners/acme", { body: JSON.stringify(contract) });
  for (const name of ["a", "b", "c", "open"]) {
    await newsroom.put(name, story(name, { tags: ["shared"], authors: ["staff"], section: "world" }));
  }
  await newsroom.put(
    "secret",
    story(
      "secret",
      {
        title: `A ${WORD}`,
        published: new Date(LIFTS).toISOString(),
        expires: new Date(EXPIRES).toISOString(),
        tags: ["secret", "shared"],
        authors: [{ name: "Ann Secret" }],
        section: "world",
        aliases: ["once-secret"],
        image: { src: "media/secret.gif", alt: "" },
      },
      `${WORD} text.`,
    ),
  );
});

const storyAddresses = [
  "/tags/secret",
  "/authors/ann-secret",
  "/tags/secret/rss.xml",
  "/authors/ann-secret/atom.xml",
  "/articles/secret",
  "/articles/secret/feed.json",
  "/source/tags/secret/rss.xml",
  "/source/articles/secret/feed.json",
  "/media/secret.gif",
  `/oembed?url=${ORIGIN}/articles/secret`,
  "/articles/once-secret",
];

describe("a story with an embargo and an expiry", () => {
  it.each([-86_400_000, -1000, -1])("is mentioned nowhere %i ms before the embargo lifts", async (before) => {
    newsroom.clock.now = LIFTS + before;
    const { text, statuses } = await fetchAll();
    expect(text).not.toContain(WORD);
    expect(text).not.toContain("2026:secret");
    for (const path of storyAddresses) expect({ path, status: statuses.get(path) }).toEqual({ path, status: 404 });
  });

  it.each([0, 1000, 3_599_999])("is on all its addresses %i ms after the embargo lifts", async (after) => {
    newsroom.clock.now = LIFTS + after;
    const { statuses } = await fetchAll();
    for (const path of storyAddresses) {
      expect({ path, status: statuses.get(path) }).toEqual({
        path,
        status: path === "/articles/once-secret" ? 301 : 200,
      });
    }
    for (const scope of [
      "",
      "/tags/secret",
      "/tags/shared",
      "/authors/ann-secret",
      "/sections/world",
      "/articles/secret",
    ]) {
      for (const file of files) expect(await (await newsroom.fetch(scope + file)).text()).toContain(WORD);
    }
    for (const path of ["/", "/tags/secret", "/authors/ann-secret", "/sections/world", "/archive"]) {
      expect(await (await newsroom.fetch(path)).text()).toContain(WORD);
    }
    for (const file of files) {
      const response = await newsroom.fetch(`/partners/acme${file}`, { headers: AS_PARTNER });
      expect(await response.text()).toContain(WORD);
    }
  });

  it("is answered 410 after it has expired", async () => {
    newsroom.clock.now = EXPIRES;
    const { text, statuses } = await fetchAll();
    expect(text).not.toContain(WORD);
    expect(statuses.get("/articles/secret")).toBe(410);
    expect(statuses.get("/media/secret.gif")).toBe(404);
    expect(await (await newsroom.fetch("/atom.xml")).text()).toContain(
      '<at:deleted-entry ref="tag:courier.example,2026:secret"',
    );
  });
});
