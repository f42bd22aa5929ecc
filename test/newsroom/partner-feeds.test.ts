import { createHash } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { type Files, instant, site, story } from "../fixtures/publication.ts";
import { countRows } from "./count-rows.ts";
import { insertStories } from "./many-stories.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const TOKEN = "the-token-of-the-partner-in-this-test";
const tokens = [{ sha256: createHash("sha256").update(TOKEN).digest("hex") }];
const AUTHORIZATION = { authorization: `Bearer ${TOKEN}` };

const FILES: Files = { "site.yaml": site({ feedLength: 20, sections: { world: "World" } }) };

let database: D1Database;
beforeEach(async () => {
  database = await createEmptyDatabase();
});

const putContract = async (newsroom: NewsroomWorker, keys: object, name = "acme"): Promise<void> => {
  const body = JSON.stringify({ formats: ["rss", "atom", "json"], tokens, ...keys });
  const headers = { "content-type": "application/json" };
  expect((await newsroom.api("PUT", `/api/partners/${name}`, { body, headers })).ok).toBe(true);
};

const catchUp = async (newsroom: NewsroomWorker): Promise<void> => {
  while (!(await newsroom.reading().store.catchUp()));
};

const iso = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;

const FILE_NAMES = ["rss.xml", "atom.xml", "feed.json"];

describe("what editors do to stories that the partner may not see yet", () => {
  const readAll = async (newsroom: NewsroomWorker): Promise<readonly unknown[]> => {
    const answers = [];
    for (const path of ["", ...FILE_NAMES.map((file) => `/${file}`)]) {
      const response = await newsroom.fetch(`/partners/acme${path}`, { headers: AUTHORIZATION });
      answers.push([response.status, [...response.headers], await response.text()]);
    }
    return answers;
  };

  const at = (ms: number) => ({ tags: ["x"], published: iso(NOW + ms) });

  it.each<[string, (newsroom: NewsroomWorker) => Promise<unknown>]>([
    ["a draft is written", (newsroom) => newsroom.put("d", story("d", { ...at(-HOUR), draft: true }))],
    ["a draft is dated otherwise", (newsroom) => newsroom.put("n", story("n", { ...at(-MINUTE), draft: true }))],
    ["an embargo is set", (newsroom) => newsroom.put("d", story("d", at(HOUR)))],
    ["an embargo is moved", (newsroom) => newsroom.put("m", story("m", at(2 * HOUR)))],
    [
      "an embargoed story is written otherwise",
      (newsroom) => newsroom.put("m", story("m", at(3 * HOUR), "Otherwise.")),
    ],
    [
      "an embargoed story leaves the selection",
      (newsroom) => newsroom.put("m", story("m", { published: at(3 * HOUR).published })),
    ],
    [
      "an embargoed story is deleted",
      async (newsroom) => {
        const { headers } = await newsroom.api("GET", "/api/items/m");
        const response = await newsroom.api("DELETE", "/api/items/m?erase=true", {
          headers: { "if-match": headers.get("etag") ?? "" },
        });
        return response.arrayBuffer();
      },
    ],
  ])("changes neither a date, a header nor a byte of its answers: %s", async (_, edit) => {
    const newsroom = await openNewsroomWorker({ now: NOW, database, files: FILES });
    await newsroom.put("a", story("a", at(-5 * HOUR)));
    await newsroom.put("n", story("n", { ...at(-HOUR), draft: true }));
    await newsroom.put("m", story("m", at(3 * HOUR)));
    await putContract(newsroom, { include: { tags: ["x"] }, delay: "30m", hours: 24 });
    await catchUp(newsroom);
    const before = await readAll(newsroom);
    newsroom.clock.now += 1000;
    await edit(newsroom);
    expect(await readAll(newsroom)).toEqual(before);
    // Nor in another isolate, which has none of this in memory.
    const other = await openNewsroomWorker({ now: newsroom.clock.now, database, files: FILES });
    expect(await readAll(other)).toEqual(before);
  });
});

