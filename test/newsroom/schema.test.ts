import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { SCHEMA } from "../../src/store/d1/schema.ts";
import { GIF, instant, story } from "../fixtures/publication.ts";
import {
  createEmptyDatabase,
  createFormerDatabase,
  MIGRATIONS,
  type NewsroomWorker,
  openNewsroomWorker,
} from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let log: MockInstance;
beforeEach(() => {
  log = vi.spyOn(console, "error").mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
});

const logged = (): string => log.mock.calls.flat().map(String).join("\n");

it("the number of the schema is that of the last migration", () => {
  expect(Math.max(...MIGRATIONS.map((name) => Number(name.slice(0, 4))))).toBe(SCHEMA);
});

describe("code that meets data of a newer schema", () => {
  let newsroom: NewsroomWorker;
  let preview: string;

  beforeEach(async () => {
    const database = await createEmptyDatabase();
    newsroom = await openNewsroomWorker({ now: NOW, database });
    await newsroom.api("PUT", "/api/media/x.gif", { body: GIF, headers: { "content-type": "image/gif" } });
    await newsroom.put("first", story("first", {}, "![x](media/x.gif)"));
    const draft: { preview: string } = await (await newsroom.put("draft", story("draft", { draft: true }))).json();
    preview = new URL(draft.preview).pathname;
    for (const path of ["/rss.xml", "/articles/first"]) expect((await newsroom.fetch(path)).status).toBe(200);
    await database
      .prepare("UPDATE revision SET schema = ?1")
      .bind(SCHEMA + 2)
      .run();
    newsroom.clock.now += 60_000;
  });

  it("answers 503 to everybody, also with what it has in memory, and logs both numbers and what to do", async () => {
    const paths = ["/rss.xml", "/articles/first", "/articles/none", "/", "/feed", "/media/x.gif", preview];
    for (const path of paths) {
      const response = await newsroom.fetch(path);
      expect([path, response.status]).toEqual([path, 503]);
      expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
      expect(await response.text()).not.toContain("schema");
    }
    expect(logged()).toContain(
      `schema ${SCHEMA + 2}, but this version of the newsroom only knows schemas up to ${SCHEMA}`,
    );
    expect(logged()).toContain("deploy the newer version again");
  });

  it("writes nothing", async () => {
    const requests: readonly (readonly [string, string, RequestInit])[] = [
      ["PUT", "/api/items/second", { body: story("second") }],
      ["DELETE", "/api/items/first?reason=Wrong.", {}],
      ["GET", "/api/items", {}],
    ];
    for (const [method, path, init] of requests) expect((await newsroom.api(method, path, init)).status).toBe(503);
    const { results } = await newsroom.database.prepare("SELECT slug, item LIKE '%Wrong.%' AS w FROM stories").all();
    expect(results).toEqual([
      { slug: "first", w: 0 },
      { slug: "draft", w: 0 },
    ]);
  });

  it("goes on once it is the code of that schema", async () => {
    expect((await newsroom.fetch("/rss.xml")).status).toBe(503);
    await newsroom.database.prepare("UPDATE revision SET schema = ?1").bind(SCHEMA).run();
    expect((await newsroom.fetch("/rss.xml")).status).toBe(200);
  });
});

describe("the schema of the data", () => {
  it("is that of the code that writes it: a migration alone stops no older code", async () => {
    const database = await createFormerDatabase();
    const schema = () => database.prepare("SELECT schema FROM revision").first("schema");
    expect(await schema()).toBe(2);
    const newsroom = await openNewsroomWorker({ now: NOW, database });
    await newsroom.put("new", story("new"));
    expect(await schema()).toBe(SCHEMA);
  });

  it("is said to be missing if the migrations have not run", async () => {
    const newsroom = await openNewsroomWorker({ now: NOW, database: await createFormerDatabase(false) });
    const response = await newsroom.fetch("/rss.xml");
    expect(response.status).toBe(500);
    expect((await newsroom.api("PUT", "/api/items/new", { body: story("new") })).status).toBe(500);
    expect(logged()).toContain("lacks a migration: run `npx wrangler d1 migrations apply");
  });
});
