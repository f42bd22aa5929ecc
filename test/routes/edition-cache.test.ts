import { waitUntil } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createSite, type Site } from "../../src/routes/site.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { compileText, ORIGIN, site, story } from "../fixtures/publication.ts";
import { feedPaths, NOW, otherPaths, sampleFiles } from "./sample-site.ts";
import { assetsOf, fetchFrom, secondsOf, serveFiles } from "./serve.ts";

describe("the editions kept in memory", () => {
  let text: string;
  beforeAll(async () => {
    text = await compileText(sampleFiles);
  });

  const openSite = (now = () => NOW): Site =>
    createSite({
      store: openBundled(text, "", { id: "one", at: NOW }),
      assets: assetsOf(sampleFiles),
      now,
      waitUntil,
    });

  const ask = async (site: Site, path: string, init?: RequestInit): Promise<Response> =>
    fetchFrom(site, new Request(ORIGIN + path, init));

  const warm = async (site: Site): Promise<number> => {
    for (const path of [...feedPaths, ...otherPaths]) await ask(site, path);
    return site.cache.editions.size;
  };

  it("are made once", async () => {
    const site = openSite();
    const size = await warm(site);
    expect(size).toBeGreaterThan(0);
    expect(await warm(site)).toBe(size);
  });

  /** Bytes of all that a client could make grow. */
  const held = ({ cache }: Site): readonly number[] => [cache.editions.size, cache.latestKeys.size];

  it("grow by nothing that a client makes up", async () => {
    const site = openSite();
    await warm(site);
    const size = held(site);
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
        expect(held(site)).toEqual(size);
      }),
      { numRuns: 5000 },
    );
  });

  describe("of a publication with archives, in every coding,", () => {
    const files = { ...sampleFiles, "site.yaml": `${sampleFiles["site.yaml"]}feedLength: 1\n` };
    const pagesOf = (path: string): readonly string[] =>
      Array.from({ length: 9 }, (_, page) => path.replace(/\/[^/]+$/, `/archive/${page + 1}$&`));
    const known = [...feedPaths, ...feedPaths.flatMap(pagesOf), ...otherPaths];
    let site: Site;
    let size: readonly number[];

    beforeAll(async () => {
      const store = openBundled(await compileText(files), "", { id: "one", at: NOW });
      site = createSite({ store, assets: assetsOf(files), now: () => NOW, waitUntil });
      let pages = 0;
      for (const path of known) {
        for (const coding of ["identity", "gzip", "br"]) {
          const { status } = await ask(site, path, { headers: { "accept-encoding": coding } });
          if (path.includes("/archive/") && status === 200) pages += 1;
        }
      }
      expect(pages).toBeGreaterThan(20);
      size = held(site);
    });

    // Characters that headers may hold.
    const text = fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)) });
    const weight = fc.oneof(
      fc.constantFrom("", ";q=0", ";q=1", ";q=0.5", ";q=x"),
      text.map((more) => `;${more}`),
    );
    const listOf = (member: fc.Arbitrary<string>) =>
      fc
        .array(
          fc.tuple(member, weight).map((parts) => parts.join("")),
          { maxLength: 8 },
        )
        .map((all) => all.join(", "));
    const coding = fc.oneof(fc.constantFrom("gzip", "br", "identity", "*", "x-gzip", "deflate", "GZIP"), text);
    const manipulation = fc.oneof(fc.constantFrom("feed", "FEED", "vcdiff", "*"), text);
    const digest = fc.stringMatching(/^[\w-]{22}$/);
    const short = fc.stringMatching(/^[\w-]{5}$/);
    const tag = fc.oneof(
      fc.constant("*"),
      text,
      text.map((opaque) => `"${opaque}"`),
      fc.tuple(digest, fc.array(short)).map(([whole, told]) => `W/"${whole}.${told.join("")}"`),
    );

    it("grow by no header", async () => {
      const headers = fc.record({
        "accept-encoding": listOf(coding),
        "a-im": listOf(manipulation),
        "if-none-match": fc.array(tag, { maxLength: 8 }).map((tags) => tags.join(", ")),
      });
      const statuses = new Set<number>();
      await fc.assert(
        fc.asyncProperty(
          fc.constantFrom(...known),
          fc.constantFrom("GET", "HEAD"),
          headers,
          async (path, method, headers) => {
            const { status } = await ask(site, path, { method, headers });
            statuses.add(status);
            expect(held(site)).toEqual(size);
          },
        ),
        { numRuns: 5000 },
      );
      expect([...statuses].sort()).toEqual(expect.arrayContaining([200, 304, 404, 406]));
      expect(Math.max(...statuses)).toBe(406);
    });

    it("grow by no delta, true or forged", async () => {
      const statuses = new Set<number>();
      for (const path of feedPaths) {
        const current = (await ask(site, path)).headers.get("etag") ?? "";
        const [opening = "", told = ""] = current.split(".");
        await fc.assert(
          fc.asyncProperty(digest, fc.array(short), listOf(coding), async (whole, more, accepted) => {
            for (const entries of [told.replace(/"$/, ""), told.slice(0, 5)]) {
              const tag = `${opening.slice(0, 3)}${whole}.${entries}${more.join("")}"`;
              const headers = { "a-im": "feed", "if-none-match": tag, "accept-encoding": accepted };
              statuses.add((await ask(site, path, { headers })).status);
              expect(held(site)).toEqual(size);
            }
          }),
          { numRuns: 20 },
        );
      }
      expect(statuses.has(226)).toBe(true);
    });

    it("grow by no made-up archive page", async () => {
      const number = fc.oneof(
        fc.integer({ min: -2, max: 2_000_000_000 }).map(String),
        fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String),
        fc.constantFrom("00", "01", "1.0", "1e1", "0x1", "%31", "+1", "1/", "/1", "１", "NaN", "Infinity"),
        fc.webSegment(),
      );
      const view = fc.constantFrom("", "/tags/news", "/articles/visible", "/summaries", "/summaries/authors/desk");
      const file = fc.constantFrom("rss.xml", "atom.xml", "feed.json");
      await fc.assert(
        fc.asyncProperty(view, number, file, async (view, number, file) => {
          await ask(site, `${view}/archive/${number}/${file}`, { headers: { "accept-encoding": "gzip" } });
          expect(held(site)).toEqual(size);
        }),
        { numRuns: 3000 },
      );
    });
  });

  it("are the same object for every spelling of a query", async () => {
    const site = openSite();
    await ask(site, "/rss.xml");
    const size = site.cache.editions.size;
    for (let index = 0; index < 1000; index++) await ask(site, `/rss.xml?cache-buster=${index}`);
    expect(site.cache.editions.size).toBe(size);
  });

  it("are others when a moment has passed at which something appears or disappears", async () => {
    let now = NOW;
    const site = openSite(() => now);
    await ask(site, "/rss.xml");
    const size = site.cache.editions.size;
    now = (await site.store.snapshotAt(NOW)).until;
    await ask(site, "/rss.xml");
    expect(site.cache.editions.size).toBeGreaterThan(size);
  });
});

describe("how long an edition is fresh", () => {
  const SECOND = 1000;
  const seconds = fc.integer({ min: 0, max: 100_000 });
  // Some moments around 2026-03-01, in whole seconds.
  const snapshot = fc.integer({ min: -100_000, max: 100_000 }).map((offset) => NOW + offset * SECOND);
  const iso = (time: number): string => new Date(time).toISOString();

  const visit = fc.record({
    stories: fc.array(fc.record({ published: snapshot, life: fc.option(fc.integer({ min: 1, max: 50_000 })) }), {
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
        const snapshots = stories.flatMap(({ published, life }) =>
          life === null ? [published] : [published, published + life * SECOND],
        );
        const next = Math.min(...snapshots.filter((time) => time > now));
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
