import { beforeAll, describe, expect, it } from "vitest";
import { INSERT_MEMBERSHIPS, moveSlots } from "../../src/store/d1/memberships.ts";
import * as queries from "../../src/store/d1/queries.ts";
import { instant, story } from "../fixtures/publication.ts";
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
      // The list that a parameter is, and each of several queries.
      .filter((detail) => !/^(SCAN json_each|COMPOUND QUERY|LEFT-MOST SUBQUERY|UNION ALL)/.test(detail));
    expect(steps).toEqual([]);
  });
});

/** Writes many stories by SQL alone: through the API it would take too long. */
const fill = async (count: number): Promise<void> => {
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`;
  const id = "'tag:courier.example,2026:s' || i";
  const item = `json_object('id', ${id}, 'slug', 's' || i, 'url', 'https://feedwright.invalid/articles/s' || i, 'title', 'Story ' || i,
    'summary', 'S', 'html', '<p>Text ' || i || '</p>', 'published', i * 1000, 'updated', i * 1000, 'authors', json('[]'),
    'tags', json('[{"key":"news","name":"News"}]'), 'attachments', json('[]'), 'aliases', json('[]'), 'draft', json('false'),
    'corrections', json('[]'), 'media', json('[]'))`;
  await database.batch(
    [
      `INSERT INTO stories (number, id, slug, path, version, digest, item) ${numbers} SELECT i + 1, ${id}, 's' || i, 's' || i || '.md', 1, '', ${item} FROM n`,
      ...["all", "tag/news"].map(
        (scope) =>
          `INSERT INTO memberships (scope, story, id, published, is_listed, slot) ${numbers} SELECT '${scope}', i + 1, ${id}, i * 1000, 1, i FROM n`,
      ),
      `INSERT INTO transitions (at, story, is_withdrawal) ${numbers} SELECT i * 1000, i + 1, 0 FROM n`,
    ].map((sql) => database.prepare(sql)),
  );
};

/** Wraps a database and counts the rows that are read. `take` returns the number since it was last called. */
const countRows = (real: D1Database) => {
  let rows = 0;
  const wrap = (target: D1DatabaseSession): D1DatabaseSession =>
    new Proxy(target, {
      get(session, key) {
        if (key !== "prepare") return Reflect.get(session, key).bind(session);
        return (query: string) => {
          const statement = session.prepare(query);
          return {
            bind: (...values: unknown[]) => {
              const bound = statement.bind(...values);
              return {
                async all() {
                  const result = await bound.all();
                  rows += result.meta.rows_read;
                  return result;
                },
              };
            },
          };
        };
      },
    });
  const database = new Proxy(real, {
    get: (target, key) =>
      key === "withSession"
        ? (constraint: string) => wrap(target.withSession(constraint))
        : Reflect.get(target, key).bind(target),
  });
  return {
    database,
    take: (): number => {
      const taken = rows;
      rows = 0;
      return taken;
    },
  };
};

describe("the rows that a request reads", () => {
  it("are as many with a hundred thousand stories as with a thousand", async () => {
    const paths = ["/rss.xml", "/tags/news/atom.xml", "/archive/7/rss.xml", "/articles/s5", "/"];
    const reads: Record<number, readonly number[]> = {};
    for (const count of [1000, 100_000]) {
      database = await createEmptyDatabase();
      await fill(count);
      const counted = countRows(database);
      const newsroom = await openNewsroomWorker({ now: NOW, database: counted.database });
      const rows: number[] = [];
      for (const path of paths) {
        const response = await newsroom.fetch(path);
        expect(response.status).toBe(200);
        await response.body?.cancel();
        rows.push(counted.take());
      }
      reads[count] = rows;
    }
    expect(reads[100_000]).toEqual(reads[1000]);
    // The snapshot reads 5 rows, a feed of three stories two rows for each, the last slot one.
    expect(Math.max(...(reads[1000] ?? []))).toBeLessThanOrEqual(20);
  });

  it("do not grow with stories that have expired, once the scheduler has unlisted them", async () => {
    const counts: Record<number, number> = {};
    for (const expired of [0, 1000]) {
      database = await createEmptyDatabase();
      await fill(1100);
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
      counts[expired] = counted.take();
    }
    // The three latest tombstones are in Atom feeds: two rows for each, and one to see that there are more.
    expect(counts[1000]).toBeLessThanOrEqual((counts[0] ?? 0) + 15);
  });

  it("are two for each notice of a withdrawal, however many there are", async () => {
    database = await createEmptyDatabase();
    await fill(600);
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
    expect(counted.take()).toBeLessThan(1300);
  });

  it("contain the newest stories of a hundred thousand", async () => {
    database = await createEmptyDatabase();
    await fill(100_000);
    const newsroom = await openNewsroomWorker({ now: NOW, database });
    expect(await (await newsroom.fetch("/rss.xml")).text()).toContain("Story 99999");
    await newsroom.put("new", story("new", { published: "2026-02-01T00:00:00Z" }));
    const text = await (await newsroom.fetch("/rss.xml")).text();
    expect(text).toContain("tag:courier.example,2026:new");
    expect(text).toContain("/archive/33333/rss.xml");
  });
});
