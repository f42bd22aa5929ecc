import { waitUntil } from "cloudflare:workers";
import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type EdgeCache, openEdgeCache } from "../../src/editions/edge-cache.ts";
import { internalError } from "../../src/routes/errors.ts";
import { createSite } from "../../src/routes/site.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import type { Store } from "../../src/store/store.ts";
import { compileText, type Files, instant, ORIGIN, story } from "../fixtures/publication.ts";
import { assetsOf, fetchFrom, headersOf } from "./support/serve.ts";

// How often the store is queried, and what readers get while it fails.

const NOW = instant("2026-03-01T12:00:00Z");
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const iso = (time: number): string => new Date(time).toISOString();

interface StoreState {
  /** Number of queries for stories so far. */
  queries: number;
  isBroken: boolean;
  /** Whether not even the snapshot is known, as in an isolate that starts while the store fails. */
  isUnknown: boolean;
}

/** A store that counts its queries for stories, and fails while it is broken. */
const observe = (store: Store): { readonly state: StoreState; readonly store: Store } => {
  const state: StoreState = { queries: 0, isBroken: false, isUnknown: false };
  const countQuery = (): void => {
    state.queries += 1;
    if (state.isBroken) throw new Error("the store can't be reached");
  };
  const observed: Store = {
    ...store,
    snapshotAt: (now) => {
      if (state.isUnknown) throw new Error("the store can't be reached");
      return store.snapshotAt(now);
    },
    stories: (...query) => {
      countQuery();
      return store.stories(...query);
    },
    findBySlug: async (slug) => {
      countQuery();
      return store.findBySlug(slug);
    },
  };
  return { state, store: observed };
};

interface OpenedSite {
  readonly state: StoreState;
  readonly clock: { now: number };
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>;
  /** Resolves when the work after the responses is done. */
  readonly settled: () => Promise<unknown>;
}

/** Opens a site with an empty memory. */
const open = async (files: Files, revision: string, edgeCache?: EdgeCache): Promise<OpenedSite> => {
  const { state, store } = observe(openBundled(await compileText(files), "", { id: revision, at: NOW - DAY }));
  const clock = { now: NOW };
  const pending: Promise<unknown>[] = [];
  const site = createSite({
    store,
    assets: assetsOf({}),
    now: () => clock.now,
    waitUntil: (work) => {
      pending.push(work);
      waitUntil(work);
    },
    edgeCache,
  });
  const get = async (path: string, headers: Record<string, string> = {}): Promise<Response> => {
    const request = new Request(ORIGIN + path, { headers });
    return fetchFrom(site, request).catch(() => internalError(request));
  };
  return { state, clock, get, settled: () => Promise.all(pending) };
};

// The time-out of the edge cache is never over.
beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

let edgeCaches = 0;

/** An empty edge cache, in the real Cache API. */
const newEdgeCache = (): EdgeCache => {
  const name = `store-outage-${edgeCaches++}`;
  return openEdgeCache(ORIGIN, () => caches.open(name));
};

const LIFTS = NOW + DAY;
const files: Files = {
  "a.md": story("a", { tags: ["one"] }),
  "b.md": story("b", { published: iso(LIFTS) }),
};
const OEMBED = `/oembed?maxwidth=500&url=${encodeURIComponent(`${ORIGIN}/articles/a`)}`;
const PATHS = [
  ...["/rss.xml", "/atom.xml", "/feed", "/tags/one/feed.json", "/", "/articles/a", "/articles/a/rss.xml"],
  ...["/source/rss.xml", OEMBED, `${OEMBED}&format=xml`],
];

describe("a document that is not cached", () => {
  it.each(PATHS)("%s is rendered once for all requests at the same time", async (path) => {
    const { state, get } = await open(files, "one");
    await get(path);
    const queriesForOne = state.queries;
    expect(queriesForOne).toBeGreaterThan(0);
    const other = await open(files, "one");
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        other.get(`${path}${path.includes("?") ? "&" : "?"}${index}`, index % 2 ? { "accept-encoding": "br" } : {}),
      ),
    );
    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(new Set(responses.map(({ headers }) => headers.get("etag"))).size).toBe(1);
    expect(other.state.queries).toBe(queriesForOne);
    await other.get(path);
    expect(other.state.queries).toBe(queriesForOne);
  });

  it("is rendered once for all isolates that share an edge cache", async () => {
    const edgeCache = newEdgeCache();
    const first = await open(files, "one", edgeCache);
    const rendered = await Promise.all(PATHS.map((path) => first.get(path)));
    await first.settled();
    const second = await open(files, "one", edgeCache);
    for (const [index, path] of PATHS.entries()) {
      const response = await second.get(path);
      expect(headersOf(response)).toEqual(headersOf(rendered[index] ?? Response.error()));
      expect(await response.text()).toBe(await rendered[index]?.text());
    }
    expect(second.state.queries).toBe(0);
  });

  it("is rendered anew for another revision, whatever the edge cache has", async () => {
    const edgeCache = newEdgeCache();
    const first = await open(files, "one", edgeCache);
    await first.get("/rss.xml");
    await first.settled();
    const second = await open({ "a.md": story("a", {}, "Edited.") }, "two", edgeCache);
    expect(await (await second.get("/rss.xml")).text()).toContain("Edited.");
  });
});

