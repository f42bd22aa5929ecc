import fc from "fast-check";
import { expect, it } from "vitest";
import { placeOf } from "../../src/store/d1/names.ts";
import { instant, site, story } from "../fixtures/publication.ts";
import { createEmptyDatabase, openNewsroomWorker } from "./newsroom-worker.ts";

// What the lists of names say is what the tables say, whatever was written, in whatever order.

const START = instant("2026-03-01T00:00:00Z");
const HOUR = 3_600_000;
const FILES = { "site.yaml": site({ authors: { staff: { name: "The Staff" } }, sections: { world: "The World" } }) };
const SLUGS = ["a", "b", "c", "d"];
const NAMES = [
  ...[...SLUGS, ...SLUGS.map((slug) => `${slug}-once`), "nothing"].map((slug) => `article/${slug}`),
  ...[
    "tag/x",
    "tag/y",
    "tag/\u00e9t\u00e9",
    ...["tag/c", "tag/c~plus-plus~", "tag/c~hash~"],
    "author/staff",
    "author/ann",
    "author/eve",
    "section/world",
    "tag/nothing",
  ],
  ...["media/one.gif", "media/a folder/two.gif", "media/nothing.gif"],
];

const iso = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      action: fc.constant("put" as const),
      slug: fc.constantFrom(...SLUGS),
      hours: fc.integer({ min: 0, max: 8 }),
      front: fc.record(
        {
          tags: fc.subarray(["x", "y", "\u00e9t\u00e9", "C", "C++", "C#"]),
          authors: fc.subarray([{ name: "Ann" }, { name: "Eve" }]),
          section: fc.constant("world"),
          draft: fc.boolean(),
          isAliased: fc.boolean(),
          image: fc.constantFrom("media/one.gif", "media/a folder/two.gif"),
          life: fc.integer({ min: 1, max: 4 }),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ action: fc.constant("erase" as const), slug: fc.constantFrom(...SLUGS) }) },
  { weight: 1, arbitrary: fc.record({ action: fc.constant("withdraw" as const), slug: fc.constantFrom(...SLUGS) }) },
  { weight: 1, arbitrary: fc.record({ action: fc.constant("wait" as const), hours: fc.integer({ min: 1, max: 3 }) }) },
  // As if an earlier version had written the stories: nothing is listed.
  { weight: 1, arbitrary: fc.record({ action: fc.constant("forget" as const), isListed: fc.boolean() }) },
);

/** The names of what is public or was, read story by story from the tables. */
const publicNames = async (database: D1Database, now: number): Promise<readonly string[]> => {
  const { results } = await database
    .prepare(
      `SELECT DISTINCT name FROM (
        SELECT 'article/' || slug AS name, number AS story FROM stories
        UNION ALL SELECT 'article/' || alias, story FROM aliases
        UNION ALL SELECT scope, story FROM memberships
        UNION ALL SELECT former, story FROM memberships JOIN former_scopes USING (scope)
        UNION ALL SELECT path, story FROM media_uses)
       JOIN stories s ON s.number = story
       WHERE json_extract(s.item, '$.draft') = 0 AND json_extract(s.item, '$.published') <= ?1`,
    )
    .bind(now)
    .all<{ name: string }>();
  const known = new Set(results.map(({ name }) => name));
  return NAMES.filter((name) => known.has(name));
};

