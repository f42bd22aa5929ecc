import { expect, it } from "vitest";
import { GIF, instant, site, story } from "../fixtures/publication.ts";
import { createEmptyDatabase, openNewsroomWorker } from "./newsroom-worker.ts";

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
