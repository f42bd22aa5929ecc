import { beforeEach, describe, expect, it } from "vitest";
import { type Files, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { countRows } from "./count-rows.ts";
import { insertStories } from "./many-stories.ts";
import { createEmptyDatabase, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-03T12:00:00Z");
const FILES: Files = { "site.yaml": site({ sections: { world: "World" }, markdown: true }) };

let database: D1Database;
beforeEach(async () => {
  database = await createEmptyDatabase();
});

const locationsIn = async (response: Response): Promise<readonly string[]> =>
  Array.from((await response.text()).matchAll(/<loc>([^<]*)<\/loc>/g), ([, url = ""]) => url.slice(ORIGIN.length));

describe("the sitemaps of a newsroom", () => {
  it("have what readers may see, in feeds or not, and lose what is withdrawn", async () => {
    const { fetch, put, api } = await openNewsroomWorker({ now: NOW, database, files: FILES });
    await put("a", story("a", { section: "world", tags: ["B", "a"] }));
    await put("private", story("private", { feeds: false }));
    await put("soon", story("soon", { published: "2026-04-01T00:00:00Z", tags: ["soon"] }));
    await put("draft", story("draft", { draft: true, tags: ["draft"] }));
    expect(await locationsIn(await fetch("/sitemap.xml"))).toEqual(["/sitemaps/1.xml", "/sitemaps/pages-1.xml"]);
    expect(await locationsIn(await fetch("/sitemaps/1.xml"))).toEqual([
      ...["/", "/sections/world", "/tags/a", "/tags/b", "/articles/a"],
    ]);
    expect(await locationsIn(await fetch("/sitemaps/pages-1.xml"))).toEqual(["/articles/private"]);
    await api("DELETE", "/api/items/a?reason=Wrong.");
    expect(await locationsIn(await fetch("/sitemaps/1.xml"))).toEqual(["/"]);
  });

  it.each([
    { stories: 20, sitemaps: 1, last: 20 },
    { stories: 100_000, sitemaps: 100, last: 1000 },
  ])("read two rows of each story of theirs, however many there are: $stories", async ({ stories, sitemaps, last }) => {
    await insertStories(database, stories);
    const counted = countRows(database);
    const { fetch } = await openNewsroomWorker({ now: stories * 1000, database: counted.database, files: FILES });
    counted.take();
    expect(await locationsIn(await fetch("/sitemap.xml"))).toHaveLength(sitemaps);
    expect(counted.take().read).toBeLessThan(60);
    expect(await locationsIn(await fetch(`/sitemaps/${sitemaps}.xml`))).toHaveLength(last + (sitemaps === 1 ? 2 : 0));
    expect(counted.take().read).toBeLessThanOrEqual(60 + 2 * last);
    expect(await locationsIn(await fetch("/sitemaps/1.xml"))).toContain("/tags/news");
    counted.take();
    expect((await fetch("/sitemaps/999.xml")).status).toBe(404);
    await (await fetch("/sitemaps/1.xml")).arrayBuffer();
    expect(counted.take().read).toBe(0);
  });
});

it("a story that a newsroom wrote is there as Markdown", async () => {
  const { fetch, put } = await openNewsroomWorker({ now: NOW, database, files: FILES });
  await put("a", story("a", {}, "*Text* on [this site](/)."));
  expect(await (await fetch("/articles/a.md")).text()).toContain(`*Text* on [this site](${ORIGIN}/).`);
});
