import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { instant, story } from "../fixtures/publication.ts";
import { createFailingDatabase, type FailureMode } from "./failing-database.ts";
import { interceptDatabase, type Query } from "./intercepted-database.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let newsroom: NewsroomWorker;
let state: { mode: FailureMode };
let log: MockInstance;

beforeEach(async () => {
  log = vi.spyOn(console, "error").mockImplementation(() => {});
  const real = await createEmptyDatabase();
  const working = await openNewsroomWorker({ now: NOW, database: real });
  await working.put("first", story("first", { tags: ["News"] }));
  const failing = createFailingDatabase(real);
  state = failing.state;
  newsroom = await openNewsroomWorker({ now: NOW, database: failing.database });
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(["throws", "hangs"] as const)("while the database %s", (mode) => {
  it("readers get what they got before, and the log says so", async () => {
    const before = await newsroom.fetch("/rss.xml");
    const text = await before.text();
    state.mode = mode;
    newsroom.clock.now += 60_000;
    const after = await newsroom.fetch("/rss.xml");
    expect(after.status).toBe(200);
    expect(await after.text()).toBe(text);
    const tag = after.headers.get("etag") ?? "";
    expect((await newsroom.fetch("/rss.xml", { headers: { "if-none-match": tag } })).status).toBe(304);
    expect(log).toHaveBeenCalled();
  });

  it("a write is answered 503 with Retry-After", async () => {
    state.mode = mode;
    const response = await newsroom.api("PUT", "/api/items/x", { body: story("x") });
    expect(response.status).toBe(503);
    expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.text()).not.toContain("D1_ERROR");
  });

  it("a read of the API is answered 503", async () => {
    state.mode = mode;
    for (const path of ["/api/items", "/api/items/x", "/api/log"])
      expect((await newsroom.api("GET", path)).status).toBe(503);
  });

  it.each<[string, (one: NewsroomWorker) => Promise<Response>]>([
    ["erased", (one) => one.api("DELETE", "/api/items/first?purge=true")],
    ["withdrawn", (one) => one.api("DELETE", "/api/items/first?reason=Libel.")],
    ["a draft again", (one) => one.put("first", story("first", { draft: true }))],
    ["scheduled for later", (one) => one.put("first", story("first", { published: "2027-01-01T00:00:00Z" }))],
    ["expired by an edit", (one) => one.put("first", story("first", { expires: "2026-02-01T00:00:00Z" }))],
  ])("a story that was %s before is not served again", async (_, remove) => {
    // So many writes in one second that Last-Modified cannot move forward.
    for (let count = 0; count < 65; count++) await newsroom.put("other", story("other", {}, `Text ${count}.`));
    for (const path of ["/articles/first", "/rss.xml", "/tags/news/atom.xml"]) await newsroom.fetch(path);
    expect((await remove(newsroom)).ok).toBe(true);
    // This isolate has read the revision since, so it knows that a story was removed, but not which one.
    await newsroom.fetch("/style.css");
    state.mode = mode;
    newsroom.clock.now += 60_000;
    for (const path of ["/articles/first", "/rss.xml", "/tags/news/atom.xml"]) {
      expect(await (await newsroom.fetch(path)).text()).not.toContain("Text of first.");
    }
  });

  it("a feed that was never served is answered 500 with Retry-After", async () => {
    state.mode = mode;
    const response = await newsroom.fetch("/rss.xml");
    expect(response.status).toBe(500);
    expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
  });

  it("everything works again afterwards", async () => {
    await newsroom.fetch("/rss.xml");
    state.mode = mode;
    newsroom.clock.now += 60_000;
    await newsroom.fetch("/rss.xml");
    state.mode = "answers";
    newsroom.clock.now += 60_000;
    expect((await newsroom.api("PUT", "/api/items/second", { body: story("second") })).status).toBe(201);
    expect(await (await newsroom.fetch("/rss.xml")).text()).toContain("second");
  });
});

describe("an error of the database that is no outage", () => {
  const intercepted = async (intercept: (query: Query) => Promise<unknown>): Promise<NewsroomWorker> =>
    openNewsroomWorker({ now: NOW, database: interceptDatabase(await createEmptyDatabase(), intercept) });

  it.each([
    "D1_ERROR: no such column: foo: SQLITE_ERROR",
    "D1_ERROR: UNIQUE constraint failed: media.object: SQLITE_CONSTRAINT",
    "D1_ERROR: UNIQUE constraint failed: editors.token_hash: SQLITE_CONSTRAINT",
    "D1_ERROR: CHECK constraint failed: only_row = 1: SQLITE_CONSTRAINT",
    "D1_ERROR: NOT NULL constraint failed: stories.item: SQLITE_CONSTRAINT",
    "D1_ERROR: FOREIGN KEY constraint failed: SQLITE_CONSTRAINT",
  ])("in a transaction is a 500 without Retry, and is logged: %s", async (message) => {
    const error = new Error(message);
    let transactions = 0;
    const failing = await intercepted(({ statements, run }) => {
      if (statements < 5) return run();
      transactions += 1;
      return Promise.reject(error);
    });
    const response = await failing.api("PUT", "/api/items/x", { body: story("x") });
    expect([response.status, transactions]).toEqual([500, 1]);
    expect(await response.text()).not.toContain("constraint");
    const logged = log.mock.calls.flat().find((value) => value instanceof Error);
    // One that lacks a table or column is logged with what to do.
    expect([logged, logged?.cause]).toContain(error);
  });

  it.each(["stories", "sources", "editors", "answers", "log", "conditions", "media"])(
    "is a 500 if the table %s is missing",
    async (table) => {
      const database = await createEmptyDatabase();
      const broken = await openNewsroomWorker({ now: NOW, database });
      await broken.put("x", story("x"));
      await database.batch([
        database.prepare("PRAGMA defer_foreign_keys = on"),
        database.prepare(`ALTER TABLE ${table} RENAME TO gone`),
      ]);
      const headers = { "idempotency-key": "k", "content-type": "text/markdown" };
      const statuses = [
        (await broken.api("PUT", "/api/items/x", { headers, body: story("x", {}, "![x](media/x.gif)") })).status,
        (await broken.api("PUT", "/api/items/x", { headers, body: story("x", {}, "Changed.") })).status,
        (await broken.api("GET", "/api/items/x")).status,
        (await broken.api("GET", "/api/log")).status,
        (await broken.api("GET", "/api/editors", { token: "x".repeat(32) })).status,
      ];
      expect(statuses).toContain(500);
      expect(statuses).not.toContain(503);
      expect(statuses).not.toContain(409);
    },
  );
});

describe("a write that is not answered in time", () => {
  /** More than a write may take; reads may take longer in the tests. */
  const WRITE_TIMEOUT_MS = 25_000;

  /**
   * Has a worker write a story, whose transaction the database answers by `transact`. Once that has resolved `asked`, the
   * time-out passes. The worker notices only after a minute what was written elsewhere.
   */
  const writeTooLate = async (transact: (query: Query, asked: () => void) => Promise<unknown>) => {
    const asked = Promise.withResolvers<void>();
    const database = interceptDatabase(newsroom.database, (query) =>
      query.statements < 5 ? query.run() : transact(query, asked.resolve),
    );
    const late = await openNewsroomWorker({ now: NOW, database, bindings: { REVISION_SECONDS: "60" } });
    await late.fetch("/rss.xml");
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const response = late.api("PUT", "/api/items/x", { body: story("x") });
    await asked.promise;
    await vi.advanceTimersByTimeAsync(WRITE_TIMEOUT_MS);
    vi.useRealTimers();
    expect((await response).status).toBe(503);
    return async () => (await late.fetch("/rss.xml")).text();
  };

  it("but was committed is served at once by the instance that wrote", async () => {
    const readFeed = await writeTooLate(async ({ run }, asked) => {
      await run();
      asked();
      return new Promise(() => {});
    });
    expect(await readFeed()).toContain("Text of x.");
  });

  it("but is committed later is served from then on", async () => {
    const commit = Promise.withResolvers<void>();
    const committed = Promise.withResolvers<void>();
    const readFeed = await writeTooLate(async ({ run }, asked) => {
      asked();
      await commit.promise;
      const answer = await run();
      setTimeout(committed.resolve, 0);
      return answer;
    });
    expect(await readFeed()).not.toContain("Text of x.");
    commit.resolve();
    await committed.promise;
    expect(await readFeed()).toContain("Text of x.");
  });

  it("and was not committed changes nothing", async () => {
    const readFeed = await writeTooLate((_, asked) => {
      asked();
      return new Promise(() => {});
    });
    expect(await readFeed()).not.toContain("Text of x.");
  });
});
