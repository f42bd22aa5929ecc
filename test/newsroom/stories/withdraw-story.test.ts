import { parseAtomFeed, parseJsonFeed, parseRssFeed } from "feedsmith";
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

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ["was published in this second", { published: "2026-03-01T12:00:00Z" }, "2026-03-01T12:00:01.000Z"],
    ["was updated a second ago", { updated: "2026-03-01T11:59:59Z" }, "2026-03-01T12:00:00.000Z"],
    ["was updated in this second", { updated: "2026-03-01T12:00:00Z" }, "2026-03-01T12:00:01.000Z"],
    [
      "was corrected in this second",
      { corrections: [{ at: "2026-03-01T12:00:00Z", note: "Mended." }] },
      "2026-03-01T12:00:01.000Z",
    ],
    ["says that it will be updated", { updated: "2026-03-02T12:00:00Z" }, "2026-03-02T12:00:01.000Z"],
  ])("that %s stands as a newer notice under its id in every format at once", async (_, keys, at) => {
    await newsroom.put("x", story("x", keys, "Old text."));
    expect((await newsroom.api("DELETE", "/api/items/x?reason=Mistaken.")).status).toBe(200);
    const time = at.replace(".000", "");
    const atom = await (await newsroom.fetch("/atom.xml")).text();
    const [entry, ...others] = parseAtomFeed(atom).entries ?? [];
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ id: "tag:courier.example,2026:x", updated: time, content: { value: "Mistaken." } });
    expect(atom).toContain(`<at:deleted-entry ref="tag:courier.example,2026:x" when="${time}">`);
    const [item] = parseRssFeed(await (await newsroom.fetch("/rss.xml")).text()).items ?? [];
    expect(item).toMatchObject({ guid: { value: "tag:courier.example,2026:x" }, description: "Mistaken." });
    expect(item?.dcterms?.modified).toEqual([time]);
    const [object] = parseJsonFeed(await (await newsroom.fetch("/feed.json")).text()).items ?? [];
    expect(object).toMatchObject({ id: "tag:courier.example,2026:x", content_text: "Mistaken.", date_modified: time });
    for (const path of ["/atom.xml", "/rss.xml", "/feed.json"]) {
      expect(await (await newsroom.fetch(path)).text()).not.toContain("Old text.");
    }
  });

  it("by its front matter is refused if it is dated after now, with place and advice", async () => {
    const late = story("x", { withdrawn: { at: "2026-03-01T12:00:01Z", reason: "Mistaken." } });
    const response = await newsroom.api("PUT", "/api/items/x", { body: late });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      errors: [{ file: "content/x.md", rule: "date", reason: expect.stringContaining("`withdrawn.at` lies ahead") }],
    });
    expect((await newsroom.put("x", late.replace("12:00:01Z", "12:00:00Z"))).status).toBe(201);
  });

  it.each([0, 1, 500, 999])(
    "at %i ms of a second is dated as its source is, which changes nothing if it is sent again",
    async (ms) => {
      await newsroom.put("x", story("x"));
      newsroom.clock.now = NOW + ms;
      const withdrawal = await newsroom.api("DELETE", "/api/items/x?reason=Wrong.");
      const tag = withdrawal.headers.get("etag");
      const stored = await newsroom.api("GET", "/api/items/x", { headers: { accept: "text/markdown" } });
      const again = await newsroom.put("x", await stored.text());
      expect(await again.json()).toMatchObject({ changes: [] });
      expect(again.headers.get("etag")).toBe(tag);
    },
  );

  it("a second time changes nothing: the first reason stays", async () => {
    await newsroom.put("x", story("x"));
    const first = await newsroom.api("DELETE", "/api/items/x?reason=First.");
    const second = await newsroom.api("DELETE", "/api/items/x?reason=Second.");
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(await (await newsroom.fetch("/rss.xml")).text()).toContain("First.");
  });
});

describe("the reason in the body of a withdrawal", () => {
  beforeEach(() => newsroom.put("x", story("x")));

  it.each<[string, string | Uint8Array, number, string]>([
    ["text/plain", "It was wrong.", 200, "It was wrong."],
    ["text/plain; charset=utf-8", "  It was wrong. ", 200, "It was wrong."],
    ["", "It was wrong.", 200, "It was wrong."],
    ["application/json", '{"reason":"It was \\"wrong\\"."}', 200, 'It was \\"wrong\\".'],
    ["application/json", '{"why":"It was wrong."}', 400, "Say why"],
    ["application/json", '{"reason":1}', 400, "Say why"],
    ["application/json", '{"reason":"a","reason":"b"}', 422, "second time"],
    ["application/json", "{", 400, "not JSON"],
    ["application/json", "", 400, "Say why"],
    ["application/x-www-form-urlencoded", "reason=It+was+wrong.", 415, "Say why"],
    ["multipart/form-data; boundary=x", "--x--", 415, "Say why"],
    ["text/plain", Uint8Array.of(0x63, 0xe9), 400, "not UTF-8"],
  ])("as %s: %j is answered %i", async (type, body, status, expected) => {
    const response = await newsroom.api("DELETE", "/api/items/x", { headers: { "content-type": type }, body });
    expect(response.status).toBe(status);
    const text = status === 200 ? await (await newsroom.fetch("/feed.json")).text() : await response.text();
    expect(text).toContain(expected);
  });
});
