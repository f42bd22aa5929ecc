import { beforeEach, describe, expect, it } from "vitest";
import { instant, story } from "../../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "../newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let newsroom: NewsroomWorker;
beforeEach(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
});

describe("a write that is sent again with the same Idempotency-Key", () => {
  const headers = { "idempotency-key": "k1", "content-type": "text/markdown" };

  it("gets the same response and is done once", async () => {
    const body = story("x");
    const first = await newsroom.api("PUT", "/api/items/x", { headers, body });
    const again = await newsroom.api("PUT", "/api/items/x", { headers, body });
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.headers.get("idempotent-replayed")).toBe("true");
    expect(again.headers.get("etag")).toBe(first.headers.get("etag"));
    expect(await again.text()).toBe(await first.text());
    const { entries }: { entries: readonly unknown[] } = await (await newsroom.api("GET", "/api/log")).json();
    expect(entries).toHaveLength(1);
  });

  it("is done once if it is sent several times at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => newsroom.api("PUT", "/api/items/x", { headers, body: story("x") })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    const { entries }: { entries: readonly unknown[] } = await (await newsroom.api("GET", "/api/log")).json();
    expect(entries).toHaveLength(1);
  });

  it("is refused (422) if the request is another one", async () => {
    await newsroom.api("PUT", "/api/items/x", { headers, body: story("x") });
    const other = await newsroom.api("PUT", "/api/items/x", { headers, body: story("x", {}, "Other.") });
    expect(other.status).toBe(422);
  });

  it("gets its response even if the story would be refused by now", async () => {
    await newsroom.put("b", story("b"));
    const body = story("x", {}, "[b](b.md)");
    expect((await newsroom.api("PUT", "/api/items/x", { headers, body })).status).toBe(201);
    await newsroom.api("DELETE", "/api/items/b?purge=true");
    expect((await newsroom.api("PUT", "/api/items/x", { headers, body })).status).toBe(201);
  });

  it("does not undo another editor's write in between, even if it had changed nothing itself", async () => {
    await newsroom.put("x", story("x"));
    expect((await newsroom.api("PUT", "/api/items/x", { headers, body: story("x") })).status).toBe(200);
    await newsroom.put("x", story("x", {}, "A colleague's."));
    expect((await newsroom.api("PUT", "/api/items/x", { headers, body: story("x") })).status).toBe(200);
    expect(await (await newsroom.fetch("/rss.xml")).text()).toContain("A colleague's.");
  });

  it("withdraws a story once", async () => {
    await newsroom.put("x", story("x"));
    const answers = [];
    for (let count = 0; count < 2; count++) {
      const response = await newsroom.api("DELETE", "/api/items/x?reason=Wrong.", {
        headers: { "idempotency-key": "k2" },
      });
      answers.push([response.status, response.headers.get("etag"), await response.text()]);
    }
    expect(answers[0]).toEqual(answers[1]);
  });
});