describe("while the store fails", () => {
  beforeEach(() => {
    vi.spyOn(console, "error").mockImplementation(() => {});
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it.each(PATHS)("%s is served as it was, from memory", async (path) => {
    const { state, clock, get } = await open(files, "one");
    const before = await get(path);
    state.isBroken = true;
    clock.now = LIFTS;
    const after = await get(path);
    expect(after.status).toBe(200);
    expect(after.headers.get("etag")).toBe(before.headers.get("etag"));
    expect(await after.text()).toBe(await before.text());
    expect((await get(path, { "if-none-match": before.headers.get("etag") ?? "" })).status).toBe(304);
  });

  it.each(PATHS)("%s is served as it was, from the edge cache if the memory is empty", async (path) => {
    const edgeCache = newEdgeCache();
    const first = await open(files, "one", edgeCache);
    const before = await first.get(path);
    await first.settled();
    const second = await open({ ...files, "c.md": story("c") }, "two", edgeCache);
    second.state.isBroken = true;
    const after = await second.get(path);
    expect(after.status).toBe(200);
    expect(after.headers.get("etag")).toBe(before.headers.get("etag"));
    expect(await after.text()).toBe(await before.text());
  });

  it.each([...PATHS, "/news-sitemap.xml", "/sitemap.xml", "/archive/2026/01"])(
    "%s is served as it was, from the edge cache by an isolate that never reached the store",
    async (path) => {
      const edgeCache = newEdgeCache();
      const first = await open(files, "one", edgeCache);
      const before = await first.get(path);
      await first.settled();
      const second = await open(files, "one", edgeCache);
      second.state.isUnknown = true;
      const after = await second.get(path);
      expect([after.status, after.headers.get("etag")]).toEqual([200, before.headers.get("etag")]);
      expect(await after.text()).toBe(await before.text());
    },
  );

  it.each([
    ["memory", "one"],
    ["the edge cache", "two"],
  ])("a browser gets the page of a feed as it was from %s, or the feed where there is no page", async (_, revision) => {
    const edgeCache = newEdgeCache();
    const browser = { "sec-fetch-dest": "document" };
    const first = await open(files, "one", edgeCache);
    const page = await first.get("/rss.xml", browser);
    const feed = await first.get("/atom.xml");
    await first.settled();
    const { state, clock, get } = revision === "one" ? first : await open(files, revision, edgeCache);
    state.isBroken = true;
    clock.now = LIFTS;
    const answers = await Promise.all(["/rss.xml", "/feed", "/atom.xml"].map((path) => get(path, browser)));
    expect(answers.map(({ status }) => status)).toEqual([200, 500, 200]);
    expect(answers.map(({ headers }) => headers.get("etag"))).toEqual([
      page.headers.get("etag"),
      null,
      feed.headers.get("etag"),
    ]);
  });

  it("a document is the new one as soon as the store answers again", async () => {
    const { state, clock, get } = await open(files, "one", newEdgeCache());
    await get("/rss.xml");
    state.isBroken = true;
    clock.now = LIFTS;
    expect(await (await get("/rss.xml")).text()).not.toContain("Text of b.");
    state.isBroken = false;
    expect(await (await get("/rss.xml")).text()).toContain("Text of b.");
  });

  it.each([
    ["memory", "one"],
    ["the edge cache", "two"],
  ])("no story is served from %s that has expired meanwhile", async (_, revision) => {
    const edgeCache = newEdgeCache();
    const expiring = { "b.md": story("b", { expires: iso(LIFTS) }), "c.md": story("c", { published: iso(LIFTS) }) };
    const first = await open(expiring, "one", edgeCache);
    await first.get("/rss.xml");
    await first.settled();
    const { state, clock, get } = revision === "one" ? first : await open(expiring, revision, edgeCache);
    state.isBroken = true;
    clock.now = LIFTS - 1;
    const last = await get("/rss.xml");
    expect([last.status, (await last.text()).includes("Text of b.")]).toEqual([200, true]);
    clock.now = LIFTS;
    expect((await get("/rss.xml")).status).toBe(500);
    state.isBroken = false;
    expect(await (await get("/rss.xml")).text()).toContain("Text of c.");
  });

  it.each(["/rss.xml", "/tags/one/rss.xml", "/articles/a"])(
    "%s is answered by 500 if it was never rendered",
    async (path) => {
      const { state, get } = await open(files, "one", newEdgeCache());
      await get("/atom.xml");
      state.isBroken = true;
      const response = await get(path);
      expect([response.status, response.headers.get("cache-control")]).toEqual([500, "no-store"]);
      state.isBroken = false;
      expect((await get(path)).status).toBe(200);
    },
  );

  it.each(["/tags/nothing/rss.xml", "/articles/nothing", "/articles/nothing/atom.xml"])(
    "%s is answered by 404: the store need not be asked about what does not exist",
    async (path) => {
      const { state, get } = await open(files, "one", newEdgeCache());
      state.isBroken = true;
      expect((await get(path)).status).toBe(404);
      expect(state.queries).toBe(0);
    },
  );

  it.each(["/", "/articles/brief", "/rss.xml", "/articles/brief/atom.xml"])(
    "%s shows no story any longer that has expired meanwhile",
    async (path) => {
      const expires = NOW + HOUR;
      const { state, clock, get } = await open({ "brief.md": story("brief", { expires: iso(expires) }) }, "one");
      expect((await get(path)).status).toBe(200);
      state.isBroken = true;
      clock.now = expires - 1;
      expect((await get(path)).status).toBe(200);
      clock.now = expires;
      expect((await get(path)).status).toBe(500);
    },
  );

  it("all requests that share a rendering fail with it, and the next request renders again", async () => {
    const { state, get } = await open(files, "one");
    state.isBroken = true;
    const responses = await Promise.all(Array.from({ length: 10 }, () => get("/rss.xml")));
    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 500));
    expect(state.queries).toBe(1);
    state.isBroken = false;
    expect((await get("/rss.xml")).status).toBe(200);
  });
});

