import { beforeEach, describe, expect, it } from "vitest";
import { site, story } from "../fixtures/publication.ts";
import { hashOf, NOW, VALID_TOKEN } from "../routes/support/partner-states.ts";
import { insertStories } from "./many-stories.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

// What contracts select, in D1: collected in steps, once for all that choose the same, and forgotten with the last of them.

const CONTRACT = { formats: ["json"], tokens: [{ sha256: hashOf(VALID_TOKEN) }] };
const FILM = { include: { tags: ["film"] } };

let database: D1Database;
let newsroom: NewsroomWorker;

beforeEach(async () => {
  database = await createEmptyDatabase();
  const files = { "site.yaml": site({ sections: { world: "World" }, feedLength: 3 }) };
  newsroom = await openNewsroomWorker({ now: NOW, database, files });
});

const putContract = async (name: string, more: object): Promise<void> => {
  const body = JSON.stringify({ ...CONTRACT, ...more });
  expect((await newsroom.api("PUT", `/api/partners/${name}`, { body })).ok).toBe(true);
};

const revoke = async (name: string): Promise<void> => {
  expect((await newsroom.api("DELETE", `/api/partners/${name}`)).status).toBe(204);
};

const get = (name: string): Promise<Response> =>
  newsroom.fetch(`/partners/${name}/feed.json`, { headers: { authorization: `Bearer ${VALID_TOKEN}` } });

const slugsOf = async (name: string): Promise<readonly string[]> => {
  const response = await get(name);
  expect(response.status).toBe(200);
  const { items } = await response.json<{ items: readonly { url: string }[] }>();
  return items.map(({ url }) => url.replace(/.*\//, ""));
};

/** Does all steps, and returns how many there were. */
const catchUp = async (): Promise<number> => {
  let steps = 1;
  while (!(await newsroom.reading().store.catchUp())) steps += 1;
  return steps;
};

const countRowsOf = async (): Promise<{ readonly selections: number; readonly memberships: number }> => {
  const [row] = (
    await database
      .prepare(
        `SELECT (SELECT COUNT(*) FROM selections) AS selections,
          (SELECT COUNT(*) FROM memberships WHERE scope GLOB 'selection/*') AS memberships`,
      )
      .all<{ selections: number; memberships: number }>()
  ).results;
  if (row === undefined) throw new Error("the database counts nothing");
  return row;
};

describe("what a contract selects", () => {
  it("is 503 with Retry-After until all of it is collected, and the terms and other contracts are there meanwhile", async () => {
    await newsroom.put("a", story("a", { tags: ["film"] }));
    await newsroom.put("b", story("b", { tags: ["news"] }));
    await putContract("all", {});
    await putContract("film", FILM);
    const early = await get("film");
    expect([early.status, early.headers.get("retry-after"), early.headers.get("cache-control")]).toEqual([
      ...[503, "60", "no-store"],
    ]);
    expect(await early.text()).not.toContain("film");
    expect((await slugsOf("all")).toSorted()).toEqual(["a", "b"]);
    await catchUp();
    expect(await slugsOf("film")).toEqual(["a"]);
  });

  it("is collected in steps of two hundred, and may be interrupted", async () => {
    await insertStories(database, 1000);
    await putContract("rest", { exclude: { tags: ["film"] } });
    expect((await get("rest")).status).toBe(503);
    await newsroom.reading().store.catchUp();
    await newsroom.reading().store.catchUp();
    expect((await get("rest")).status).toBe(503);
    expect((await countRowsOf()).memberships).toBeLessThanOrEqual(200);
    expect(await catchUp()).toBeGreaterThan(3);
    expect(await countRowsOf()).toEqual({ selections: 1, memberships: 1000 });
    expect(await slugsOf("rest")).toHaveLength(3);
  });

  it("is one for all contracts that choose the same, whatever else they state and in whichever order", async () => {
    await newsroom.put("a", story("a", { tags: ["film"] }));
    await putContract("one", { include: { tags: ["film", "art"] } });
    await putContract("two", {
      include: { tags: ["Art", "film", "film"] },
      exclude: {},
      hours: 9999 - 2000,
      text: "summary",
    });
    await putContract("three", { include: { tags: ["film", "art"], sections: [] }, formats: ["json", "rss"] });
    await putContract("all", {});
    await putContract("all-too", { include: {}, exclude: { tags: [] } });
    await catchUp();
    expect(await countRowsOf()).toEqual({ selections: 1, memberships: 1 });
    for (const name of ["one", "two", "three", "all", "all-too"]) expect(await slugsOf(name)).toEqual(["a"]);
  });

  it("is forgotten after the last contract with it, and not before", async () => {
    await newsroom.put("a", story("a", { tags: ["film"] }));
    await putContract("one", FILM);
    await putContract("two", FILM);
    await catchUp();
    await revoke("one");
    await catchUp();
    expect(await countRowsOf()).toEqual({ selections: 1, memberships: 1 });
    expect(await slugsOf("two")).toEqual(["a"]);
    await putContract("two", { include: { tags: ["news"] } });
    expect((await get("two")).status).toBe(503);
    await catchUp();
    expect(await countRowsOf()).toEqual({ selections: 1, memberships: 0 });
    expect(await slugsOf("two")).toEqual([]);
    await revoke("two");
    await catchUp();
    expect(await countRowsOf()).toEqual({ selections: 0, memberships: 0 });
  });

  it("is forgotten in steps as well", async () => {
    await insertStories(database, 500);
    await putContract("rest", { exclude: { tags: ["film"] } });
    await catchUp();
    await revoke("rest");
    expect(await catchUp()).toBe(4);
    expect(await countRowsOf()).toEqual({ selections: 0, memberships: 0 });
  });

  it("follows every write of a story", async () => {
    await putContract("film", FILM);
    await catchUp();
    expect(await slugsOf("film")).toEqual([]);
    await newsroom.put("a", story("a", { tags: ["film"] }));
    expect(await slugsOf("film")).toEqual(["a"]);
    await newsroom.put("a", story("a", { tags: ["news"] }));
    expect(await slugsOf("film")).toEqual([]);
    await newsroom.put("a", story("a", { tags: ["film"], feeds: false }));
    expect(await slugsOf("film")).toEqual([]);
    await newsroom.put("a", story("a", { tags: ["film"] }));
    expect(await slugsOf("film")).toEqual(["a"]);
    await newsroom.api("DELETE", "/api/items/a?purge=true");
    expect(await slugsOf("film")).toEqual([]);
  });
});
