import { beforeAll, describe, expect, it } from "vitest";
import type { Item } from "../../src/model/item.ts";
import type { Scope } from "../../src/model/scope.ts";
import type { Store, Stories } from "../../src/store/store.ts";
import { GIF, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { countRows } from "./count-rows.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

// What the store in D1 answers, value by value: on both sides of each instant, and however many rows a query returns.

const NOW = instant("2026-03-01T12:00:00Z");
const FILES = { "site.yaml": site({ image: "media/site.gif" }), "media/site.gif": GIF };
const ALL: Scope = { kind: "all" };
const NEWS: Scope = { kind: "tag", key: "news" };

const at = (seconds: number): number => NOW + 1000 * seconds;
const iso = (seconds: number): string => `${new Date(at(seconds)).toISOString().slice(0, 19)}Z`;
const slugs = async (stories: Stories): Promise<string> => {
  const all: readonly Item[] = await Array.fromAsync(stories);
  return all.map(({ slug }) => slug).join("");
};

const picture = (name: string) => ({ image: { src: `media/${name}.gif`, alt: "" } });

/** Front matter by slug, in the order in which they are written, half a minute before NOW. */
const STORIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  b: { published: iso(-100), updated: iso(-50), tags: ["News"] },
  a: { published: iso(-100), tags: ["News", "C++"], aliases: ["a-once"], authors: [{ name: "C+" }] },
  c: { published: iso(-90), updated: iso(-50) },
  d: { published: iso(-80), updated: iso(-40) },
  e: { published: iso(0), ...picture("e") },
  f: { published: iso(60), tags: ["C#"], ...picture("f") },
  g: { published: iso(-70), draft: true, ...picture("g") },
  h: { published: iso(-60), expires: iso(-10) },
  l: { published: iso(-60), expires: iso(-10), tags: ["News"] },
  i: { published: iso(-60), expires: iso(0), ...picture("i") },
  j: { published: iso(-60) },
  k: { published: iso(-60), expires: iso(30) },
};

let newsroom: NewsroomWorker;
let store: Store;

beforeAll(async () => {
  newsroom = await openNewsroomWorker({ now: at(-30), database: await createEmptyDatabase(), files: FILES });
  for (const name of ["e", "f", "g", "i", "nobody"]) await newsroom.api("PUT", `/api/media/${name}.gif`, { body: GIF });
  for (const [slug, front] of Object.entries(STORIES)) {
    await newsroom.put(slug, story(slug, front, `[one](${ORIGIN}/articles/a) [two](${ORIGIN}/articles/a)`));
  }
  newsroom.clock.now = at(-20);
  await newsroom.api("DELETE", "/api/items/j?reason=Wrong.");
  newsroom.clock.now = NOW;
  store = newsroom.reading().store;
});