describe("a story whose embargo was moved", () => {
  it("appears when the delay after its last date ends, and not before", async () => {
    const newsroom = await openNewsroomWorker({ now: NOW, database, files: FILES });
    await putContract(newsroom, { delay: "30m" });
    await newsroom.put("m", story("m", { published: iso(NOW + 3 * HOUR) }));
    const read = async () => {
      const response = await newsroom.fetch("/partners/acme/rss.xml", { headers: AUTHORIZATION });
      return [(await response.text()).includes("Text of m."), response.headers.get("last-modified")];
    };
    await read();
    await newsroom.put("m", story("m", { published: iso(NOW + HOUR) }));
    const [, modified] = await read();
    newsroom.clock.now = NOW + 90 * MINUTE - 1;
    expect((await read())[0]).toBe(false);
    newsroom.clock.now = NOW + 90 * MINUTE;
    expect(await read()).toEqual([true, new Date(NOW + 90 * MINUTE).toUTCString()]);
    expect(modified).not.toBe(new Date(NOW + 90 * MINUTE).toUTCString());
  });
});

describe("a step of filling selections", () => {
  it("reads as many rows with many contracts of one selection as with few, and leaves nothing behind", async () => {
    const newsroom = await openNewsroomWorker({ now: NOW, database, files: FILES });
    const include = { tags: ["x"] };
    const reads: number[] = [];
    for (const count of [2, 60]) {
      for (let index = 0; index < count; index++) await putContract(newsroom, { include }, `p${index}`);
      await catchUp(newsroom);
      const counted = countRows(database);
      const other = await openNewsroomWorker({ now: NOW, database: counted.database, files: FILES });
      await catchUp(other);
      reads.push(counted.take().read);
    }
    expect(reads[1]).toBe(reads[0]);
    expect(await database.prepare("SELECT COUNT(*) AS count FROM conditions").first()).toEqual({ count: 0 });
  });
});

describe("the rows that a partner's request reads", () => {
  // The newest 99,000 of the stories are excluded: they are all but the first ones.
  const contracts = {
    all: {},
    delayed: { delay: "15m", hours: 8784 },
    excluding: { exclude: { tags: ["news"] }, delay: "15m" },
  };

  it("are at most 60 for a feed and one for a 304, with a thousand stories and with a hundred thousand", async () => {
    const rows: Record<number, Record<string, number>> = {};
    for (const count of [1000, 100_000]) {
      database = await createEmptyDatabase();
      const now = count * 1000 + HOUR;
      const writer = await openNewsroomWorker({ now, database, files: FILES });
      for (const [name, keys] of Object.entries(contracts)) await putContract(writer, keys, name);
      await catchUp(writer);
      // No selection has any of these: they are written as if the contracts had been there before.
      await insertStories(database, count);
      await writer.put("x", story("x", { published: "1970-01-01T00:00:30Z" }));
      const found: Record<string, number> = {};
      for (const name of Object.keys(contracts)) {
        const counted = countRows(database);
        const reader = await openNewsroomWorker({
          ...{ now, database: counted.database, files: FILES },
          bindings: { REVISION_SECONDS: "60" },
        });
        const read = async (path: string, headers = {}): Promise<Response> => {
          const response = await reader.fetch(`/partners/${name}${path}`, {
            headers: { ...AUTHORIZATION, ...headers },
          });
          await response.arrayBuffer();
          return response;
        };
        // What every isolate reads once: the revision and the contracts.
        await read("/none.xml");
        counted.take();
        const first = await read("/rss.xml");
        found[`${name} feed`] = counted.take().read;
        expect(first.status).toBe(200);
        const second = await read("/rss.xml", { "if-none-match": first.headers.get("etag") ?? "" });
        expect(second.status).toBe(304);
        expect([name, counted.take()]).toEqual([name, { read: 1, written: 0, statements: 1 }]);
        await read("");
        found[`${name} terms`] = counted.take().read;
      }
      rows[count] = found;
    }
    expect(rows[100_000]).toEqual(rows[1000]);
    expect(Math.max(...Object.values(rows[1000] ?? {}))).toBeLessThanOrEqual(60);
  });
});
