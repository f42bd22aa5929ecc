import { waitUntil } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type EdgeCache, openEdgeCache } from "../../src/editions/edge-cache.ts";
import { internalError } from "../../src/routes/errors.ts";
import { createSite, type Site } from "../../src/routes/site.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import type { Store } from "../../src/store/store.ts";
import { compileText, type Files, instant, ORIGIN, story } from "../fixtures/publication.ts";
import { fetchFrom, headersOf } from "./serve.ts";

// What a store is asked for, and what readers get on the day it fails.

const NOW = instant("2026-03-01T12:00:00Z");
const DAY = 86_400_000;
const iso = (time: number): string => new Date(time).toISOString();

/** A store that counts how often it is asked for stories, and fails while it is broken. */
const watch = (store: Store) => {
  const state = { asked: 0, isBroken: false };
  const notice = (): void => {
    state.asked += 1;
    if (state.isBroken) throw new Error("the store can't be reached");
  };
  const watched: Store = {
    ...store,
    stories: (...asked) => {
      notice();
      return store.stories(...asked);
    },
    find: async (slug) => {
      notice();
      return store.find(slug);
    },
  };
  return { state, store: watched };
};

interface Opened {
  readonly site: Site;
  readonly state: { asked: number; isBroken: boolean };
  readonly clock: { now: number };
  readonly get: (path: string, headers?: Record<string, string>) => Promise<Response>;
  /** What still goes on after the answers. */
  readonly settled: () => Promise<unknown>;
}
const open = async (files: Files, revision: string, edgeCache?: EdgeCache): Promise<Opened> => {
  const { state, store } = watch(openBundled(await compileText(files), "", { id: revision, at: NOW - DAY }));
  const clock = { now: NOW };
  const going: Promise<unknown>[] = [];
  const site = createSite({
    store,
    assets: { fetch: async () => new Response(null, { status: 404 }) },
    now: () => clock.now,
    waitUntil: (work) => {
      going.push(work);
      waitUntil(work);
    },
    ...(edgeCache && { edgeCache }),
  });
  const get = async (path: string, headers: Record<string, string> = {}): Promise<Response> => {
    const request = new Request(ORIGIN + path, { headers });
    return fetchFrom(site, request).catch(() => internalError(request));
  };
  return { site, state, clock, get, settled: () => Promise.all(going) };
};

/** A shelf in the real Cache API that no other test uses. */
let shelves = 0;
const newShelf = (): EdgeCache => {
  const name = `last-good-${shelves++}`;
  return openEdgeCache(ORIGIN, () => caches.open(name));
};

const LIFTS = NOW + DAY;
const files: Files = {
  "a.md": story("a", { tags: ["one"] }),
  "b.md": story("b", { published: iso(LIFTS) }),
};
const PATHS = ["/rss.xml", "/atom.xml", "/feed", "/tags/one/feed.json", "/", "/articles/a", "/articles/a/rss.xml"];

describe("an edition that is missing", () => {
  it.each(PATHS)("%s is built once for all who ask at the same time", async (path) => {
    const { state, get } = await open(files, "one");
    await get(path);
    const once = state.asked;
    expect(once).toBeGreaterThan(0);
    const other = await open(files, "one");
    const responses = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        other.get(`${path}?${index}`, index % 2 ? { "accept-encoding": "br" } : {}),
      ),
    );
    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
    expect(new Set(responses.map(({ headers }) => headers.get("etag"))).size).toBe(1);
    expect(other.state.asked).toBe(once);
    await other.get(path);
    expect(other.state.asked).toBe(once);
  });

  it("is built once for all sites that share a shelf", async () => {
    const edgeCache = newShelf();
    const first = await open(files, "one", edgeCache);
    const made = await Promise.all(PATHS.map((path) => first.get(path)));
    await first.settled();
    const second = await open(files, "one", edgeCache);
    for (const [index, path] of PATHS.entries()) {
      const response = await second.get(path);
      expect(headersOf(response)).toEqual(headersOf(made[index] ?? Response.error()));
      expect(await response.text()).toBe(await made[index]?.text());
    }
    expect(second.state.asked).toBe(0);
  });

  it("is made anew for another revision, whatever is on the shelf", async () => {
    const edgeCache = newShelf();
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

  it.each(PATHS)("%s is served as it was, from the shelf by a site with an empty memory", async (path) => {
    const edgeCache = newShelf();
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

  it("an edition is the new one as soon as the store is back", async () => {
    const { state, clock, get } = await open(files, "one", newShelf());
    await get("/rss.xml");
    state.isBroken = true;
    clock.now = LIFTS;
    expect(await (await get("/rss.xml")).text()).not.toContain("Text of b.");
    state.isBroken = false;
    expect(await (await get("/rss.xml")).text()).toContain("Text of b.");
  });

  it.each([
    ["memory", "one"],
    ["the shelf", "two"],
  ])("no story is shown that has expired meanwhile, from %s", async (_, revision) => {
    const edgeCache = newShelf();
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

  it.each(["/rss.xml", "/tags/one/rss.xml", "/tags/nothing/rss.xml", "/articles/a"])(
    "%s is answered 500 where it was never made",
    async (path) => {
      const { state, get } = await open(files, "one", newShelf());
      await get("/atom.xml");
      state.isBroken = true;
      const response = await get(path);
      expect([response.status, response.headers.get("cache-control")]).toEqual([500, "no-store"]);
      state.isBroken = false;
      expect((await get(path)).status).toBe(path.includes("nothing") ? 404 : 200);
    },
  );

  it("all who wait for the same edition hear of it, and the next one is tried anew", async () => {
    const { state, get } = await open(files, "one");
    state.isBroken = true;
    const responses = await Promise.all(Array.from({ length: 10 }, () => get("/rss.xml")));
    expect(responses.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 500));
    expect(state.asked).toBe(1);
    state.isBroken = false;
    expect((await get("/rss.xml")).status).toBe(200);
  });
});
