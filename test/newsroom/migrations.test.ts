import { expect, it } from "vitest";
import { instant, story } from "../fixtures/publication.ts";
import { createDatabaseBefore, migrateFrom, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

it("0005_rights.sql leaves the aliases of drafts to others, and old responses to nobody", async () => {
  const database = await createDatabaseBefore("0005_rights.sql");
  const item = (slug: string, draft: boolean): string =>
    JSON.stringify({
      id: `tag:courier.example,2026:${slug}`,
      slug,
      draft,
      aliases: [`of-${slug}`],
      tags: [],
      authors: [],
    });
  const insert = (table: string, row: Readonly<Record<string, string | number | null>>) =>
    database
      .prepare(`INSERT INTO ${table} (${Object.keys(row)}) VALUES (${Object.keys(row).map(() => "?")})`)
      .bind(...Object.values(row));
  const rows = [
    { slug: "draft", draft: true },
    { slug: "live", draft: false },
  ].flatMap(({ slug, draft }, number) => [
    insert("stories", {
      ...{ number, id: `tag:courier.example,2026:${slug}`, slug, path: `${slug}.md`, version: 1, digest: "" },
      item: item(slug, draft),
    }),
    insert("aliases", { alias: `of-${slug}`, story: number }),
    insert("memberships", {
      ...{ scope: "all", story: number, id: `tag:courier.example,2026:${slug}`, published: 0 },
      ...{ is_listed: draft ? 0 : 1, slot: draft ? null : 0 },
    }),
  ]);
  await database.batch([
    ...rows,
    insert("editors", { name: "ann", role: "write", token_hash: "hash", at: 0 }),
    insert("answers", {
      ...{ editor: "owner", key: "k", request: "r", status: 201, version: 1, body: "{}", story: "s", at: NOW },
    }),
  ]);
  await migrateFrom(database, "0005_rights.sql");
  const newsroom = await openNewsroomWorker({ now: NOW, database });
  expect((await newsroom.api("PUT", "/api/items/of-draft", { body: story("of-draft") })).status).toBe(201);
  expect((await newsroom.api("PUT", "/api/items/of-live", { body: story("of-live") })).status).toBe(409);
  expect((await newsroom.api("PUT", "/api/editors/Ann", { body: '{"role":"write"}' })).status).toBe(409);
  expect((await newsroom.api("DELETE", "/api/editors/ann")).status).toBe(204);
  expect((await database.prepare("SELECT * FROM answers").all()).results).toEqual([]);
});
