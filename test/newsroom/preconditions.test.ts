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

it.each([undefined, "", "false", "1"])("without REQUIRE_IF_MATCH, or with %j, a write takes none", async (value) => {
  const newsroom = await openNewsroomWorker({
    ...{ now: NOW, database: await createEmptyDatabase() },
    bindings: value === undefined ? {} : { REQUIRE_IF_MATCH: value },
  });
  await newsroom.put("x", story("x"));
  expect((await newsroom.api("PUT", "/api/items/x", { body: story("x", {}, "b") })).status).toBe(200);
});

describe("a write with a list of entity tags that is empty (RFC 9110 §13.1.1, §13.1.2)", () => {
  it.each(["", " ", ",", " , ,"])("%j", async (list) => {
    const newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
    const put = (name: string, path: string, header: string) =>
      newsroom.api("PUT", path, {
        headers: { [header]: list, "content-type": "text/markdown" },
        body: story(name, {}, "Changed."),
      });
    await newsroom.put("x", story("x"));
    // No version is in an empty list.
    expect((await put("x", "/api/items/x", "if-match")).status).toBe(412);
    expect((await put("new", "/api/items/new", "if-match")).status).toBe(412);
    const headers = { "if-match": list };
    expect((await newsroom.api("DELETE", "/api/items/x?reason=x", { headers })).status).toBe(412);
    expect((await newsroom.api("DELETE", "/api/items/x?purge=true", { headers })).status).toBe(412);
    expect(await (await newsroom.fetch("/rss.xml")).text()).toContain("Text of x.");
    // So none is excluded either.
    expect((await put("x", "/api/items/x", "if-none-match")).status).toBe(200);
    expect((await put("new", "/api/items/new", "if-none-match")).status).toBe(201);
  });
});
