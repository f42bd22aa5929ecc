import { beforeEach, describe, expect, it } from "vitest";
import { GIF, instant, story } from "../../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "../newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let newsroom: NewsroomWorker;
beforeEach(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
});

describe("erasing a story", () => {
  it("leaves nothing but its id in the database", async () => {
    await newsroom.api("PUT", "/api/media/matter.gif", { body: GIF });
    const headers = { "idempotency-key": "k", "content-type": "text/markdown" };
    await newsroom.api("PUT", "/api/items/delicate", {
      headers,
      body: story("delicate", { title: "A delicate matter", aliases: ["matter"] }, "![x](media/matter.gif)"),
    });
    const renamed = { id: "tag:courier.example,2026:delicate", slug: "x", aliases: ["delicate"] };
    await newsroom.put("x", story("x", renamed, "![x](media/matter.gif)"));
    expect((await newsroom.api("DELETE", "/api/items/x?purge=true")).status).toBe(204);
    const { results: tables } = await newsroom.database
      .prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*'",
      )
      .all<{ name: string }>();
    for (const { name } of tables) {
      const { results } = await newsroom.database.prepare(`SELECT * FROM "${name}"`).all();
      const left = JSON.stringify(results).replaceAll("tag:courier.example,2026:delicate", "");
      expect({ name, left }).toEqual({ name, left: expect.not.stringMatching(/delicate|matter/) });
    }
  });
});

describe("the audit log, after a story is erased", () => {
  it("is the same for everything else, even for an editor of the same name", async () => {
    await newsroom.api("PUT", "/api/editors/ann", { body: '{"role":"write"}' });
    await newsroom.put("ann", story("ann"));
    await newsroom.api("DELETE", "/api/items/ann?purge=true");
    const { entries }: { entries: readonly { subject: string }[] } = await (
      await newsroom.api("GET", "/api/log")
    ).json();
    const id = "tag:courier.example,2026:ann";
    expect(entries.map(({ subject }) => subject)).toEqual([id, id, "ann"]);
  });
});

describe("the response to a write of a story that is erased", () => {
  it("is not stored any longer, since the title is in it", async () => {
    await newsroom.api("PUT", "/api/items/x", { body: story("x"), headers: { "idempotency-key": "one" } });
    await newsroom.api("PUT", "/api/items/y", { body: story("y"), headers: { "idempotency-key": "two" } });
    await newsroom.api("DELETE", "/api/items/x?purge=true");
    const { results } = await newsroom.database.prepare("SELECT key FROM answers").all();
    expect(results).toEqual([{ key: "two" }]);
  });
});

describe("the media files of a story that is erased", () => {
  it("are deleted unless another story uses them", async () => {
    for (const name of ["own", "shared"]) await newsroom.api("PUT", `/api/media/${name}.gif`, { body: GIF });
    const pictures = "![own](media/own.gif) ![shared](media/shared.gif)";
    await newsroom.put("x", story("x", {}, pictures));
    await newsroom.put("y", story("y", { image: { src: "media/shared.gif", alt: "" } }));
    await newsroom.api("DELETE", "/api/items/x?purge=true");
    expect((await newsroom.api("GET", "/api/media/own.gif")).status).toBe(404);
    expect((await newsroom.api("GET", "/api/media/shared.gif")).status).toBe(200);
    expect((await newsroom.fetch("/media/shared.gif")).status).toBe(200);
  });
});
