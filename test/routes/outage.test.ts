import { waitUntil } from "cloudflare:workers";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openEdgeCache } from "../../src/editions/edge-cache.ts";
import { createEdition } from "../../src/editions/edition.ts";
import { createRepresentation } from "../../src/http/representation.ts";
import { createSite } from "../../src/routes/site.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import type { Store } from "../../src/store/store.ts";
import { compileText, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { fetchFrom } from "./serve.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const HOUR = 3_600_000;
const iso = (time: number): string => new Date(time).toISOString();
const assets = { fetch: async () => new Response(null, { status: 404 }) };

describe("after the store failed", () => {
  it("no coding of the last good edition is kept for the one that takes its place", async () => {
    const edgeCache = openEdgeCache(ORIGIN, () => caches.open("bug-a"));
    const going: Promise<unknown>[] = [];
    const open = async (body: string, id: string) => {
      const state = { isBroken: false };
      const real = openBundled(await compileText({ "a.md": story("a", {}, body) }), "", { id, at: NOW });
      const store: Store = {
        ...real,
        stories: (scope) => {
          if (state.isBroken) throw new Error("down");
          return real.stories(scope);
        },
      };
      const one = createSite({
        store,
        assets,
        now: () => NOW,
        edgeCache,
        waitUntil: (work) => {
          going.push(work);
          waitUntil(work);
        },
      });
      return {
        state,
        get: (coding: string) =>
          fetchFrom(one, new Request(`${ORIGIN}/rss.xml`, { headers: { "accept-encoding": coding } })),
      };
    };
    const first = await open("Old text.", "one");
    await first.get("identity");
    await Promise.all(going);
    const second = await open("New text.", "two");
    second.state.isBroken = true;
    await second.get("gzip");
    await Promise.all(going);
    second.state.isBroken = false;
    const plain = await second.get("identity");
    const zipped = await second.get("gzip");
    expect(zipped.headers.get("etag")).toBe(plain.headers.get("etag"));
    expect(new TextDecoder().decode(gunzipSync(await zipped.bytes()))).toBe(await plain.text());
  });

  it("no delta to the last good edition is kept for the one that takes its place", async () => {
    const files = Object.fromEntries(
      [0, 1, 2, 3, 4, 5].map((i) => [`s${i}.md`, story(`s${i}`, { published: iso(NOW + (i - 3) * HOUR) })]),
    );
    const real = openBundled(await compileText(files), "", { id: "one", at: 0 });
    const state = { isBroken: false, now: NOW };
    const store: Store = {
      ...real,
      stories: (scope) => {
        if (state.isBroken) throw new Error("down");
        return real.stories(scope);
      },
    };
    const one = createSite({ store, assets, now: () => state.now, waitUntil });
    const get = (headers: Record<string, string> = {}) => fetchFrom(one, new Request(`${ORIGIN}/rss.xml`, { headers }));
    const tagOf = async () => (await get()).headers.get("etag") ?? "";
    const first = await tagOf();
    state.now = NOW + HOUR;
    const second = await tagOf();
    state.isBroken = true;
    state.now = NOW + 2 * HOUR;
    await get({ "a-im": "feed", "if-none-match": first });
    state.isBroken = false;
    const delta = await get({ "a-im": "feed", "if-none-match": second });
    expect(delta.status).toBe(226);
    expect(delta.headers.get("etag")).toBe(await tagOf());
    expect(await delta.text()).toContain("Text of s5.");
  });
});

describe("memory", () => {
  it("stories of forgotten documents are forgotten, with deltas and without", async () => {
    const cached: Record<string, boolean> = {};
    for (const deltas of [true, false]) {
      const count = 50;
      const files = Object.fromEntries(
        Array.from({ length: count }, (_, i) => [`s${i}.md`, story(`s${i}`, { tags: [`t${i}`] })]),
      );
      const real = openBundled(await compileText({ "site.yaml": site({ deltas }), ...files }), "", {
        id: "one",
        at: NOW,
      });
      const all = [...(await Array.fromAsync(real.stories({ kind: "all" })))].map((item) => ({
        ...item,
        html: "x".repeat(1_000_000),
      }));
      const store: Store = {
        ...real,
        stories: (scope) =>
          all.filter((item) => scope.kind === "tag" && item.tags.some(({ key }) => key === scope.key)),
      };
      const one = createSite({ store, assets, now: () => NOW, waitUntil });
      for (let i = 0; i < count; i++) await fetchFrom(one, new Request(`${ORIGIN}/tags/t${i}/rss.xml`));
      cached[String(deltas)] =
        all.filter((item) => one.cache.fragments.find("rss full", item) !== undefined).length * 1_000_000 >
        32 * 1024 * 1024;
    }
    expect(cached).toEqual({ true: false, false: false });
  });

  it("a damaged entry is one that is not there, and does no harm to others", async () => {
    const values = new Map<string, Uint8Array>();
    const edgeCache = openEdgeCache(ORIGIN, async () => ({
      match: async (key) => {
        const body = values.get(String(key));
        return body && new Response(body);
      },
      put: async (key, response) => {
        values.set(String(key), new Uint8Array(await response.arrayBuffer()));
      },
    }));
    const edition = createEdition(
      createRepresentation("text/plain", { etag: '"a"', lastModified: 0 }, {}),
      new Uint8Array(3),
      {
        goodUntil: 1,
        revision: 0,
      },
    );
    await edgeCache.put("good", edition, 60);
    await edgeCache.put("bad", new Uint8Array(3), 60);
    expect(await edgeCache.find("good")).toBeDefined();
    await edgeCache.find("bad");
    expect(await edgeCache.find("good")).toBeDefined();
  });
});
