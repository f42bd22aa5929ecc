import { beforeEach, describe, expect, it } from "vitest";
import { compilePublication } from "../../../src/content/publication.ts";
import { instant, site, story } from "../../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "../newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let newsroom: NewsroomWorker;
beforeEach(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
});

const keys = "id: tag:courier.example,2026:x\ntitle: X\npublished: 2026-01-01T00:00:00Z\n";

describe("withdrawing a story", () => {
  it.each([
    ["line endings of Windows", `---\n${keys}---\n\nText.\n`.replaceAll("\n", "\r\n")],
    ["line endings of an old Macintosh", `---\n${keys}---\n\nText.\n`.replaceAll("\n", "\r")],
    ["a byte order mark", `\uFEFF---\n${keys}---\n\nText.\n`],
    ["a line separator in its title", `---\n${keys.replace("title: X", "title: 'X\u2028---\u2028Y'")}---\n\nText.\n`],
    ["a rule of dashes in its text", `---\n${keys}---\n\nText.\n\n---\n\nMore.\n`],
    [
      "front matter in braces",
      `---\n{ id: "tag:courier.example,2026:x", title: X, published: "2026-01-01T00:00:00Z" }\n---\n\nText.\n`,
    ],
    ["indented front matter", `---\n${keys.replace(/^/gm, "  ").trimEnd()}\n---\n\nText.\n`],
  ])("succeeds with %s, and the stored source compiles to the same story", async (_, source) => {
    await newsroom.put("x", source);
    const response = await newsroom.api("DELETE", "/api/items/x?reason=It%20was%20%22wrong%22.");
    expect(response.status).toBe(200);
    expect((await newsroom.fetch("/articles/x")).status).toBe(410);
    expect(await (await newsroom.fetch("/rss.xml")).text()).toContain('It was "wrong".');
    const stored = await (await newsroom.api("GET", "/api/items/x", { headers: { accept: "text/markdown" } })).bytes();
    const { publication } = await compilePublication(
      new Map([
        ["site.yaml", new TextEncoder().encode(site())],
        ["x.md", stored],
      ]),
    );
    expect(publication?.items[0]?.withdrawn).toEqual({ at: NOW, reason: 'It was "wrong".' });
    expect(publication?.items[0]?.html).toContain("Text.");
  });

  it("succeeds although a story that it links to was erased", async () => {
    await newsroom.put("b", story("b"));
    await newsroom.put("a", story("a", {}, "[b](b.md)"));
    await newsroom.api("DELETE", "/api/items/b?purge=true");
    expect((await newsroom.api("DELETE", "/api/items/a?reason=x")).status).toBe(200);
    expect((await newsroom.fetch("/articles/a")).status).toBe(410);
  });

  it("a second time changes nothing: the first reason stays", async () => {
    await newsroom.put("x", story("x"));
    const first = await newsroom.api("DELETE", "/api/items/x?reason=First.");
    const second = await newsroom.api("DELETE", "/api/items/x?reason=Second.");
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await (await newsroom.fetch("/rss.xml")).text()).toContain("First.");
  });
});