describe("the store in D1", () => {
  it.each([1, 2, 3, 4, 6, 7])("has the stories of a scope, newest first, in pages of %i", async (limit) => {
    expect(await slugs(store.stories(ALL, NOW, limit))).toBe("ekdcba");
    expect(await slugs(store.stories(ALL, at(-1), limit))).toBe("kidcba");
    expect(await slugs(store.stories(ALL, at(60), limit))).toBe("fedcba");
    expect(await slugs(store.stories(NEWS, NOW, limit))).toBe("ba");
    expect(await slugs(store.stories(NEWS, at(-11), limit))).toBe("lba");
  });

  it.each([1, 2, 3, 4])("has those that were updated since, the latest first, in pages of %i", async (limit) => {
    expect(await slugs(store.updatedSince(ALL, at(-50), limit))).toBe("dcb");
    expect(await slugs(store.updatedSince(ALL, at(-49), limit))).toBe("d");
    expect(await slugs(store.updatedSince(ALL, at(-40), limit))).toBe("d");
    expect(await slugs(store.updatedSince(NEWS, at(-100), limit))).toBe("b");
  });

  it.each([1, 2, 3, 4, 5])("has those that left, the latest first, in pages of %i", async (limit) => {
    expect(await slugs(store.tombstones(ALL, NOW, limit))).toBe("ilhj");
    expect(await slugs(store.tombstones(ALL, at(-1), limit))).toBe("lhj");
    expect(await slugs(store.tombstones(ALL, at(30), limit))).toBe("kilhj");
    expect(await slugs(store.tombstones(NEWS, NOW, limit))).toBe("l");
  });

  it.each([
    [0, 3, "abc"],
    [3, 5, "dh"],
    [4, 9, "hijkl"],
    [9, 20, "ef"],
    [11, 12, ""],
  ])("numbers them from the oldest, also those that left or will appear: from %i to %i", async (from, to, expected) => {
    expect(await slugs(store.appeared(ALL, from, to))).toBe(expected);
  });

  it.each([
    [ALL, -101, 0],
    [ALL, -100, 2],
    [ALL, -1, 9],
    [ALL, 0, 10],
    [ALL, 59, 10],
    [ALL, 60, 11],
    [NEWS, 0, 3],
    [{ kind: "tag", key: "none" }, 0, 0],
    [{ kind: "article", key: "a" }, 0, 1],
    [{ kind: "article", key: "none" }, 0, 0],
  ] satisfies [Scope, number, number][])(
    "counts those of %j that had appeared at %i",
    async (scope, seconds, count) => {
      for (const time of ["first", "second"])
        expect([time, await store.countAppeared(scope, at(seconds))]).toEqual([time, count]);
    },
  );

  it.each([
    ["a", "a"],
    ["none", ""],
  ])("has one story at most of the scope of an article: %s", async (key, expected) => {
    const scope: Scope = { kind: "article", key };
    expect(await slugs(store.stories(scope, NOW, 1))).toBe(expected);
    expect(await slugs(store.updatedSince(scope, NOW, 1))).toBe(expected);
    expect(await slugs(store.tombstones(scope, NOW, 1))).toBe(expected);
    expect(await slugs(store.appeared(scope, 0, 1))).toBe(expected);
  });

  it.each([
    [-11, -10, "hl"],
    [-10, 0, "ei"],
    [-10, -1, ""],
    [0, 60, "kf"],
    [0, 59, "k"],
    // A story that both appears and leaves comes once.
    [-61, 60, "hlijkef"],
  ])("has those that change by themselves after %i and by %i", async (from, to, expected) => {
    expect(await slugs(store.itemsChangingBetween(at(from), at(to)))).toBe(expected);
  });

  it("has stories by slug and alias, on the site's own origin, and the same object while they do not change", async () => {
    const item = await store.findBySlug("a");
    expect(item).toMatchObject({ slug: "a", url: `${ORIGIN}/articles/a` });
    expect(item?.html.split(`href="${ORIGIN}/articles/a"`)).toHaveLength(3);
    expect(await store.findByAlias("a-once")).toBe(item);
    expect(await store.findBySlug("a-once")).toBeUndefined();
    expect(await store.findByAlias("a")).toBeUndefined();
  });

  it("has the names that had another key until 0.2, of stories that appeared", async () => {
    const plusPlus = { kind: "tag", key: "c~plus-plus~" };
    const tag: Scope = { kind: "tag", key: "c" };
    expect(await store.formerScopes(tag, at(-101))).toEqual([]);
    expect(await store.formerScopes(tag, NOW)).toEqual([plusPlus]);
    expect(await store.formerScopes(tag, at(59))).toEqual([plusPlus]);
    expect(await store.formerScopes(tag, at(60))).toEqual([{ kind: "tag", key: "c~hash~" }, plusPlus]);
    expect(await store.formerScopes({ kind: "author", key: "c" }, NOW)).toEqual([{ kind: "author", key: "c~plus~" }]);
    expect(await store.formerScopes({ kind: "tag", key: "news" }, NOW)).toEqual([]);
    expect(await store.formerScopes(ALL, NOW)).toEqual([]);
  });

  it("has media files, and a story that readers see which uses them", async () => {
    const users = async (name: string, seconds: number) => {
      const stored = await store.findMedia(`media/${name}.gif`, at(seconds));
      return stored && [stored.isOfChannel, stored.file.length, stored.usedBy.map(({ slug }) => slug).join("")];
    };
    expect(await users("e", -1)).toEqual([false, 42, ""]);
    expect(await users("e", 0)).toEqual([false, 42, "e"]);
    expect(await users("i", -1)).toEqual([false, 42, "i"]);
    expect(await users("i", 0)).toEqual([false, 42, ""]);
    expect(await users("g", 0)).toEqual([false, 42, ""]);
    expect(await users("nobody", 0)).toEqual([false, 42, ""]);
    expect(await users("site", 0)).toEqual([true, 42, ""]);
    expect(await users("missing", 0)).toBeUndefined();
  });

  it("asks the database once for what strangers may ask again and again", async () => {
    const counted = countRows(newsroom.database);
    const isolate = await openNewsroomWorker({ now: NOW, database: counted.database, files: FILES });
    const { store } = isolate.reading();
    await store.snapshotAt(NOW);
    for (const ask of [
      () => store.countAppeared(ALL, NOW),
      () => store.countAppeared({ kind: "tag", key: "none" }, NOW),
      () => store.formerScopes({ kind: "tag", key: "c" }, NOW),
      () => store.formerScopes({ kind: "tag", key: "none" }, NOW),
      () => store.knows("tag/none", NOW),
    ]) {
      counted.take();
      const answer = await ask();
      expect(counted.take().statements).toBe(1);
      expect(await ask()).toEqual(answer);
      expect(counted.take().statements).toBe(0);
    }
    // A file that only hidden stories use is as unknown as one that is not there, once that was found out.
    expect(await store.knows("media/i.gif", NOW)).toBe(true);
    await store.findMedia("media/i.gif", NOW);
    expect(await store.knows("media/i.gif", NOW)).toBe(false);
  });

  it("those that expired within a time are taken off the list of those that may be visible, and no others", async () => {
    const listed = async () => {
      const query =
        "SELECT s.slug FROM memberships m JOIN stories s ON s.number = m.story WHERE m.scope = 'all' AND m.is_listed";
      const { results } = await newsroom.database.prepare(query).all<{ slug: string }>();
      return results
        .map(({ slug }) => slug)
        .toSorted()
        .join("");
    };
    expect(await listed()).toBe("abcdefhikl");
    await store.unlistExpired(at(-10), at(-1));
    expect(await listed()).toBe("abcdefhikl");
    await store.unlistExpired(at(-11), at(-10));
    expect(await listed()).toBe("abcdefik");
    // One that appeared within the time and leaves later stays.
    await store.unlistExpired(at(-100), at(0));
    expect(await listed()).toBe("abcdefk");
  });
});

