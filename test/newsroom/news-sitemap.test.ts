import { beforeEach, describe, expect, it } from "vitest";
import { type Files, instant, ORIGIN, site, story } from "../fixtures/publication.ts";
import { countRows } from "./count-rows.ts";
import { insertStories } from "./many-stories.ts";
import { createEmptyDatabase, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-03T12:00:00Z");
const DAY = 86_400_000;
const FILES: Files = { "site.yaml": site({}) };

const PATH = "/news-sitemap.xml";

let database: D1Database;
beforeEach(async () => {
  database = await createEmptyDatabase();
});

const slugsIn = async (response: Response): Promise<readonly string[]> =>
  Array.from((await response.text()).matchAll(/<loc>([^<]*)<\/loc>/g), ([, url = ""]) =>
    url.replace(`${ORIGIN}/articles/`, ""),
  );

describe("the news sitemap of a newsroom", () => {
  it("has what readers may see of two days, in feeds or not; it loses a story to the second, and nothing hidden shows", async () => {
    const newsroom = await openNewsroomWorker({ now: NOW - DAY + 3_600_000, database, files: FILES });
    const { clock, fetch, put } = newsroom;
    const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
    await put("old", story("old", { published: iso(NOW - 2 * DAY - 1000) }));
    await put("edge", story("edge", { published: iso(NOW - 2 * DAY + 1000), feeds: false }));
    await put("new", story("new", { published: iso(NOW - DAY) }));
    await put("over", story("over", { published: iso(NOW - DAY), expires: iso(NOW) }));
    clock.now = NOW;
    const before = await fetch(PATH);
    await put("soon", story("soon", { published: iso(NOW + DAY) }));
    await put("draft", story("draft", { published: iso(NOW - 2 * DAY), draft: true }));
    const again = await fetch(PATH);
    expect([...again.headers]).toEqual([...before.headers]);
    expect(await slugsIn(before)).toEqual(["new", "edge"]);
    expect(await slugsIn(again)).toEqual(["new", "edge"]);
    clock.now = NOW + 1000;
    const after = await fetch(PATH);
    expect(await slugsIn(after)).toEqual(["new"]);
    expect(after.headers.get("last-modified")).toBe("Tue, 03 Mar 2026 12:00:01 GMT");
    expect(after.headers.get("etag")).not.toBe(before.headers.get("etag"));
    await newsroom.api("DELETE", "/api/items/new?reason=Wrong.");
    expect(await slugsIn(await fetch(PATH))).toEqual([]);
  });

  it.each([
    { stories: 20, listed: 20 },
    { stories: 1000, listed: 1000 },
    { stories: 100_000, listed: 1000 },
  ])("reads two rows of each story that it lists, and hardly more: $stories", async ({ stories, listed }) => {
    await insertStories(database, stories);
    const counted = countRows(database);
    const { fetch } = await openNewsroomWorker({ now: stories * 1000, database: counted.database, files: FILES });
    counted.take();
    expect(await slugsIn(await fetch(PATH))).toHaveLength(listed);
    const { read, statements } = counted.take();
    expect(read).toBeLessThanOrEqual(60 + 2 * listed);
    expect(statements).toBeLessThan(10);
    await (await fetch(PATH)).arrayBuffer();
    expect(counted.take().read).toBe(0);
  });

  it("reads no row of the stories that are older", async () => {
    await insertStories(database, 100_000);
    const counted = countRows(database);
    const { fetch } = await openNewsroomWorker({ now: NOW, database: counted.database, files: FILES });
    counted.take();
    expect(await slugsIn(await fetch(PATH))).toEqual([]);
    expect(counted.take().read).toBeLessThan(60);
  });
});
