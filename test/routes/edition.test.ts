import { waitUntil } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createRouter } from "../../src/routes/router.ts";
import { createSite, type Site } from "../../src/routes/site.ts";
import { openBundled } from "../../src/store/bundled.ts";
import { compileText, ORIGIN, site, story } from "../fixtures/publication.ts";
import { courier, feedPaths, NOW, otherPaths } from "./courier.ts";
import { assetsOf, secondsOf, serveFiles } from "./serve.ts";

describe("the editions kept in memory", () => {
  const router = createRouter();
  let text: string;
  beforeAll(async () => {
    text = await compileText(courier);
  });

  const openSite = (now = () => NOW): Site =>
    createSite({ store: openBundled(text, "", { id: "one", at: NOW }), assets: assetsOf(courier), now, waitUntil });

  const ask = async (site: Site, path: string, init?: RequestInit): Promise<Response> =>
    router.fetch(new Request(ORIGIN + path, init), site);

  const warm = async (site: Site): Promise<number> => {
    for (const path of [...feedPaths, ...otherPaths]) await ask(site, path);
    return site.editions.size;
  };

  it("are made once", async () => {
    const site = openSite();
    const size = await warm(site);
    expect(size).toBeGreaterThan(0);
    expect(await warm(site)).toBe(size);
  });

  it("grow by nothing that a client makes up", async () => {
    const site = openSite();
    const size = await warm(site);
    const word = fc.webSegment().filter((text) => text !== "");
    const file = fc.constantFrom("/rss.xml", "/atom.xml", "/feed.json");
    const folder = fc.constantFrom("/tags/", "/authors/", "/sections/", "/articles/", "/summaries/tags/");
    const known = fc.constantFrom(...feedPaths, ...otherPaths);
    const path = fc.oneof(
      fc.tuple(known, fc.webQueryParameters()).map(([path, query]) => `${path}?${query}`),
      fc.tuple(folder, word, file).map((parts) => parts.join("")),
      word.map((slug) => `/articles/${slug}`),
      word.map((name) => `/media/${name}`),
      fc.tuple(known, fc.constantFrom("/", "//", "///")).map((parts) => parts.join("")),
      fc.tuple(fc.constantFrom("/", "//", "/%2F"), known).map((parts) => parts.join("")),
      fc.webUrl().map((url) => new URL(url).pathname),
    );
    const method = fc.constantFrom("GET", "HEAD", "OPTIONS", "POST");
    await fc.assert(
      fc.asyncProperty(path, method, fc.webSegment(), async (path, method, accept) => {
        await ask(site, path, { method, headers: { accept } });
        expect(site.editions.size).toBe(size);
      }),
      { numRuns: 5000 },
    );
  });

  it("are the same object for every spelling of a query", async () => {
    const site = openSite();
    await ask(site, "/rss.xml");
    const size = site.editions.size;
    for (let index = 0; index < 1000; index++) await ask(site, `/rss.xml?cache-buster=${index}`);
    expect(site.editions.size).toBe(size);
  });

  it("are others when a moment has passed at which something appears or disappears", async () => {
    let now = NOW;
    const site = openSite(() => now);
    await ask(site, "/rss.xml");
    const size = site.editions.size;
    now = site.store.transitions.find((transition) => transition > NOW) ?? 0;
    await ask(site, "/rss.xml");
    expect(site.editions.size).toBeGreaterThan(size);
  });
});

describe("how long an edition is fresh", () => {
  const SECOND = 1000;
  const seconds = fc.integer({ min: 0, max: 100_000 });
  // Some moments around 2026-03-01, in whole seconds.
  const moment = fc.integer({ min: -100_000, max: 100_000 }).map((offset) => NOW + offset * SECOND);
  const iso = (time: number): string => new Date(time).toISOString();

  const visit = fc.record({
    stories: fc.array(fc.record({ published: moment, life: fc.option(fc.integer({ min: 1, max: 50_000 })) }), {
      minLength: 1,
      maxLength: 6,
    }),
    freshness: fc.record({ maxAge: seconds, staleWhileRevalidate: seconds, staleIfError: seconds }),
    now: fc.integer({ min: -100_000_000, max: 200_000_000 }).map((offset) => NOW + offset),
  });

  it("ends before anything changes: the bytes are the same until then, and the time is used as far as it may", async () => {
    await fc.assert(
      fc.asyncProperty(visit, async ({ stories, freshness, now }) => {
        const files = stories.map(({ published, life }, index) => {
          const expires = life === null ? {} : { expires: iso(published + life * SECOND) };
          return [`${index}.md`, story(`story-${index}`, { published: iso(published), ...expires })] as const;
        });
        const setting = { now, deployed: NOW - 200_000_000 };
        const { clock, fetch } = await serveFiles(
          { "site.yaml": site({ freshness }), ...Object.fromEntries(files) },
          setting,
        );
        const most = freshness.maxAge + freshness.staleWhileRevalidate + freshness.staleIfError;
        const moments = stories.flatMap(({ published, life }) =>
          life === null ? [published] : [published, published + life * SECOND],
        );
        const next = Math.min(...moments.filter((time) => time > now));
        for (const path of ["/rss.xml", "/feed", "/"]) {
          clock.now = now;
          const response = await fetch(path);
          expect(secondsOf(response)).toBe(Math.min(most, Math.floor((next - now) / SECOND)));
          clock.now = Math.min(now + secondsOf(response) * SECOND, next - 1);
          const later = await fetch(path);
          expect(later.headers.get("etag")).toBe(response.headers.get("etag"));
          expect(await later.bytes()).toEqual(await response.bytes());
        }
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["a former slug of a story that expires", "/articles/formerly", 301],
    ["a story that is gone", "/articles/gone", 410],
  ])("%s is kept no longer than that either", async (_, path, status) => {
    const files = {
      "a.md": story("a", { aliases: ["formerly"], expires: iso(NOW) }),
      "gone.md": story("gone", { expires: iso(NOW - 1_000_000) }),
    };
    const { fetch } = await serveFiles(files, { now: NOW - 7500 });
    const response = await fetch(path);
    expect(response.status).toBe(status);
    expect(response.headers.get("cache-control")).toBe("public, max-age=7");
  });
});
