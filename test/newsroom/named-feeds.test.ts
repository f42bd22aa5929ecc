import * as fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { compileText, instant, site, story } from "../fixtures/publication.ts";
import { countRows } from "./count-rows.ts";
import { insertStories } from "./many-stories.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

const FEEDS = {
  culture: { title: "Culture", include: { tags: ["film"] }, exclude: { tags: ["gossip"] } },
  rest: { title: "Rest", exclude: { tags: ["film"] } },
};

let database: D1Database;
beforeEach(async () => {
  database = await createEmptyDatabase();
});

const siteWith = (feeds: unknown): string => site({ feeds, feedLength: 3 });

const open = (feeds: unknown): Promise<NewsroomWorker> =>
  openNewsroomWorker({ now: NOW, database, files: { "site.yaml": siteWith(feeds) } });

const catchUp = async (newsroom: NewsroomWorker): Promise<void> => {
  while (!(await newsroom.reading().store.catchUp()));
};

const slugsOf = async (newsroom: NewsroomWorker, path: string): Promise<readonly string[]> => {
  const response = await newsroom.fetch(path);
  expect(response.status).toBe(200);
  const { items } = await response.json<{ items: readonly { url: string }[] }>();
  return items.map(({ url }) => url.replace(/.*\//, ""));
};

type Keys = Readonly<Record<string, unknown>>;

const FILM = { tags: ["film"] };

describe("a feed that site.yaml names", () => {
  it("is 503 with Retry-After until it is complete, then has what it selects, in order", async () => {
    const before = await open({});
    for (const [slug, keys] of [
      ["c", { ...FILM, published: "2026-02-03T00:00:00Z" }],
      ["a", { ...FILM, published: "2026-02-01T00:00:00Z" }],
      ["b", { tags: ["film", "gossip"], published: "2026-02-02T00:00:00Z" }],
      ["d", { published: "2026-02-04T00:00:00Z" }],
    ] as const)
      await before.put(slug, story(slug, keys));
    const newsroom = await open(FEEDS);
    const early = await newsroom.fetch("/feeds/culture/rss.xml");
    expect([early.status, early.headers.get("retry-after")]).toEqual([503, "60"]);
    await catchUp(newsroom);
    expect(await slugsOf(newsroom, "/feeds/culture/feed.json")).toEqual(["c", "a"]);
    expect(await slugsOf(newsroom, "/feeds/rest/feed.json")).toEqual(["d"]);
    expect((await newsroom.fetch("/feeds/other/rss.xml")).status).toBe(404);
  });

  it("is 503 again while it selects something else, and nothing is left of what it selected", async () => {
    const newsroom = await open(FEEDS);
    await catchUp(newsroom);
    await newsroom.put("a", story("a", FILM));
    expect(await slugsOf(newsroom, "/feeds/culture/feed.json")).toEqual(["a"]);
    const changed = await open({ culture: { title: "Culture", include: { tags: ["gossip"] } } });
    expect((await changed.fetch("/feeds/culture/rss.xml")).status).toBe(503);
    await catchUp(changed);
    expect(await slugsOf(changed, "/feeds/culture/feed.json")).toEqual([]);
    const { results } = await database.prepare("SELECT scope FROM memberships WHERE scope LIKE 'selection/%'").all();
    expect(results).toEqual([]);
  });

  it("keeps out what another feed alone has, or none, while pages have it", async () => {
    const newsroom = await open(FEEDS);
    await catchUp(newsroom);
    await newsroom.put("none", story("none", { ...FILM, feeds: false }));
    await newsroom.put("rest", story("rest", { ...FILM, feeds: ["rest"] }));
    expect(await slugsOf(newsroom, "/feeds/culture/feed.json")).toEqual([]);
    expect(await slugsOf(newsroom, "/feeds/rest/feed.json")).toEqual(["rest"]);
    expect(await slugsOf(newsroom, "/feed.json")).toEqual([]);
    for (const path of ["/tags/film/rss.xml", "/articles/none/rss.xml", "/articles/rest/rss.xml"])
      expect([path, (await newsroom.fetch(path)).status]).toEqual([path, 404]);
    for (const path of ["/articles/none", "/articles/rest"]) {
      const page = await newsroom.fetch(path);
      expect([path, page.status]).toEqual([path, 200]);
      expect(await page.text()).not.toContain(`${path}/rss.xml`);
    }
    const front = await (await newsroom.fetch("/")).text();
    expect(front).toContain("/articles/none");
    expect(front).toContain("/articles/rest");
  });
});

describe("the rows that a named feed reads", () => {
  it("are at most 60, as many with a hundred thousand stories as with a thousand, also if the newest are excluded", async () => {
    const reads: Record<number, number> = {};
    for (const count of [1000, 100_000]) {
      database = await createEmptyDatabase();
      const newsroom = await open({ old: { title: "Old", exclude: { tags: ["news"] } } });
      await catchUp(newsroom);
      // The selection has none of these: they are written as if it had been there before.
      await insertStories(database, count);
      await newsroom.put("x", story("x", { published: "2020-01-01T00:00:00Z" }));
      const counted = countRows(database);
      const reader = await openNewsroomWorker({
        ...{ now: NOW, database: counted.database },
        files: { "site.yaml": siteWith({ old: { title: "Old", exclude: { tags: ["news"] } } }) },
      });
      expect(await slugsOf(reader, "/feeds/old/feed.json")).toEqual(["x"]);
      reads[count] = counted.take().read;
    }
    expect(reads[100_000]).toBe(reads[1000]);
    expect(reads[1000]).toBeLessThanOrEqual(60);
  });
});

describe("named feeds in D1 and in the bundle", () => {
  const arbitraryKeys: fc.Arbitrary<Keys> = fc.record(
    {
      tags: fc.subarray(["film", "gossip", "news"]),
      feeds: fc.constantFrom<unknown>(undefined, undefined, undefined, false, ["culture"], ["rest"]),
      published: fc.integer({ min: 0, max: 4 }).map((day) => `2026-02-0${day + 1}T00:00:00Z`),
      language: fc.constantFrom(undefined, "de"),
      draft: fc.constantFrom(undefined, undefined, true),
    },
    { requiredKeys: ["published"] },
  );
  const arbitraryWrites = fc.array(fc.tuple(fc.constantFrom("a", "b", "c", "d", "e", "f"), arbitraryKeys), {
    maxLength: 14,
  });

  it("have the same stories, whatever was written before, between and after the steps", async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryWrites, arbitraryWrites, async (first, then) => {
        database = await createEmptyDatabase();
        const before = await open({ culture: { title: "C" }, rest: { title: "R" } });
        const written = new Map<string, string>();
        const write = async (newsroom: NewsroomWorker, [slug, keys]: readonly [string, Keys]): Promise<void> => {
          const defined = Object.fromEntries(Object.entries(keys).filter(([, value]) => value !== undefined));
          const text = story(slug, defined);
          written.set(`${slug}.md`, text);
          await newsroom.put(slug, text);
        };
        for (const one of first) await write(before, one);
        const newsroom = await open(FEEDS);
        for (const one of then) {
          // At the same time: each reads before the other writes.
          await Promise.all([newsroom.reading().store.catchUp(), write(newsroom, one)]);
        }
        await catchUp(newsroom);
        const bundled = openBundled(
          await compileText({ "site.yaml": siteWith(FEEDS), ...Object.fromEntries(written) }),
          ...(["", { id: "", at: 0 }] as const),
        );
        const { store } = newsroom.reading();
        for (const key of ["culture", "rest"]) {
          const scope = { kind: "feed", key } as const;
          const slugs = async (stories: AsyncIterable<{ slug: string }> | Iterable<{ slug: string }>) =>
            (await Array.fromAsync(stories)).map(({ slug }) => slug);
          expect(await slugs(store.appeared(scope, 0, 100))).toEqual(await slugs(bundled.appeared(scope, 0, 100)));
        }
      }),
      { numRuns: 10 },
    );
  });
});
