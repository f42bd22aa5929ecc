import { beforeAll, describe, expect, it } from "vitest";
import { INSERT_MEMBERSHIPS, moveSlots } from "../../src/store/d1/memberships.ts";
import * as queries from "../../src/store/d1/queries.ts";
import { instant, story } from "../fixtures/publication.ts";
import { countRows } from "./count-rows.ts";
import { insertStories } from "./many-stories.ts";
import { createEmptyDatabase, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let database: D1Database;
beforeAll(async () => {
  database = await createEmptyDatabase();
});

const named: readonly (readonly [name: string, query: string])[] = [
  ...Object.entries(queries),
  ["INSERT_MEMBERSHIPS", INSERT_MEMBERSHIPS],
  ["moveSlots", moveSlots("+ 1")],
].flatMap(([name = "", value]) => (typeof value === "string" ? [[name, value] as const] : []));

describe("every query of the store", () => {
  it("is tested", () => expect(named.length).toBeGreaterThanOrEqual(12));

  it.each(named)("%s reads by an index, and sorts nothing", async (_, query) => {
    const parameters = new Set(Array.from(query.matchAll(/\?(\d)/g), ([, number]) => number)).size;
    const values = Array.from({ length: parameters }, () => 1);
    const { results } = await database
      .prepare(`EXPLAIN QUERY PLAN ${query}`)
      .bind(...values)
      .all<{ detail: string }>();
    const steps = results
      .map(({ detail }) => detail)
      .filter((detail) => !/^((CORRELATED )?SCALAR SUBQUERY|LIST SUBQUERY|SEARCH|CO-ROUTINE)/.test(detail))
      // The list that a parameter is, a row of subqueries, and each of several queries.
      .filter(
        (detail) =>
          !/^(SCAN selected|SETUP|RECURSIVE STEP|SCAN json_each|SCAN CONSTANT ROW|COMPOUND QUERY|LEFT-MOST SUBQUERY|UNION ALL)/.test(
            detail,
          ),
      );
    expect(steps).toEqual([]);
  });
});

describe("the rows that a request reads", () => {
  it("are as many with a hundred thousand stories as with ten thousand", async () => {
    const paths = [
      ...["/rss.xml", "/tags/news/atom.xml", "/archive/7/rss.xml", "/articles/s5", "/"],
      ...["/page/2", "/page/300", "/tags/news", "/tags/news/page/20", "/archive", "/archive/1970/01"],
    ];
    const reads: Record<number, readonly number[]> = {};
    for (const count of [10_000, 100_000]) {
      database = await createEmptyDatabase();
      await insertStories(database, count);
      const counted = countRows(database);
      const newsroom = await openNewsroomWorker({ now: NOW, database: counted.database });
      const rows: number[] = [];
      for (const path of paths) {
        const response = await newsroom.fetch(path);
        expect(response.status).toBe(200);
        await response.body?.cancel();
        rows.push(counted.take().read);
      }
      reads[count] = rows;
    }
    expect(reads[100_000]).toEqual(reads[10_000]);
    // The snapshot reads 7 rows, a feed of three stories two rows for each, the last slot one; a story's page those of its tags
    // too. The archive has a hundred titles, a month a thousand: two rows for each.
    const [archive, month] = reads[10_000]?.slice(-2) ?? [];
    expect(Math.max(...(reads[10_000]?.slice(0, -2) ?? []))).toBeLessThanOrEqual(30);
    expect(archive).toBeLessThanOrEqual(220);
    expect(month).toBeLessThanOrEqual(2010);
  });

  it("do not grow with stories that have expired, once the scheduler has unlisted them", async () => {
    const counts: Record<number, number> = {};
    for (const expired of [0, 1000]) {
      database = await createEmptyDatabase();
      await insertStories(database, 1100);
      const at = 5_000_000;
      const which = `number > 1100 - ${expired}`;
      await database.batch(
        [
          `UPDATE stories SET item = json_set(item, '$.expires', ${at}) WHERE ${which}`,
          `UPDATE memberships SET departs = ${at} WHERE story IN (SELECT number FROM stories WHERE ${which})`,
          `INSERT INTO transitions (at, story, is_withdrawal) SELECT ${at}, number, 0 FROM stories WHERE ${which}`,
        ].map((sql) => database.prepare(sql)),
      );
      await database.prepare(queries.UNLIST_EXPIRED).bind(0, NOW).run();
      const counted = countRows(database);
      const newsroom = await openNewsroomWorker({ now: NOW, database: counted.database });
      const text = await (await newsroom.fetch("/rss.xml")).text();
      expect(text).toContain(`Story ${1099 - expired}<`);
      counts[expired] = counted.take().read;
    }
    // The three latest tombstones are in Atom feeds: two rows for each, and one to see that there are more.
    expect(counts[1000]).toBeLessThanOrEqual((counts[0] ?? 0) + 15);
  });

  it("are two for each notice of a withdrawal, however many there are", async () => {
    database = await createEmptyDatabase();
    await insertStories(database, 600);
    const at = NOW - 86_400_000;
    const which = "number > 100";
    await database.batch(
      [
        `UPDATE stories SET item = json_set(item, '$.withdrawn', json_object('at', ${at}, 'reason', 'Wrong.')) WHERE ${which}`,
        `UPDATE memberships SET departs = ${at}, is_listed = 0 WHERE story IN (SELECT number FROM stories WHERE ${which})`,
      ].map((sql) => database.prepare(sql)),
    );
    const counted = countRows(database);
    const newsroom = await openNewsroomWorker({ now: NOW, database: counted.database });
    const text = await (await newsroom.fetch("/rss.xml")).text();
    expect(text.match(/<title>Withdrawn<\/title>/g)).toHaveLength(500);
    expect(counted.take().read).toBeLessThan(1300);
  });

  it("contain the newest stories of a hundred thousand", async () => {
    database = await createEmptyDatabase();
    await insertStories(database, 100_000);
    const newsroom = await openNewsroomWorker({ now: NOW, database });
    expect(await (await newsroom.fetch("/rss.xml")).text()).toContain("Story 99999");
    await newsroom.put("new", story("new", { published: "2026-02-01T00:00:00Z" }));
    const text = await (await newsroom.fetch("/rss.xml")).text();
    expect(text).toContain("tag:courier.example,2026:new");
    expect(text).toContain("/archive/33333/rss.xml");
  });
});