it("the lists have exactly the names of what is public, or was, at any time", async () => {
  let known = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 20 }), async (steps) => {
      const database = await createEmptyDatabase();
      const newsroom = await openNewsroomWorker({ now: START, database, files: FILES });
      const { api, clock } = newsroom;
      await database.batch(
        ["media/one.gif", "media/a folder/two.gif"].map((path) =>
          database
            .prepare("INSERT INTO media (path, type, length, digest, object) VALUES (?1, 'image/gif', 42, '', ?1)")
            .bind(path),
        ),
      );
      for (const one of steps) {
        if (one.action === "wait") clock.now += one.hours * HOUR;
        if (one.action === "put") {
          const { isAliased, life, image, ...front } = one.front;
          const published = START + one.hours * HOUR;
          const source = story(one.slug, {
            ...front,
            published: iso(published),
            ...(isAliased && { aliases: [`${one.slug}-once`] }),
            ...(image !== undefined && { attachments: [{ src: image }] }),
            ...(life !== undefined && { expires: iso(published + life * HOUR) }),
          });
          const response = await api("PUT", `/api/items/${one.slug}`, { body: source });
          // An id that was erased is not taken again, and the files of a story are erased with it.
          if (![200, 201, 409, 422].includes(response.status)) throw new Error(await response.text());
        }
        if (one.action === "erase") await api("DELETE", `/api/items/${one.slug}?purge=true`);
        if (one.action === "withdraw") await api("DELETE", `/api/items/${one.slug}?reason=Wrong.`);
        if (one.action === "forget") {
          await database.batch([
            database.prepare("UPDATE names SET entries = '', version = version + 1"),
            database.prepare("UPDATE revision SET named = 0"),
          ]);
          if (one.isListed) await newsroom.reading().store.catchUp();
        }
        const other = await openNewsroomWorker({ now: clock.now, database, files: FILES });
        for (const isolate of [newsroom, other]) {
          isolate.reading().store.refresh();
          const snapshot = await isolate.reading().store.snapshotAt(clock.now);
          const listed = [];
          for (const name of NAMES) if (await isolate.reading().store.knows(name, snapshot.now)) listed.push(name);
          const expected = await publicNames(database, clock.now);
          // Before all are listed, any name may be one.
          const { lacking } = (await database
            .prepare("SELECT MAX(number) > (SELECT named FROM revision) AS lacking FROM stories")
            .first<{ lacking: number | null }>()) ?? { lacking: null };
          expect(listed).toEqual(lacking === 1 ? NAMES : expected);
          known += lacking === 1 ? 0 : listed.length;
        }
      }
    }),
    { numRuns: 15 },
  );
  expect(known).toBeGreaterThan(10);
});

it("a hidden story that is postponed, or made a draft, is forgotten by the isolates that knew when it would appear", async () => {
  const database = await createEmptyDatabase();
  const newsroom = await openNewsroomWorker({ now: START, database, files: FILES });
  const knows = (slug: string) => newsroom.reading().store.knows(`article/${slug}`, newsroom.clock.now);
  for (const slug of ["a", "b"]) await newsroom.put(slug, story(slug, { published: iso(START + HOUR) }));
  // The lists are in memory now, and nothing appears that would make them be read again.
  expect(await Promise.all(["a", "b"].map(knows))).toEqual([false, false]);
  await newsroom.put("a", story("a", { published: iso(START + 2 * HOUR) }));
  await newsroom.put("b", story("b", { draft: true }));
  newsroom.clock.now += HOUR;
  expect(await Promise.all(["a", "b"].map(knows))).toEqual([false, false]);
});

it("a list that is too long for a row is given up, and the database is asked about its names", async () => {
  const database = await createEmptyDatabase();
  const newsroom = await openNewsroomWorker({ now: START, database, files: FILES });
  const { bucket } = placeOf("article/a");
  const entries = ",-----------0000000000".repeat(86_363);
  await database.prepare("UPDATE names SET entries = ?1, version = 1 WHERE bucket = ?2").bind(entries, bucket).run();
  await newsroom.put("b", story("b"));
  expect((await newsroom.fetch("/articles/a")).status).toBe(404);
  await newsroom.put("a", story("a"));
  const row = await database.prepare("SELECT entries FROM names WHERE bucket = ?1").bind(bucket).first();
  expect(row).toEqual({ entries: null });
  await newsroom.put("a", story("a", { title: "Another" }));
  expect((await newsroom.fetch("/articles/a")).status).toBe(200);
  const { store } = newsroom.reading();
  expect(await store.knows("article/a", START)).toBe(true);
  expect(await store.knows("article/nothing-at-all", START)).toBe(placeOf("article/nothing-at-all").bucket === bucket);
});