it("the first twenty names that had the same key until 0.2 are found, in their order", async () => {
  const one = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
  const tags = Array.from({ length: 21 }, (_, index) => `C${"+".repeat(index + 1)}`);
  await one.put("a", story("a", { tags }));
  const scopes = await one.reading().store.formerScopes({ kind: "tag", key: "c" }, NOW);
  const keys = tags.map(
    (tag) =>
      `c~${tag
        .slice(1)
        .split("")
        .map(() => "plus")
        .join("-")}~`,
  );
  expect(scopes).toEqual(
    keys
      .toSorted()
      .slice(0, 20)
      .map((key) => ({ kind: "tag", key })),
  );
});

it("more stories that change by themselves than one query reads are each found once", async () => {
  const one = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
  for (let number = 0; number < 2; number++) await one.put(`s${number}`, story(`s${number}`, { published: iso(10) }));
  await one.database
    .prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
       INSERT INTO transitions (at, story, is_withdrawal) SELECT ?1 + i, 1 + i / 150, 0 FROM n`,
    )
    .bind(at(10))
    .run();
  expect(await slugs(one.reading().store.itemsChangingBetween(NOW, at(100)))).toBe("s0s1");
});

it("reads of the primary database follow a write, and those before come from any", async () => {
  const asked: string[] = [];
  const database = new Proxy(await createEmptyDatabase(), {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== "function") return value;
      return (...values: readonly unknown[]) => {
        if (key === "withSession") asked.push(String(values[0]));
        return Reflect.apply(value, target, values);
      };
    },
  });
  const isolate = await openNewsroomWorker({ now: NOW, database });
  await isolate.fetch("/rss.xml");
  expect(asked).toEqual(["first-unconstrained"]);
  await isolate.put("a", story("a"));
  expect(asked).toEqual(["first-unconstrained", "first-primary"]);
});
