import { beforeEach, describe, expect, it } from "vitest";
import { instant, story } from "../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const FEEDS = ["/rss.xml", "/atom.xml", "/feed.json"];

let newsroom: NewsroomWorker;
beforeEach(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
});

const textOf = async (path: string): Promise<string> => (await newsroom.fetch(path)).text();

describe("a story that is published", () => {
  const source = story("first", { tags: ["News"], section: "world", authors: ["staff"] });
  const places = [
    ...FEEDS,
    ...FEEDS.map((file) => `/tags/news${file}`),
    ...FEEDS.map((file) => `/authors/staff${file}`),
    ...FEEDS.map((file) => `/sections/world${file}`),
    ...FEEDS.map((file) => `/articles/first${file}`),
    ...FEEDS.map((file) => `/summaries${file}`),
    "/articles/first",
    "/",
  ];

  it("is in all its feeds and pages at once", async () => {
    for (const path of FEEDS) expect(await textOf(path)).not.toContain("tag:courier.example,2026:first");
    expect((await newsroom.fetch("/tags/news/rss.xml")).status).toBe(404);
    const response = await newsroom.put("first", source);
    expect(response.status).toBe(201);
    for (const path of places) {
      const shown = await newsroom.fetch(path);
      expect({ path, status: shown.status }).toEqual({ path, status: 200 });
      expect(await shown.text()).toContain("first");
    }
  });

  it("is replaced by another PUT, also in the feeds of its tags", async () => {
    await newsroom.put("first", source);
    await newsroom.put("first", story("first", { tags: ["Other"], title: "A second title" }, "Another text."));
    expect(await textOf("/rss.xml")).toContain("A second title");
    expect((await newsroom.fetch("/tags/news/rss.xml")).status).toBe(404);
    expect(await textOf("/tags/other/atom.xml")).toContain("Another text.");
  });

  it("is returned with the bytes that were sent", async () => {
    const odd = source.replace(/\n/g, "\r\n");
    await newsroom.put("first", odd);
    const response = await newsroom.api("GET", "/api/items/first", { headers: { accept: "text/markdown" } });
    expect(await response.text()).toBe(odd);
    expect(response.headers.get("etag")).toMatch(/^"\d+-md"$/);
  });

  it("may be sent as JSON", async () => {
    const body = JSON.stringify({
      ...{
        id: "tag:courier.example,2026:json",
        title: "In JSON",
        published: "2026-01-01T00:00:00Z",
        text: "*So* it is.",
      },
    });
    const response = await newsroom.api("PUT", "/api/items/json", {
      body,
      headers: { "content-type": "application/json" },
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ slug: "json", state: "published", title: "In JSON", warnings: [] });
    expect(await textOf("/rss.xml")).toContain("<p><em>So</em> it is.</p>");
  });

  it("changes the ETag of a feed and moves its Last-Modified forward", async () => {
    await newsroom.put("first", source);
    const before = await newsroom.fetch("/rss.xml");
    await newsroom.put("first", story("first", {}, "Mended."));
    const after = await newsroom.fetch("/rss.xml");
    expect(after.headers.get("etag")).not.toBe(before.headers.get("etag"));
    const [from, to] = [before, after].map(({ headers }) => Date.parse(headers.get("last-modified") ?? ""));
    expect(to).toBeGreaterThan(from ?? 0);
  });
});

describe("a story that is withdrawn", () => {
  it("is answered 410, and has a tombstone and a notice in the feeds", async () => {
    await newsroom.put("first", story("first", {}, "Secret text."));
    const response = await newsroom.api("DELETE", "/api/items/first?reason=It%20was%20wrong.");
    expect(await response.json()).toMatchObject({ slug: "first", state: "withdrawn" });
    expect(response.status).toBe(200);
    expect((await newsroom.fetch("/articles/first")).status).toBe(410);
    expect(await textOf("/atom.xml")).toContain('<at:deleted-entry ref="tag:courier.example,2026:first"');
    expect(await textOf("/rss.xml")).toContain("It was wrong.");
    for (const path of FEEDS) expect(await textOf(path)).not.toContain("Secret text.");
  });

  it("can be erased by the owner, and then its id is never used again", async () => {
    await newsroom.put("first", story("first", {}, "Secret text."));
    expect((await newsroom.api("DELETE", "/api/items/first?purge=true")).status).toBe(204);
    expect((await newsroom.fetch("/articles/first")).status).toBe(404);
    for (const path of FEEDS) expect(await textOf(path)).not.toContain("tag:courier.example,2026:first");
    expect((await newsroom.api("PUT", "/api/items/again", { body: story("first", { slug: "again" }) })).status).toBe(
      409,
    );
  });
});

describe("several stories", () => {
  it("are sorted by date, and fill archive pages", async () => {
    for (let day = 1; day <= 9; day++)
      await newsroom.put(`s${day}`, story(`s${day}`, { published: `2026-01-0${day}T00:00:00Z` }));
    const titles = Array.from((await textOf("/rss.xml")).matchAll(/<item>\n<title>(\w+)/g), ([, title]) => title);
    expect(titles).toEqual(["s9", "s8", "s7"]);
    expect(await textOf("/rss.xml")).toContain(
      'rel="prev-archive" type="application/rss+xml" href="https://courier.example/archive/3/rss.xml"',
    );
    const first = Array.from(
      (await textOf("/archive/1/rss.xml")).matchAll(/<item>\n<title>(\w+)/g),
      ([, title]) => title,
    );
    expect(first).toEqual(["s3", "s2", "s1"]);
    await newsroom.put("early", story("early", { published: "2025-01-01T00:00:00Z" }));
    const shifted = Array.from(
      (await textOf("/archive/1/rss.xml")).matchAll(/<item>\n<title>(\w+)/g),
      ([, title]) => title,
    );
    expect(shifted).toEqual(["s2", "s1", "early"]);
  });

  it("are served by another isolate within three seconds", async () => {
    const other = await openNewsroomWorker({ now: NOW, database: newsroom.database });
    expect(await (await other.fetch("/rss.xml")).text()).not.toContain("first");
    await newsroom.put("first", story("first"));
    other.clock.now += 2900;
    expect(await (await other.fetch("/rss.xml")).text()).not.toContain("first");
    other.clock.now += 200;
    expect(await (await other.fetch("/rss.xml")).text()).toContain("first");
  });
});
