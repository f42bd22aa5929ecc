import { beforeAll, describe, expect, it } from "vitest";
import { GIF, instant, site, story } from "../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

// All rows that the writes of editors leave, column by column.

const NOW = instant("2026-03-01T12:00:00Z");
const FILES = { "site.yaml": site({ authors: { staff: { name: "The Staff" } }, sections: { world: "The World" } }) };

/** What is read of each table. A time is shown by the seconds from NOW to it. */
const QUERIES = {
  revision: "SELECT number, public, departed, at, schema, named, additions, editors FROM revision",
  stories:
    "SELECT number, slug, path, version, recompiled, compiler > 0, length(site), length(digest) FROM stories ORDER BY number",
  sources: "SELECT s.slug, substr(hex(x.source), -6) FROM sources x JOIN stories s ON s.number = x.story ORDER BY 1",
  aliases: "SELECT alias, story FROM aliases ORDER BY alias",
  memberships: `SELECT scope, story, substr(id, -1), published, is_listed, updated, departs, slot
    FROM memberships ORDER BY scope, story`,
  former_scopes: "SELECT scope, former FROM former_scopes",
  transitions: "SELECT at, story, is_withdrawal, version FROM transitions ORDER BY at, story",
  media: "SELECT path, type, length, width, height, length(digest) FROM media ORDER BY path",
  objects: "SELECT due, count(*) FROM doomed GROUP BY due",
  media_uses: "SELECT path, story, published, is_marked FROM media_uses ORDER BY path, story",
  erased: "SELECT substr(id, -1), at FROM erased ORDER BY id",
  log: `SELECT number, at, editor, action, subject, story, CASE WHEN json_array_length(changes) > 9 THEN 'all' ELSE changes END
    FROM log ORDER BY number`,
  answers: "SELECT length(editor), key, length(request), status, version, substr(story, -1), role, at FROM answers",
  refusals: "SELECT story FROM refusals",
  conditions: "SELECT holds FROM conditions",
  names: "SELECT SUM(length(entries)) / 22 FROM names",
} as const;

const show = (value: unknown): string =>
  typeof value === "number" && value > 1e11 ? `${(value - NOW) / 1000}s` : String(value);

const readTables = async (database: D1Database): Promise<Readonly<Record<string, readonly string[]>>> => {
  const tables: Record<string, readonly string[]> = {};
  for (const [name, query] of Object.entries(QUERIES)) {
    const rows = await database.prepare(query).raw<unknown[]>();
    tables[name] = rows.map((row) => row.map(show).join(" ").replaceAll("tag:courier.example,2026:", "#"));
  }
  return tables;
};

const iso = (seconds: number): string => `${new Date(NOW + 1000 * seconds).toISOString().slice(0, 19)}Z`;

const picture = (name: string) => ({ image: { src: `media/${name}.gif`, alt: "" } });

