import { waitUntil } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { createSite, type Site } from "../../src/routes/site.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import type { Store } from "../../src/store/store.ts";
import { compileText, ORIGIN, site, story } from "../fixtures/publication.ts";
import { feedPaths, NOW, otherPaths, sampleFiles } from "./support/sample-site.ts";
import { assetsOf, fetchFrom } from "./support/serve.ts";

describe("the editions in memory", () => {
  let text: string;
  beforeAll(async () => {
    text = await compileText(sampleFiles);
  });

  const createSampleSite = (now = () => NOW): Site =>
    createSite({
      store: openBundled(text, "", { id: "one", at: NOW }),
      assets: assetsOf(sampleFiles),
      now,
      waitUntil,
    });

  const request = async (site: Site, path: string, init?: RequestInit): Promise<Response> =>
    fetchFrom(site, new Request(ORIGIN + path, init));

  const requestAll = async (site: Site): Promise<number> => {
    for (const path of [...feedPaths, ...otherPaths]) await request(site, path);
    return site.cache.editions.size;
  };

  it("are rendered once", async () => {
    const site = createSampleSite();
    const size = await requestAll(site);
    expect(size).toBeGreaterThan(0);
    expect(await requestAll(site)).toBe(size);
  });

  /** Bytes of what clients could make grow. */
  const sizesOf = ({ cache }: Site): readonly number[] => [cache.editions.size, cache.latestKeys.size];

  it("do not grow by any path, method or Accept that a client makes up", async () => {
    const site = createSampleSite();
    await requestAll(site);
    const size = sizesOf(site);
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
        await request(site, path, { method, headers: { accept } });
        expect(sizesOf(site)).toEqual(size);
      }),
      { numRuns: 5000 },
    );
  });

  describe("of a site with archives, in every content-coding,", () => {
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
          const { status } = await request(site, path, { headers: { "accept-encoding": coding } });
          if (path.includes("/archive/") && status === 200) pages += 1;
        }
      }
      expect(pages).toBeGreaterThan(20);
      size = sizesOf(site);
    });

    // Characters that are allowed in headers.
    const text = fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)) });
    const qvalue = fc.oneof(
      fc.constantFrom("", ";q=0", ";q=1", ";q=0.5", ";q=x"),
      text.map((more) => `;${more}`),
    );
    const listOf = (member: fc.Arbitrary<string>) =>
      fc
        .array(
          fc.tuple(member, qvalue).map((parts) => parts.join("")),
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
      fc.tuple(digest, fc.array(short)).map(([whole, entries]) => `W/"${whole}.${entries.join("")}"`),
    );

    it("do not grow by any header", async () => {
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
            const { status } = await request(site, path, { method, headers });
            statuses.add(status);
            expect(sizesOf(site)).toEqual(size);
          },
        ),
        { numRuns: 5000 },
      );
      expect([...statuses].sort()).toEqual(expect.arrayContaining([200, 304, 404, 406]));
      expect(Math.max(...statuses)).toBe(406);
    });

    it("do not grow by any delta, of a real or a forged entity tag", async () => {
      const statuses = new Set<number>();
      for (const path of feedPaths) {
        const current = (await request(site, path)).headers.get("etag") ?? "";
        const [prefix = "", names = ""] = current.split(".");
        await fc.assert(
          fc.asyncProperty(digest, fc.array(short), listOf(coding), async (whole, more, accepted) => {
            for (const entries of [names.replace(/"$/, ""), names.slice(0, 5)]) {
              const tag = `${prefix.slice(0, 3)}${whole}.${entries}${more.join("")}"`;
              const headers = { "a-im": "feed", "if-none-match": tag, "accept-encoding": accepted };
              statuses.add((await request(site, path, { headers })).status);
              expect(sizesOf(site)).toEqual(size);
            }
          }),
          { numRuns: 20 },
        );
      }
      expect(statuses.has(226)).toBe(true);
    });

    it("do not grow by any archive page that a client makes up", async () => {
      const number = fc.oneof(
        fc.integer({ min: -2, max: 2_000_000_000 }).map(String),
        fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String),
        fc.constantFrom("00", "01", "1.0", "1e1", "0x1", "%31", "+1", "1/", "/1", "１", "NaN", "Infinity"),
        fc.webSegment(),
      );
      const view = fc.constantFrom("", "/tags/news", "/articles/visible", "/summaries", "/summaries/authors/staff");
      const file = fc.constantFrom("rss.xml", "atom.xml", "feed.json");
      await fc.assert(
        fc.asyncProperty(view, number, file, async (view, number, file) => {
          await request(site, `${view}/archive/${number}/${file}`, { headers: { "accept-encoding": "gzip" } });
          expect(sizesOf(site)).toEqual(size);
        }),
        { numRuns: 3000 },
      );
    });
  });

  it("are the same for any query string", async () => {
    const site = createSampleSite();
    await request(site, "/rss.xml");
    const size = site.cache.editions.size;
    for (let index = 0; index < 1000; index++) await request(site, `/rss.xml?cache-buster=${index}`);
    expect(site.cache.editions.size).toBe(size);
  });

  it("are rendered anew after a transition", async () => {
    let now = NOW;
    const site = createSampleSite(() => now);
    await request(site, "/rss.xml");
    const size = site.cache.editions.size;
    now = (await site.store.snapshotAt(NOW)).until;
    await request(site, "/rss.xml");
    expect(site.cache.editions.size).toBeGreaterThan(size);
  });
});

describe("the index of fragments", () => {
  it("forgets the stories of documents that have left the cache, with deltas and without", async () => {
    const exceedsCache: Record<string, boolean> = {};
    for (const deltas of [true, false]) {
      const count = 50;
      const files = Object.fromEntries(
        Array.from({ length: count }, (_, i) => [`s${i}.md`, story(`s${i}`, { tags: [`t${i}`] })]),
      );
      const bundled = openBundled(await compileText({ "site.yaml": site({ deltas }), ...files }), "", {
        id: "one",
        at: NOW,
      });
      const all = [...(await Array.fromAsync(bundled.stories({ kind: "all" })))].map((item) => ({
        ...item,
        html: "x".repeat(1_000_000),
      }));
      const store: Store = {
        ...bundled,
        stories: (scope) =>
          all.filter((item) => scope.kind === "tag" && item.tags.some(({ key }) => key === scope.key)),
      };
      const largeSite = createSite({ store, assets: assetsOf({}), now: () => NOW, waitUntil });
      for (let i = 0; i < count; i++) await fetchFrom(largeSite, new Request(`${ORIGIN}/tags/t${i}/rss.xml`));
      const indexed = all.filter((item) => largeSite.cache.fragments.find("rss full", item) !== undefined);
      exceedsCache[String(deltas)] = indexed.length * 1_000_000 > 32 * 1024 * 1024;
    }
    expect(exceedsCache).toEqual({ true: false, false: false });
  });
});
