import { describe, expect, it } from "vitest";
import { instant, story } from "../fixtures/publication.ts";
import { createEmptyDatabase, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

describe("with REQUIRE_IF_MATCH", () => {
  it("a write over a story without If-Match is refused (428)", async () => {
    const newsroom = await openNewsroomWorker({
      now: NOW,
      database: await createEmptyDatabase(),
      bindings: { REQUIRE_IF_MATCH: "true" },
    });
    const tag = (await newsroom.put("x", story("x"))).headers.get("etag") ?? "";
    expect((await newsroom.api("PUT", "/api/items/x", { body: story("x", {}, "b") })).status).toBe(428);
    expect((await newsroom.api("DELETE", "/api/items/x?reason=x")).status).toBe(428);
    expect((await newsroom.api("DELETE", "/api/items/x?purge=true")).status).toBe(428);
    const headers = { "if-match": `W/${tag}`, "content-type": "text/markdown" };
    expect((await newsroom.api("PUT", "/api/items/x", { headers, body: story("x", {}, "b") })).status).toBe(200);
  });
});
