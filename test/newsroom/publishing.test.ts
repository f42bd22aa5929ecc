import { beforeEach, describe, expect, it } from "vitest";
import { instant } from "../fixtures/publication.ts";
import { emptyDatabase, type Office, openOffice, story } from "./newsroom.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const FEEDS = ["/rss.xml", "/atom.xml", "/feed.json"];

let office: Office;
beforeEach(async () => {
  office = await openOffice({ now: NOW, database: await emptyDatabase() });
});

const textOf = async (path: string): Promise<string> => (await office.fetch(path)).text();

describe("a story that is published", () => {
  const source = story("first", { tags: ["News"], section: "world", authors: ["desk"] });
  const places = [
    ...FEEDS,
    ...FEEDS.map((file) => `/tags/news${file}`),
    ...FEEDS.map((file) => `/authors/desk${file}`),
    ...FEEDS.map((file) => `/sections/world${file}`),
    ...FEEDS.map((file) => `/articles/first${file}`),
    ...FEEDS.map((file) => `/summaries${file}`),
    "/articles/first",
    "/",
  ];

  it("shows everywhere at once", async () => {
    for (const path of FEEDS) expect(await textOf(path)).not.toContain("tag:courier.example,2026:first");
    expect((await office.fetch("/tags/news/rss.xml")).status).toBe(404);
    const response = await office.put("first", source);
    expect(response.status).toBe(201);
    for (const path of places) {
      const shown = await office.fetch(path);
      expect({ path, status: shown.status }).toEqual({ path, status: 200 });
      expect(await shown.text()).toContain("first");
    }
  });

  it("is changed by another PUT, and its tags follow", async () => {
    await office.put("first", source);
    await office.put("first", story("first", { tags: ["Other"], title: "A second title" }, "Another text."));
    expect(await textOf("/rss.xml")).toContain("A second title");
    expect((await office.fetch("/tags/news/rss.xml")).status).toBe(404);
    expect(await textOf("/tags/other/atom.xml")).toContain("Another text.");
  });

  it("is given back to the byte", async () => {
    const odd = source.replace(/\n/g, "\r\n");
    await office.put("first", odd);
    const response = await office.api("GET", "/api/items/first", { headers: { accept: "text/markdown" } });
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
    const response = await office.api("PUT", "/api/items/json", {
      body,
      headers: { "content-type": "application/json" },
    });
    expect(response.status).toBe(201);
    expect(await response.json()).toMatchObject({ slug: "json", state: "published", title: "In JSON", warnings: [] });
    expect(await textOf("/rss.xml")).toContain("<p><em>So</em> it is.</p>");
  });

  it("moves the tag and Last-Modified of what it changes forward", async () => {
    await office.put("first", source);
    const before = await office.fetch("/rss.xml");
    await office.put("first", story("first", {}, "Mended."));
    const after = await office.fetch("/rss.xml");
    expect(after.headers.get("etag")).not.toBe(before.headers.get("etag"));
    const [from, to] = [before, after].map(({ headers }) => Date.parse(headers.get("last-modified") ?? ""));
    expect(to).toBeGreaterThan(from ?? 0);
  });
});

describe("a story that is withdrawn", () => {
  it("is gone, with a tombstone and a notice", async () => {
    await office.put("first", story("first", {}, "Secret text."));
    const response = await office.api("DELETE", "/api/items/first?reason=It%20was%20wrong.");
    expect(await response.json()).toMatchObject({ slug: "first", state: "withdrawn" });
    expect(response.status).toBe(200);
    expect((await office.fetch("/articles/first")).status).toBe(410);
    expect(await textOf("/atom.xml")).toContain('<at:deleted-entry ref="tag:courier.example,2026:first"');
    expect(await textOf("/rss.xml")).toContain("It was wrong.");
    for (const path of FEEDS) expect(await textOf(path)).not.toContain("Secret text.");
  });

  it("is erased by its owner, and nobody may have its id again", async () => {
    await office.put("first", story("first", {}, "Secret text."));
    expect((await office.api("DELETE", "/api/items/first?purge=true")).status).toBe(204);
    expect((await office.fetch("/articles/first")).status).toBe(404);
    for (const path of FEEDS) expect(await textOf(path)).not.toContain("tag:courier.example,2026:first");
    expect((await office.api("PUT", "/api/items/again", { body: story("first", { slug: "again" }) })).status).toBe(409);
  });
});

describe("several stories", () => {
  it("stand in the order of their dates, and fill archive pages", async () => {
    for (let day = 1; day <= 9; day++)
      await office.put(`s${day}`, story(`s${day}`, { published: `2026-01-0${day}T00:00:00Z` }));
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
    await office.put("early", story("early", { published: "2025-01-01T00:00:00Z" }));
    const shifted = Array.from(
      (await textOf("/archive/1/rss.xml")).matchAll(/<item>\n<title>(\w+)/g),
      ([, title]) => title,
    );
    expect(shifted).toEqual(["s2", "s1", "early"]);
  });

  it("are seen by another isolate within the bound", async () => {
    const other = await openOffice({ now: NOW, database: office.database });
    expect(await (await other.fetch("/rss.xml")).text()).not.toContain("first");
    await office.put("first", story("first"));
    other.clock.now += 2900;
    expect(await (await other.fetch("/rss.xml")).text()).not.toContain("first");
    other.clock.now += 200;
    expect(await (await other.fetch("/rss.xml")).text()).toContain("first");
  });
});