describe("the rows of a newsroom", () => {
  let newsroom: NewsroomWorker;

  beforeAll(async () => {
    newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase(), files: FILES });
    const { api, clock, put } = newsroom;
    for (const name of ["one", "two", "three"]) await api("PUT", `/api/media/${name}.gif`, { body: GIF });
    clock.now = NOW + 10_500;
    const places = { tags: ["C++", "News"], section: "world", authors: ["staff"], aliases: ["a-once"] };
    const life = { published: iso(-3600), updated: iso(-3600), expires: iso(3600) };
    await put("a", story("a", { ...life, ...places, ...picture("one") }));
    await put("b", story("b", { published: iso(-3600), updated: iso(10), tags: ["News"] }, "![b](media/two.gif)"));
    const embargoed = { published: iso(7200), tags: ["News"], aliases: ["c-once"] };
    await put("c", story("c", { ...embargoed, ...picture("two") }));
    await put("d", story("d", { draft: true, published: iso(-7200), aliases: ["d-once"], ...picture("two") }));
    clock.now = NOW + 10_000;
    await put("e", story("e", { published: iso(-60), expires: iso(10) }));
    await put("f", story("f", { published: iso(-60), expires: iso(11), ...picture("three") }));
    // It is dated a second after its last change, which is now.
    await api("DELETE", "/api/items/b?reason=Wrong.", { headers: { "idempotency-key": "k" } });
  });

  it("are these after stories and files were put, and one was withdrawn", async () => {
    expect(await readTables(newsroom.database)).toEqual({
      revision: ["10 10 10 14s 9 6 0 0"],
      stories: [
        "1 a a.md 4 0 1 32 64",
        // Compiled by nobody, as it was withdrawn without.
        "2 b b.md 10 0 0 0 64",
        "3 c c.md 6 0 1 32 64",
        "4 d d.md 7 0 1 32 64",
        "5 e e.md 8 0 1 32 64",
        "6 f f.md 9 0 1 32 64",
      ],
      sources: ["a 612E0A", "b 66290A", "c 632E0A", "d 642E0A", "e 652E0A", "f 662E0A"],
      aliases: ["a-once 1", "c-once 3"],
      memberships: [
        "all 1 a -3600s 1 null 3600s 0",
        "all 2 b -3600s 0 10s 10s 1",
        "all 3 c 7200s 1 null null 4",
        "all 4 d -7200s 0 null null null",
        "all 5 e -60s 0 null 10s 2",
        "all 6 f -60s 1 null 11s 3",
        "author/staff 1 a -3600s 1 null 3600s 0",
        "section/world 1 a -3600s 1 null 3600s 0",
        "tag/c~plus-plus~ 1 a -3600s 1 null 3600s 0",
        "tag/news 1 a -3600s 1 null 3600s 0",
        "tag/news 2 b -3600s 0 10s 10s 1",
        "tag/news 3 c 7200s 1 null null 2",
      ],
      former_scopes: ["tag/c~plus-plus~ tag/c"],
      transitions: [
        "-3600s 1 0 4",
        "-3600s 2 0 10",
        "-60s 5 0 8",
        "-60s 6 0 9",
        "10s 5 0 8",
        "11s 2 1 10",
        "11s 6 0 9",
        "3600s 1 0 4",
        "7200s 3 0 6",
      ],
      media: [
        "media/one.gif image/gif 42 1 1 64",
        "media/three.gif image/gif 42 1 1 64",
        "media/two.gif image/gif 42 1 1 64",
      ],
      objects: [],
      media_uses: [
        "media/one.gif 1 -3600s 0",
        "media/three.gif 6 -60s 0",
        "media/two.gif 2 -3600s 0",
        "media/two.gif 3 7200s 0",
        "media/two.gif 4 null 0",
      ],
      erased: [],
      log: [
        '1 0s owner put media media/one.gif null ["image/gif"]',
        '2 0s owner put media media/two.gif null ["image/gif"]',
        '3 0s owner put media media/three.gif null ["image/gif"]',
        "4 10.5s owner put a #a all",
        "5 10.5s owner put b #b all",
        "6 10.5s owner put c #c all",
        "7 10.5s owner put d #d all",
        "8 10s owner put e #e all",
        "9 10s owner put f #f all",
        '10 10s owner withdraw b #b ["withdrawn"]',
      ],
      answers: ["64 k 43 200 10 b withdraw 10s"],
      refusals: [],
      conditions: [],
      names: ["15"],
    });
  });

  it("are these after they were changed, and some were erased", async () => {
    const { api, clock, database, put } = newsroom;
    clock.now = NOW + 20_000;
    await put("a", story("a", { published: iso(-5), tags: ["C++"], aliases: ["a-before"], ...picture("two") }));
    await put("c", story("c", { published: iso(9000), tags: ["News"], ...picture("two") }));
    await put("d", story("d", { published: iso(-7200), aliases: ["d-once"], ...picture("two") }));
    await api("DELETE", "/api/items/f?purge=true");
    await api("DELETE", "/api/items/b?purge=true");
    await api("DELETE", "/api/media/one.gif");
    await api("PUT", "/api/media/two.gif", { body: Uint8Array.of(...GIF, 0) });
    expect(await readTables(database)).toEqual({
      revision: ["16 15 15 23s 9 6 1 0"],
      stories: [
        // Those with the file that was replaced are to be compiled again.
        "1 a a.md 11 0 0 0 64",
        "3 c c.md 12 0 0 0 64",
        "4 d d.md 13 0 0 0 64",
        "5 e e.md 8 0 1 32 64",
      ],
      sources: ["a 612E0A", "c 632E0A", "d 642E0A", "e 652E0A"],
      aliases: ["a-before 1", "d-once 4"],
      memberships: [
        "all 1 a -5s 1 null null 2",
        "all 3 c 9000s 1 null null 3",
        "all 4 d -7200s 1 null null 0",
        "all 5 e -60s 0 null 10s 1",
        "tag/c~plus-plus~ 1 a -5s 1 null null 0",
        "tag/news 3 c 9000s 1 null null 0",
      ],
      former_scopes: ["tag/c~plus-plus~ tag/c"],
      transitions: ["-7200s 4 0 13", "-60s 5 0 8", "-5s 1 0 11", "10s 5 0 8", "9000s 3 0 12"],
      media: ["media/two.gif image/gif 43 1 1 64"],
      objects: ["80s 3"],
      media_uses: ["media/two.gif 1 -5s 0", "media/two.gif 3 9000s 0", "media/two.gif 4 -7200s 0"],
      erased: ["b 20s", "f 20s"],
      log: [
        '1 0s owner put media media/one.gif null ["image/gif"]',
        '2 0s owner put media media/two.gif null ["image/gif"]',
        '3 0s owner put media #f null ["image/gif"]',
        "4 10.5s owner put a #a all",
        "5 10.5s owner put #b #b all",
        "6 10.5s owner put c #c all",
        "7 10.5s owner put d #d all",
        "8 10s owner put e #e all",
        "9 10s owner put #f #f all",
        '10 10s owner withdraw #b #b ["withdrawn"]',
        '11 20s owner put a #a ["aliases","authors","expires","image","media","published","section","tags","updated"]',
        '12 20s owner put c #c ["aliases","published","updated"]',
        '13 20s owner put d #d ["draft"]',
        "14 20s owner erase #f null []",
        "15 20s owner erase #b null []",
        "16 20s owner delete media media/one.gif null []",
        '17 20s owner put media media/two.gif null ["image/gif"]',
      ],
      answers: [],
      refusals: [],
      conditions: [],
      names: ["10"],
    });
  });
});
