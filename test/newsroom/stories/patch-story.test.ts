import { beforeEach, describe, expect, it } from "vitest";
import { instant, story } from "../../fixtures/publication.ts";
import { interceptDatabase } from "../intercepted-database.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "../newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

let newsroom: NewsroomWorker;
beforeEach(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
});

type Json = Readonly<Record<string, unknown>>;

const MERGE_PATCH = "application/merge-patch+json";

const patch = (slug: string, body: unknown, headers: Readonly<Record<string, string>> = {}, token?: string) =>
  newsroom.api("PATCH", `/api/items/${slug}`, {
    headers: { "content-type": MERGE_PATCH, ...headers },
    body: JSON.stringify(body),
    ...(token !== undefined && { token }),
  });

const sourceOf = async (slug: string): Promise<string> =>
  (await (await newsroom.api("GET", `/api/items/${slug}`)).json<{ source: string }>()).source;

const SOURCE = [
  ...["---", "# Ours.", "id: tag:x,2026:a", "title: One # kept", "published: 2026-01-01T00:00:00Z"],
  ...["tags:", "  - one", "  - two", "summary: >", "  Long", "  words.", "---", "", "Text with *words*.", ""],
].join("\n");

describe("PATCH /api/items/{slug}", () => {
  beforeEach(() => newsroom.put("a", SOURCE));

  it.each<[string, Json, string]>([
    ["changes a key in its line", { title: "Two" }, SOURCE.replace("title: One", 'title: "Two"')],
    ["deletes keys", { tags: null, summary: null }, SOURCE.replace(/tags:[\s\S]*words\.\n---/, "---")],
    ["adds a key", { language: "de" }, SOURCE.replace("---\n\nText", '"language": "de"\n---\n\nText')],
    ["replaces a list", { tags: ["x"] }, SOURCE.replace(/tags:[\s\S]*two/, '"tags": ["x"]')],
    ["replaces the text", { text: "New." }, SOURCE.replace("Text with *words*.", "New.")],
    ["changes nothing by what is not there", { section: null, text: undefined }, SOURCE],
    ["ignores a null for HTML that is not there", { html: null }, SOURCE],
    [
      "takes `now`",
      { updated: "now" },
      SOURCE.replace("---\n\nText", '"updated": "2026-03-01T12:00:00Z"\n---\n\nText'),
    ],
    [
      "puts HTML in place of Markdown",
      { html: "<p>New</p>\n\n<p>Two</p>" },
      SOURCE.replace("Text with *words*.", "<body>\n<p>New</p>\n&#10;<p>Two</p>"),
    ],
  ])("%s, and leaves the rest as it is", async (_, body, expected) => {
    const response = await patch("a", body);
    expect([response.status, await sourceOf("a")]).toEqual([200, expected]);
  });

  it("merges objects (RFC 7396)", async () => {
    await newsroom.put("b", story("b", { source: { title: "T", url: "https://x.example/" } }));
    expect((await patch("b", { source: { url: null, author: "A" } })).status).toBe(200);
    expect(await sourceOf("b")).toContain('{"title":"T","author":"A"}');
  });

  it("writes front matter in braces anew", async () => {
    await newsroom.put("b", "---\n{ id: 'tag:x,2026:b', title: B, published: 2026-01-01T00:00:00Z }\n---\n\nText.\n");
    expect((await patch("b", { title: null, tags: ["x"] })).status).toBe(200);
    expect(await sourceOf("b")).toBe(
      '---\n"id": "tag:x,2026:b"\n"published": "2026-01-01T00:00:00Z"\n"tags": ["x"]\n---\n\nText.\n',
    );
  });

  it.each<[string, string, unknown, number, RegExp]>([
    ["a story that is not there", "none", { title: "X" }, 404, /no such story/],
    ["an id", "a", { id: "tag:x,2026:other" }, 422, /"\/id".*for ever/],
    ["no text", "a", { text: null }, 422, /"\/text".*no text/],
    ["an entry of a list", "a", { tags: ["x", 1] }, 422, /"\/tags\/1"/],
    ["an entry that was there before", "a", { published: "2027-01-01" }, 422, /"\/published"/],
    ["an unknown key", "a", { tgas: [] }, 422, /"\/tgas".*Known keys|"\/tgas".*Did you mean/],
    ["text and HTML", "a", { text: "a", html: "b" }, 422, /two forms/],
    ["a slug without the former as an alias", "a", { slug: "b" }, 409, /aliases/],
    ["a slug that ends in .md", "a", { slug: "b.md", aliases: ["a"] }, 422, /\.md/],
    ["a list", "a", [], 400, /object/],
  ])("refuses %s", async (_, slug, body, status, expected) => {
    const response = await patch(slug, body);
    expect({ status: response.status, text: await response.text() }).toEqual({
      status,
      text: expect.stringMatching(expected),
    });
    expect(await sourceOf("a")).toBe(SOURCE);
  });

  it("names lines and columns in the text that is stored", async () => {
    await newsroom.put("b", story("b", {}, "One.\n\nTwo [a](a.md)."));
    expect((await newsroom.api("DELETE", "/api/items/a?purge=true")).status).toBe(204);
    const { errors } = await (await patch("b", { title: "New" })).json<{ errors: readonly Json[] }>();
    expect(errors).toEqual([expect.objectContaining({ pointer: "/text", line: 3 })]);
  });

  it("names lines and columns in HTML that is stored, as it was sent", async () => {
    const html = '<p>One</p>\n\n<p>Two <a href="a.md">a</a></p>';
    const body = JSON.stringify({ id: "tag:x,2026:b", published: "now", html });
    await newsroom.api("PUT", "/api/items/b", { headers: { "content-type": "application/json" }, body });
    expect((await newsroom.api("DELETE", "/api/items/a?purge=true")).status).toBe(204);
    const { errors } = await (await patch("b", { title: "New" })).json<{ errors: readonly Json[] }>();
    expect(errors).toEqual([expect.objectContaining({ pointer: "/html", line: 3, column: 8 })]);
  });

  it("says which types it takes", async () => {
    const response = await patch("a", {}, { "content-type": "application/json-patch+json" });
    expect([response.status, response.headers.get("accept-patch")]).toEqual([415, `${MERGE_PATCH}, application/json`]);
    expect((await patch("a", { title: "J" }, { "content-type": "application/json" })).status).toBe(200);
  });

  it("refuses a body over the limit", async () => {
    expect((await patch("a", { text: "x".repeat(1_048_576) })).status).toBe(413);
  });

  it("renames a story that keeps its slug as an alias", async () => {
    expect((await patch("a", { slug: "b", aliases: ["a"] })).status).toBe(200);
    expect((await newsroom.fetch("/articles/b")).status).toBe(200);
    expect((await newsroom.fetch("/articles/a")).status).toBe(301);
  });

  it("changes the version that If-Match names only", async () => {
    const etag = (await newsroom.api("GET", "/api/items/a")).headers.get("etag") ?? "";
    const changed = await patch("a", { title: "Two" }, { "if-match": etag });
    expect([changed.status, changed.headers.get("etag") === etag]).toEqual([200, false]);
    expect((await patch("a", { title: "Three" }, { "if-match": etag })).status).toBe(412);
    const strict = await openNewsroomWorker({
      ...{ now: NOW, database: newsroom.database },
      bindings: { REQUIRE_IF_MATCH: "true" },
    });
    const body = { headers: { "content-type": MERGE_PATCH }, body: "{}" };
    expect((await strict.api("PATCH", "/api/items/a", body)).status).toBe(428);
  });

  it("takes the role that what it does to readers takes", async () => {
    const added = await newsroom.api("PUT", "/api/editors/ann", { body: '{"role":"publish"}' });
    const { token } = await added.json<{ token: string }>();
    expect((await patch("a", { title: "Two" }, {}, token)).status).toBe(200);
    expect((await patch("a", { draft: true }, {}, token)).status).toBe(403);
    expect((await patch("a", { withdrawn: { at: "2026-03-01T12:00:00Z", reason: "Wrong." } })).status).toBe(200);
    expect((await patch("a", { withdrawn: null }, {}, token)).status).toBe(403);
    expect((await patch("a", { withdrawn: null })).status).toBe(200);
  });

  it("is done once with an Idempotency-Key", async () => {
    const headers = { "idempotency-key": "k" };
    const first = await patch("a", { updated: "now" }, headers);
    newsroom.clock.now += 60_000;
    const second = await patch("a", { updated: "now" }, headers);
    expect([second.status, await second.json()]).toEqual([200, await first.json()]);
  });

  it("is applied to what somebody else wrote meanwhile", async () => {
    let isFirst = true;
    const database = interceptDatabase(newsroom.database, async ({ statements, run }) => {
      if (isFirst && statements > 1) {
        isFirst = false;
        await newsroom.put("a", SOURCE.replace("Text", "Other text"));
      }
      return run();
    });
    const other = await openNewsroomWorker({ now: NOW, database });
    const response = await other.api("PATCH", "/api/items/a", {
      headers: { "content-type": MERGE_PATCH },
      body: '{"title":"Two"}',
    });
    expect([response.status, isFirst]).toEqual([200, false]);
    expect(await sourceOf("a")).toBe(SOURCE.replace("title: One", 'title: "Two"').replace("Text", "Other text"));
  });
});
