import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { instant } from "../fixtures/publication.ts";
import { type Mood, moody } from "./moody.ts";
import { emptyDatabase, type Office, openOffice, story } from "./newsroom.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let office: Office;
let state: { mood: Mood };
let log: MockInstance;

beforeEach(async () => {
  log = vi.spyOn(console, "error").mockImplementation(() => {});
  const real = await emptyDatabase();
  const well = await openOffice({ now: NOW, database: real });
  await well.put("first", story("first", { tags: ["News"] }));
  const one = moody(real);
  state = one.state;
  office = await openOffice({ now: NOW, database: one.database, timeoutMs: 200 });
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(["throws", "hangs"] as const)("while the database %s", (mood) => {
  it("readers get what they got before, marked in the log", async () => {
    const before = await office.fetch("/rss.xml");
    const text = await before.text();
    state.mood = mood;
    office.clock.now += 60_000;
    const after = await office.fetch("/rss.xml");
    expect(after.status).toBe(200);
    expect(await after.text()).toBe(text);
    const tag = after.headers.get("etag") ?? "";
    expect((await office.fetch("/rss.xml", { headers: { "if-none-match": tag } })).status).toBe(304);
    expect(log).toHaveBeenCalled();
  });

  it("the newsroom says 503, and when to come again", async () => {
    state.mood = mood;
    const response = await office.api("PUT", "/api/items/x", { body: story("x") });
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.text()).not.toContain("D1_ERROR");
  });

  it("a reader's program that asks the newsroom is told so as well", async () => {
    state.mood = mood;
    for (const path of ["/api/items", "/api/items/x", "/api/log"])
      expect((await office.api("GET", path)).status).toBe(503);
  });

  it.each<[string, (one: Office) => Promise<Response>]>([
    ["erased", (one) => one.api("DELETE", "/api/items/first?purge=true")],
    ["withdrawn", (one) => one.api("DELETE", "/api/items/first?reason=Libel.")],
    ["a draft again", (one) => one.put("first", story("first", { draft: true }))],
    ["put off", (one) => one.put("first", story("first", { published: "2027-01-01T00:00:00Z" }))],
    ["expired by an edit", (one) => one.put("first", story("first", { expires: "2026-02-01T00:00:00Z" }))],
  ])("what was %s before is not shown again", async (_, take) => {
    // So many writes in one second that Last-Modified can't move on.
    for (let count = 0; count < 65; count++) await office.put("other", story("other", {}, `Text ${count}.`));
    for (const path of ["/articles/first", "/rss.xml", "/tags/news/atom.xml"]) await office.fetch(path);
    expect((await take(office)).ok).toBe(true);
    // This isolate has asked for something since, so it knows of a departure, but not of which.
    await office.fetch("/style.css");
    state.mood = mood;
    office.clock.now += 60_000;
    for (const path of ["/articles/first", "/rss.xml", "/tags/news/atom.xml"]) {
      expect(await (await office.fetch(path)).text()).not.toContain("Text of first.");
    }
  });

  it("nothing that nobody has seen yet is made up", async () => {
    state.mood = mood;
    const response = await office.fetch("/rss.xml");
    expect(response.status).toBe(500);
    expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
  });

  it("all is well again afterwards", async () => {
    await office.fetch("/rss.xml");
    state.mood = mood;
    office.clock.now += 60_000;
    await office.fetch("/rss.xml");
    state.mood = "well";
    office.clock.now += 60_000;
    expect((await office.api("PUT", "/api/items/second", { body: story("second") })).status).toBe(201);
    expect(await (await office.fetch("/rss.xml")).text()).toContain("second");
  });
});