describe("after the store has failed", () => {
  it("no compressed bytes of the stale edition are cached for the current one", async () => {
    const edgeCache = newEdgeCache();
    const first = await open({ "a.md": story("a", {}, "Old text.") }, "one", edgeCache);
    await first.get("/rss.xml", { "accept-encoding": "identity" });
    await first.settled();
    const second = await open({ "a.md": story("a", {}, "New text.") }, "two", edgeCache);
    second.state.isBroken = true;
    expect((await second.get("/rss.xml", { "accept-encoding": "gzip" })).status).toBe(200);
    await second.settled();
    second.state.isBroken = false;
    const plain = await second.get("/rss.xml", { "accept-encoding": "identity" });
    const compressed = await second.get("/rss.xml", { "accept-encoding": "gzip" });
    expect(compressed.headers.get("etag")).toBe(plain.headers.get("etag"));
    expect(new TextDecoder().decode(gunzipSync(await compressed.bytes()))).toBe(await plain.text());
  });

  it("no delta to the stale edition is cached for the current one", async () => {
    const hourly = Object.fromEntries(
      [0, 1, 2, 3, 4, 5].map((i) => [`s${i}.md`, story(`s${i}`, { published: iso(NOW + (i - 3) * HOUR) })]),
    );
    const { state, clock, get } = await open(hourly, "one");
    const tagOf = async () => (await get("/rss.xml")).headers.get("etag") ?? "";
    const first = await tagOf();
    clock.now = NOW + HOUR;
    const second = await tagOf();
    state.isBroken = true;
    clock.now = NOW + 2 * HOUR;
    expect((await get("/rss.xml", { "a-im": "feed", "if-none-match": first })).status).toBe(226);
    state.isBroken = false;
    const delta = await get("/rss.xml", { "a-im": "feed", "if-none-match": second });
    expect(delta.status).toBe(226);
    expect(delta.headers.get("etag")).toBe(await tagOf());
    expect(await delta.text()).toContain("Text of s5.");
  });
});
