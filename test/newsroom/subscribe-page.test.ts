import { beforeEach, describe, expect, it } from "vitest";
import { instant, site, story } from "../fixtures/publication.ts";
import { countRows } from "./count-rows.ts";
import { insertStories } from "./many-stories.ts";
import { createEmptyDatabase, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-03T12:00:00Z");
const BROWSER = { "sec-fetch-dest": "document", "sec-fetch-mode": "navigate" };
const PATHS = ["/subscribe", "/opml.xml"];

let database: D1Database;
beforeEach(async () => {
  database = await createEmptyDatabase();
});

describe("the feeds of a newsroom", () => {
  it("are listed as soon as a story is public, and nothing that is hidden changes a byte", async () => {
    const { fetch, put, api } = await openNewsroomWorker({ now: NOW, database });
    await put("a", story("a", { tags: ["Shown"] }));
    const answers = async () =>
      Promise.all(
        PATHS.map(async (path) => {
          const response = await fetch(path);
          return [[...response.headers], await response.text()];
        }),
      );
    const before = await answers();
    expect(JSON.stringify(before)).toContain("/tags/shown/");
    await put("b", story("b", { tags: ["Drafted"], draft: true }));
    await put("c", story("c", { tags: ["Later"], published: "2026-04-01T00:00:00Z" }));
    expect(await answers()).toEqual(before);
    await put("b", story("b", { tags: ["Drafted"], published: "2026-03-01T00:00:00Z" }));
    expect(JSON.stringify(await answers())).toContain("/tags/drafted/");
    await api("DELETE", "/api/items/b?reason=Wrong.");
    expect(JSON.stringify(await answers())).not.toContain("/tags/drafted/");
  });

  it.each([
    { stories: 20, read: 120 },
    { stories: 1000, read: 2100 },
    { stories: 100_000, read: 2100 },
  ])("read two rows of each of the newest thousand at most: $stories stories", async ({ stories, read }) => {
    await insertStories(database, stories);
    const counted = countRows(database);
    const { fetch } = await openNewsroomWorker({
      now: NOW,
      database: counted.database,
      files: { "site.yaml": site() },
    });
    counted.take();
    for (const path of PATHS) {
      const response = await fetch(path);
      expect(await response.text()).toContain("/tags/news/rss.xml");
      const rows = counted.take();
      expect(rows.read).toBeLessThanOrEqual(read);
      expect(rows.statements).toBeLessThan(10);
      await (await fetch(path)).arrayBuffer();
      expect(counted.take().read).toBe(0);
    }
  });

  it("have a page each, which reads no more than the feed does and nothing once it is in memory", async () => {
    await insertStories(database, 1000);
    const counted = countRows(database);
    const { fetch } = await openNewsroomWorker({ now: NOW, database: counted.database });
    for (const path of ["/tags/news/rss.xml", "/archive/7/atom.xml"]) {
      await (await fetch("/")).arrayBuffer();
      counted.take();
      await (await fetch(path)).arrayBuffer();
      const ofFeed = counted.take().read;
      const page = await fetch(path, { headers: BROWSER });
      expect(await page.text()).toContain("<!doctype html>");
      expect(counted.take().read).toBeLessThanOrEqual(ofFeed);
      await (await fetch(path, { headers: BROWSER })).arrayBuffer();
      await (await fetch(`/source${path}`)).arrayBuffer();
      expect(counted.take().read).toBe(0);
    }
  });
});
