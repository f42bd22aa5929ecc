import { describe, expect, it } from "vitest";
import type { Hub } from "../../src/push/rpc.ts";
import { GIF, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { insertStories } from "./many-stories.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const BASE = "https://courier.example/news";

it("a newsroom below a path has its API, its media and its previews there", async () => {
  const newsroom = await openNewsroomWorker({
    ...{ now: NOW, database: await createEmptyDatabase() },
    files: { "site.yaml": site({ url: BASE }) },
  });
  const { api, fetch } = newsroom;
  expect((await api("PUT", "/news/api/media/x.gif", { body: GIF })).status).toBe(201);
  const written = await api("PUT", "/news/api/items/a", { body: story("a", {}, "![x](media/x.gif) [home](/)") });
  expect([written.status, written.headers.get("location")]).toEqual([201, `${BASE}/api/items/a`]);
  expect((await api("PUT", "/news/api/items/d", { body: story("d", { draft: true }) })).status).toBe(201);
  expect((await api("GET", "/api/items/a")).status).toBe(404);
  const page = await (await fetch("/news/articles/a")).text();
  expect(page).toContain(`src="${BASE}/media/x.gif"`);
  expect(page).toContain(`<a href="${BASE}/">home</a>`);
  expect((await fetch("/news/media/x.gif")).status).toBe(200);
  const { preview } = await (await api("GET", "/news/api/items/d")).json<{ preview: string }>();
  expect(preview).toMatch(/^https:\/\/courier\.example\/news\/preview\/d\//);
  expect((await fetch(new URL(preview).pathname)).status).toBe(200);
});

describe("below a path, the list", () => {
  const topics = Array.from({ length: 3 }, (_, index) => `${BASE}/tags/t${index}/rss.xml`);

  const hub: Hub = {
    admit: async () => "accepted",
    changed: async () => {},
    ping: async () => {},
    updateCounts: async () => {},
    status: async (after) =>
      topics
        .filter((topic) => topic > after)
        .slice(0, 2)
        .map((topic) => ({ topic, subscribers: 1, pending: 0, failures: [] })),
    drop: async () => 0,
    replay: async () => 0,
  };

  const bindings = {
    HUB: { getByName: () => hub },
    TOPICS: {
      getByName: (): never => {
        throw new Error("no route calls a shard");
      },
    },
    DELIVERIES: { sendBatch: async () => ({ metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } }) },
  };

  /** Writes stories or 101 rows by SQL alone: through the API it would take too long. */
  const stories = ({ database }: NewsroomWorker): Promise<void> => insertStories(database, 3);

  const rows =
    (table: string, values: string) =>
    async ({ database }: NewsroomWorker): Promise<void> => {
      const numbers = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 101)";
      await database.prepare(`INSERT INTO ${table} ${numbers} SELECT ${values} FROM n`).run();
    };

  const refusedStories = async (newsroom: NewsroomWorker): Promise<void> => {
    await stories(newsroom);
    await newsroom.database.prepare("INSERT INTO refusals (story, messages) SELECT number, '[]' FROM stories").run();
  };

  const contracts = async ({ api }: NewsroomWorker): Promise<void> => {
    const body = JSON.stringify({ open: true, formats: ["rss"] });
    for (let index = 0; index <= 100; index++) {
      expect((await api("PUT", `/news/api/partners/p${index}`, { body })).status).toBe(201);
    }
  };

  const files = rows("media (path, type, length, digest, object)", "'media/\u00e9 ' || i, 'image/gif', 1, '', i");
  const entries = rows("log (at, editor, action, subject, changes)", "0, 'ann', 'put', 'x', '[]'");
  const editors = rows("editors (name, role, token_hash, at)", "'e' || i, 'write', i, 0");

  it.each<[string, string, (newsroom: NewsroomWorker) => Promise<void>, readonly number[]]>([
    ["/items?limit=2", "items", stories, [2, 1]],
    ["/items?refused&limit=2", "items", refusedStories, [2, 1]],
    ["/media", "media", files, [100, 1]],
    ["/log", "entries", entries, [100, 1]],
    ["/editors", "editors", editors, [100, 1]],
    ["/partners", "partners", contracts, [100, 1]],
    ["/subscriptions", "topics", async () => {}, [2, 1, 0]],
  ])("at /api%s is read to its end by whoever resolves `next` as any reference", async (path, name, fill, sizes) => {
    const newsroom = await openNewsroomWorker({
      ...{ now: NOW, database: await createEmptyDatabase(), bindings },
      files: { "site.yaml": site({ url: BASE, hubs: ["built-in"] }) },
    });
    await fill(newsroom);
    const pages: number[] = [];
    const all = new Set<string>();
    for (let at: string | undefined = `${BASE}/api${path}`; at !== undefined; ) {
      const response = await newsroom.api("GET", at.slice(ORIGIN.length));
      expect([at, response.status]).toEqual([at, 200]);
      const page: Readonly<Record<string, unknown>> = await response.json();
      const listed = Array.isArray(page[name]) ? page[name] : [];
      pages.push(listed.length);
      for (const entry of listed) all.add(JSON.stringify(entry));
      at = typeof page.next === "string" ? new URL(page.next, at).href : undefined;
    }
    expect(pages).toEqual(sizes);
    expect(all.size).toBe(sizes.reduce((sum, size) => sum + size));
  });
});
