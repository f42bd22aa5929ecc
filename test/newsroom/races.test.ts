import { beforeEach, describe, expect, it } from "vitest";
import { instant, story } from "../fixtures/publication.ts";
import { interceptDatabase } from "./intercepted-database.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let newsroom: NewsroomWorker;
beforeEach(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
});

const TIMES = 100;

/** The database, in which `before` is done just before the next transaction. */
const interrupted = (database: D1Database, before: () => Promise<unknown>): D1Database => {
  let isDone = false;
  return new Proxy(database, {
    get(target, key) {
      if (key === "batch") {
        const batch: D1Database["batch"] = async (statements) => {
          if (!isDone) {
            isDone = true;
            await before();
          }
          return target.batch(statements);
        };
        return batch;
      }
      const value: unknown = Reflect.get(target, key);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
};

it("a story that was written and erased while a write of it was under way does not come back", async () => {
  const database = interrupted(newsroom.database, async () => {
    await newsroom.put("x", story("x"));
    expect((await newsroom.api("DELETE", "/api/items/x?purge=true")).status).toBe(204);
  });
  const late = await openNewsroomWorker({ now: NOW, database });
  const answer = await late.api("PUT", "/api/items/x", { body: story("x", {}, "It is back.") });
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect((await newsroom.api("GET", "/api/items/x")).status).toBe(404);
  expect((await newsroom.fetch("/articles/x")).status).toBe(404);
});

describe("two editors at the same time", () => {
  it("who send the same If-Match: exactly one write succeeds, every time", async () => {
    const other = await openNewsroomWorker({ now: NOW, database: newsroom.database });
    let tag = (await newsroom.put("x", story("x"))).headers.get("etag") ?? "";
    for (let count = 0; count < TIMES; count++) {
      const headers = { "if-match": tag, "content-type": "text/markdown" };
      const answers = await Promise.all(
        [newsroom, other].map(({ api }, index) =>
          api("PUT", "/api/items/x", { headers, body: story("x", {}, `Text ${count} of ${index}.`) }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
      const winner = answers.findIndex(({ status }) => status === 200);
      tag = answers[winner]?.headers.get("etag") ?? "";
      if (count % 10 === 0) {
        const stored = await newsroom.api("GET", "/api/items/x", { headers: { accept: "text/markdown" } });
        expect(await stored.text()).toContain(`Text ${count} of ${winner}.`);
      }
      for (const one of answers) await one.body?.cancel();
    }
  });

  it("who send the same new story: exactly one creates it", async () => {
    for (let count = 0; count < 50; count++) {
      const headers = { "if-none-match": "*", "content-type": "text/markdown" };
      const answers = await Promise.all(
        ["a", "b"].map((text) =>
          newsroom.api("PUT", `/api/items/s${count}`, { headers, body: story(`s${count}`, {}, text) }),
        ),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 412]);
    }
  });

  it("of whom one withdraws a story and the other writes it: what is stored is withdrawn and loses nothing of the write", async () => {
    for (let count = 0; count < 20; count++) {
      await newsroom.put(`w${count}`, story(`w${count}`, {}, "Old."));
      const [put, withdrawal] = await Promise.all([
        newsroom.api("PUT", `/api/items/w${count}`, { body: story(`w${count}`, {}, "New.") }),
        newsroom.api("DELETE", `/api/items/w${count}?reason=Wrong.`),
      ]);
      const source = await (
        await newsroom.api("GET", `/api/items/w${count}`, { headers: { accept: "text/markdown" } })
      ).text();
      expect(withdrawal.status).toBe(200);
      const versions = [put, withdrawal].map(({ headers }) => Number(headers.get("etag")?.replaceAll('"', "")));
      const [putVersion = 0, withdrawalVersion = 0] = versions;
      // A PUT that came later brings the story back, since the owner sent it; otherwise it is withdrawn.
      expect(source.includes("withdrawn:")).toBe(!put.ok || putVersion < withdrawalVersion);
      expect(source).toContain(put.ok ? "New." : "Old.");
    }
  });

  it.each([
    ["write", story("x", { draft: true }, "Changed.")],
    ["publish", story("x", { draft: true }, "Changed.")],
    ["publish", story("x", { expires: "2026-02-01T00:00:00Z" })],
    ["publish", story("x", { published: "2027-01-01T00:00:00Z" })],
  ])(
    "of whom one, with the role `%s`, takes away what the other publishes just before: refused",
    async (role, body) => {
      const response = await newsroom.api("PUT", "/api/editors/ann", { body: JSON.stringify({ role }) });
      const { token }: { token: string } = await response.json();
      await newsroom.put("x", story("x", { draft: true }));
      let transactions = 0;
      const database = interceptDatabase(newsroom.database, async ({ statements, run }) => {
        // All checks are done, and a transaction follows.
        if (statements > 5 && transactions++ === 0) await newsroom.put("x", story("x"));
        return run();
      });
      const other = await openNewsroomWorker({ now: NOW, database });
      expect((await other.api("PUT", "/api/items/x", { token, body })).status).toBe(403);
      expect(transactions).toBe(1);
      expect(await (await newsroom.fetch("/articles/x")).text()).toContain("Text of x.");
    },
  );

  it("cannot use the same name as a slug and as an alias", async () => {
    for (let count = 0; count < 20; count++) {
      const answers = await Promise.all([
        newsroom.api("PUT", `/api/items/a${count}`, { body: story(`a${count}`, { aliases: [`b${count}`] }) }),
        newsroom.api("PUT", `/api/items/b${count}`, { body: story(`b${count}`) }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    }
  });

  it("who send no preconditions: every write is in the log", async () => {
    await Promise.all(["a", "b", "c"].map((text) => newsroom.put("x", story("x", {}, `Text ${text}.`))));
    const { entries }: { entries: readonly unknown[] } = await (await newsroom.api("GET", "/api/log")).json();
    expect(entries).toHaveLength(3);
  });
});
