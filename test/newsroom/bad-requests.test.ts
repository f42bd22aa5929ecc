import { beforeAll, describe, expect, it, vi } from "vitest";
import { instant, story } from "../fixtures/publication.ts";
import { createEmptyDatabase, type NewsroomWorker, OWNER, openNewsroomWorker } from "./newsroom-worker.ts";

const NOW = instant("2026-03-01T12:00:00Z");

interface BadRequest {
  readonly name: string;
  readonly method?: string;
  readonly path?: string;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  /** What the body of the response must match. */
  readonly response: RegExp;
}

const MARKDOWN = { "content-type": "text/markdown" };
const JSON_TYPE = { "content-type": "application/json" };

const source = (lines: string, text = "Text."): string => `---\n${lines}---\n\n${text}\n`;
const validKeys = "id: tag:courier.example,2026:new\ntitle: New\npublished: 2026-01-01T00:00:00Z\n";

const badRequests: readonly BadRequest[] = [
  // Authentication.
  { name: "no token", headers: { authorization: "" }, status: 401, response: /bearer token/ },
  { name: "another scheme", headers: { authorization: "Basic b3duZXI6eA==" }, status: 401, response: /bearer token/ },
  { name: "a wrong token", headers: { authorization: "Bearer wrong" }, status: 401, response: /Nobody has this token/ },
  {
    name: "a token with more behind it",
    headers: { authorization: `Bearer ${OWNER}x` },
    status: 401,
    response: /Nobody/,
  },
  {
    name: "a token cut short",
    headers: { authorization: `Bearer ${OWNER.slice(0, -1)}` },
    status: 401,
    response: /Nobody/,
  },
  {
    name: "two tokens",
    headers: { authorization: `Bearer ${OWNER}, Bearer x` },
    status: 401,
    response: /bearer token/,
  },
  {
    name: "a token with a blank in it",
    headers: { authorization: "Bearer a b" },
    status: 401,
    response: /bearer token/,
  },
  // The body.
  { name: "no Content-Type", headers: { "content-type": "" }, status: 415, response: /text\/markdown/ },
  {
    name: "an unknown Content-Type",
    headers: { "content-type": "text/html" },
    status: 415,
    response: /text\/markdown/,
  },
  {
    name: "a form",
    headers: { "content-type": "multipart/form-data; boundary=x" },
    status: 415,
    response: /application\/json/,
  },
  {
    name: "a compressed body",
    headers: { ...MARKDOWN, "content-encoding": "gzip" },
    status: 415,
    response: /content-coding/,
  },
  { name: "an empty body", body: "", status: 422, response: /no front matter/ },
  { name: "a story over 1 MiB", body: source(validKeys, "x".repeat(1_048_576)), status: 413, response: /1 MiB/ },
  { name: "not UTF-8", body: Uint8Array.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff]), status: 422, response: /not UTF-8/ },
  { name: "no JSON", headers: JSON_TYPE, body: "{", status: 400, response: /not JSON/ },
  {
    name: "JSON that is not UTF-8",
    headers: JSON_TYPE,
    body: Uint8Array.from([0x22, 0xff, 0x22]),
    status: 400,
    response: /UTF-8/,
  },
  { name: "a JSON list", headers: JSON_TYPE, body: "[]", status: 400, response: /Send an object/ },
  { name: "JSON null", headers: JSON_TYPE, body: "null", status: 400, response: /Send an object/ },
  {
    name: "JSON with a number for the text",
    headers: JSON_TYPE,
    body: '{"text":1}',
    status: 422,
    response: /must be a string/,
  },
  {
    name: "JSON with an unknown key",
    headers: JSON_TYPE,
    body: '{"pubilshed":"x"}',
    status: 422,
    response: /Did you mean `published`/,
  },
  // The compiler's messages.
  { name: "no front matter", body: "Text.", status: 422, response: /"line":1,"column":1/ },
  { name: "an unknown key", body: source(`${validKeys}tgas: [a]\n`), status: 422, response: /Did you mean `tags`/ },
  {
    name: "no id",
    body: source("title: New\npublished: 2026-01-01T00:00:00Z\n"),
    status: 422,
    response: /`id` is missing/,
  },
  {
    name: "a date without a zone",
    body: source(validKeys.replace("Z\n", "\n")),
    status: 422,
    response: /no time zone/,
  },
  {
    name: "an update before the publication",
    body: source(`${validKeys}updated: 2025-01-01T00:00:00Z\n`),
    status: 422,
    response: /before/,
  },
  {
    name: "an unknown author",
    body: source(`${validKeys}authors: [nobody]\n`),
    status: 422,
    response: /no author of site.yaml/,
  },
  {
    name: "an unknown section",
    body: source(`${validKeys}section: nowhere\n`),
    status: 422,
    response: /no section of site.yaml/,
  },
  {
    name: "a picture that does not exist",
    body: source(validKeys, "![x](media/x.png)"),
    status: 422,
    response: /no file/,
  },
  {
    name: "a picture without alt",
    body: source(validKeys, '<img src="https://example.org/x.png">'),
    status: 422,
    response: /alt/,
  },
  {
    name: "a link to a story that does not exist",
    body: source(validKeys, "[x](other.md)"),
    status: 422,
    response: /There is no story/,
  },
  {
    name: "a javascript: link",
    body: source(validKeys, "[x](javascript:alert(1))"),
    status: 422,
    response: /can't be used/,
  },
  { name: "a control character", body: source(validKeys, "a\u0001b"), status: 422, response: /can't stand in a feed/ },
  { name: "no text", body: source(validKeys, ""), status: 422, response: /no text/ },
  { name: "a YAML bomb", body: source(`a: &a [x, x]\nb: [*a, *a]\n${validKeys}`), status: 422, response: /quotes/ },
  // Names.
  {
    name: "another slug than the address",
    body: source(`${validKeys}slug: elsewhere\n`),
    status: 409,
    response: /api\/items\/elsewhere/,
  },
  {
    name: "the id of another story",
    body: source(validKeys.replace(":new", ":taken")),
    status: 409,
    response: /id is that of `taken`/,
  },
  {
    name: "the slug of another story",
    path: "/api/items/taken",
    body: source(validKeys),
    status: 409,
    response: /slug/,
  },
  {
    name: "the alias of another story for a slug",
    path: "/api/items/once-taken",
    body: source(validKeys),
    status: 409,
    response: /alias of another/,
  },
  {
    name: "the slug of another story for an alias",
    body: source(`${validKeys}aliases: [taken]\n`),
    status: 409,
    response: /slug of another/,
  },
  {
    name: "the alias of another story",
    body: source(`${validKeys}aliases: [once-taken]\n`),
    status: 409,
    response: /belongs to another/,
  },
  {
    name: "a slug that can't stand in a URL",
    path: "/api/items/a%20b",
    body: source(validKeys),
    status: 422,
    response: /can't stand in a URL/,
  },
  {
    name: "an address that is not UTF-8",
    path: "/api/items/%ff",
    body: source(validKeys),
    status: 400,
    response: /percent-encoded/,
  },
  {
    name: "the file of another story",
    path: "/api/items/new?path=taken.md",
    body: source(`${validKeys}slug: new
`),
    status: 409,
    response: /file of another/,
  },
  {
    name: "its own slug for an alias",
    body: source(`${validKeys}aliases: [new]\n`),
    status: 409,
    response: /among its aliases/,
  },
  {
    name: "a path that leaves content/",
    path: "/api/items/new?path=../new.md",
    body: source(validKeys),
    status: 400,
    response: /world\/embassy/,
  },
  {
    name: "a path that does not end in .md",
    path: "/api/items/new?path=new.txt",
    body: source(validKeys),
    status: 400,
    response: /world\/embassy/,
  },
  {
    name: "a malformed `linked`",
    path: "/api/items/new?linked=x",
    body: source(validKeys),
    status: 400,
    response: /linked/,
  },
  {
    name: "more aliases than a hundred",
    body: source(`${validKeys}aliases: [${Array.from({ length: 101 }, (_, i) => `a${i}`).join(", ")}]\n`),
    status: 422,
    response: /100 entries at most/,
  },
  {
    name: "more HTML than a row holds",
    body: source(validKeys, `${'"'.repeat(9000)}\n\n`.repeat(110)),
    status: 413,
    response: /1\.9 MB/,
  },
  // Preconditions and Idempotency-Key.
  {
    name: "If-Match without a stored story",
    headers: { ...MARKDOWN, "if-match": '"1"' },
    body: source(validKeys),
    status: 412,
    response: /nothing here/,
  },
  {
    name: "If-Match * without a stored story",
    headers: { ...MARKDOWN, "if-match": "*" },
    body: source(validKeys),
    status: 412,
    response: /nothing here/,
  },
  {
    name: "If-Match with an old tag",
    path: "/api/items/taken",
    headers: { ...MARKDOWN, "if-match": '"0"' },
    body: story("taken", { aliases: ["once-taken"] }, "Changed."),
    status: 412,
    response: /changed it/,
  },
  {
    name: "If-None-Match * over a stored story",
    path: "/api/items/taken",
    headers: { ...MARKDOWN, "if-none-match": "*" },
    body: story("taken", { aliases: ["once-taken"] }, "Changed."),
    status: 412,
    response: /already/,
  },
  {
    name: "an empty Idempotency-Key",
    headers: { ...MARKDOWN, "idempotency-key": " " },
    body: source(validKeys),
    status: 400,
    response: /1 to 255/,
  },
  {
    name: "a long Idempotency-Key",
    headers: { ...MARKDOWN, "idempotency-key": "k".repeat(256) },
    body: source(validKeys),
    status: 400,
    response: /255/,
  },
  // Other methods and addresses.
  {
    name: "withdrawing without a reason",
    method: "DELETE",
    path: "/api/items/taken",
    status: 400,
    response: /Say why/,
  },
  {
    name: "withdrawing a story that does not exist",
    method: "DELETE",
    path: "/api/items/none?reason=x",
    status: 404,
    response: /no such story/,
  },
  {
    name: "a reason with a control character",
    method: "DELETE",
    path: "/api/items/taken?reason=Wrong%01.",
    status: 400,
    response: /control character U\+0001/,
  },
  {
    name: "a reason without a visible character",
    method: "DELETE",
    path: "/api/items/taken?reason=%E2%80%8B",
    status: 400,
    response: /Say why/,
  },
  {
    name: "a reason with the reserved origin",
    method: "DELETE",
    path: "/api/items/taken?reason=See+https://feedwright.invalid",
    status: 400,
    response: /reserved by Feedwright/,
  },
  {
    name: "a reason of a thousand and one characters",
    method: "DELETE",
    path: `/api/items/taken?reason=${"x".repeat(1001)}`,
    status: 400,
    response: /1000 characters/,
  },
  {
    name: "a reason as long as a story",
    method: "DELETE",
    path: "/api/items/taken",
    body: "x".repeat(5000),
    status: 413,
    response: /too long/,
  },
  {
    name: "withdrawing a draft",
    method: "DELETE",
    path: "/api/items/draft?reason=x",
    status: 409,
    response: /No reader/,
  },
  {
    name: "erasing a story that does not exist",
    method: "DELETE",
    path: "/api/items/none?purge=true",
    status: 404,
    response: /no such story/,
  },
  {
    name: "reading a story that does not exist",
    method: "GET",
    path: "/api/items/none",
    status: 404,
    response: /no such story/,
  },
  {
    name: "an unknown method",
    method: "POST",
    path: "/api/items/taken",
    status: 405,
    response: /GET, HEAD, PUT, PATCH, DELETE/,
  },
  { name: "PUT to the list", method: "PUT", path: "/api/items", status: 405, response: /GET, HEAD/ },
  {
    name: "a media name that leaves its folder",
    path: "/api/media/..%2fx.png",
    body: "x",
    status: 400,
    response: /another name/,
  },
  {
    name: "a media name that begins with a dot",
    path: "/api/media/.x.png",
    body: "x",
    status: 400,
    response: /another name/,
  },
  {
    name: "a media file of an unknown type",
    path: "/api/media/x.png",
    body: Uint8Array.from([255, 0, 128]),
    status: 422,
    response: /no kind/,
  },
  { name: "an empty media file", path: "/api/media/x.png", body: "", status: 422, response: /empty/ },
  {
    name: "an editor with a bad name",
    path: "/api/editors/a%20b",
    body: '{"role":"write"}',
    status: 400,
    response: /another name/,
  },
  {
    name: "an editor called owner",
    path: "/api/editors/owner",
    body: '{"role":"write"}',
    status: 400,
    response: /another name/,
  },
  { name: "an editor without a role", path: "/api/editors/ann", body: "{}", status: 422, response: /one of: write/ },
  {
    name: "an editor with an unknown role",
    path: "/api/editors/ann",
    body: '{"role":"god"}',
    status: 422,
    response: /one of: write/,
  },
  {
    name: "removing an editor who does not exist",
    method: "DELETE",
    path: "/api/editors/none",
    status: 404,
    response: /no editor/,
  },
];

let newsroom: NewsroomWorker;

const readTables = async (): Promise<string> => {
  const tables = [
    "revision",
    "stories",
    "sources",
    "aliases",
    "memberships",
    "transitions",
    "media",
    "erased",
    "editors",
    "log",
    "answers",
    "conditions",
  ];
  const all = await newsroom.database.batch(tables.map((table) => newsroom.database.prepare(`SELECT * FROM ${table}`)));
  return JSON.stringify(all.map(({ results }) => results));
};

beforeAll(async () => {
  newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
  await newsroom.put("taken", story("taken", { aliases: ["once-taken"] }));
  await newsroom.put("draft", story("draft", { draft: true }));
});

describe("a bad request to the API", () => {
  it("has at least sixty examples", () => expect(badRequests.length).toBeGreaterThanOrEqual(60));

  it.each(badRequests)(
    "$name: $status, and nothing is written",
    async ({ method = "PUT", path = "/api/items/new", body, headers = MARKDOWN, status, response: expected }) => {
      const before = await readTables();
      const given = { ...(headers === MARKDOWN || headers === JSON_TYPE ? headers : { ...headers }) };
      const response = await newsroom.api(method, path, { headers: given, ...(body !== undefined && { body }) });
      const text = await response.text();
      expect({ status: response.status, text }).toEqual({ status, text: expect.stringMatching(expected) });
      expect(response.headers.get("content-type")).toBe("application/problem+json");
      expect(response.headers.get("cache-control")).toMatch(/no-store/);
      expect(JSON.parse(text)).toMatchObject({ status });
      expect(text).not.toContain(OWNER);
      expect(await readTables()).toBe(before);
    },
  );
});

describe("without PUBLISH_TOKEN", () => {
  it.each(["/api/items", "/api/items/taken", "/api/log", "/api/editors"])("%s is answered 404", async (path) => {
    const closed = await openNewsroomWorker({
      now: NOW,
      database: newsroom.database,
      bindings: { PUBLISH_TOKEN: "" },
    });
    for (const token of ["", OWNER]) expect((await closed.api("GET", path, { token })).status).toBe(404);
    for (const method of ["PUT", "DELETE", "OPTIONS", "PATCH", "HEAD"])
      expect((await closed.api(method, path)).status).toBe(404);
  });
});

describe("a script of another site", () => {
  it.each(["/api/items", "/api/items/taken", "/api/media/a.png"])("gets no permission to ask %s", async (path) => {
    const headers = { origin: "https://other.example", "access-control-request-method": "GET" };
    const response = await newsroom.api("OPTIONS", path, { headers });
    expect(response.status).toBe(204);
    expect(response.headers.get("allow")).toContain("GET");
    expect([...response.headers.keys()].filter((name) => name.startsWith("access-control-"))).toEqual([]);
  });
});

/** A body that breaks off after some bytes, as when a client goes away. */
const breakingOff = (): ReadableStream<Uint8Array> => {
  let isFirst = true;
  return new ReadableStream({
    pull(controller) {
      if (isFirst) controller.enqueue(new TextEncoder().encode("---\n"));
      else controller.error(new Error("Network connection lost."));
      isFirst = false;
    },
  });
};

describe("a request that its client ends before the body is complete", () => {
  it.each([
    ["PUT", "/api/items/broken-off", "text/markdown"],
    ["DELETE", "/api/items/taken", "text/plain"],
    ["PUT", "/api/media/a.png", "image/png"],
    ["PUT", "/api/editors/ann", "application/json"],
  ])("changes nothing, and is no error in the log: %s %s", async (method, path, type) => {
    const log = vi.spyOn(console, "error");
    try {
      const response = await newsroom.api(method, path, { body: breakingOff(), headers: { "content-type": type } });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ detail: expect.stringContaining("before its body was complete") });
      expect(log).not.toHaveBeenCalled();
    } finally {
      log.mockRestore();
    }
    expect((await newsroom.api("GET", "/api/items/broken-off")).status).toBe(404);
    expect((await newsroom.fetch("/articles/taken")).status).toBe(200);
  });
});

describe("a preflight of what is for editors", () => {
  it.each(["/api/items", "/api/items/x", "/api/media/x.gif", "/api/editors", "/preview/x/1/y"])(
    "lets no other site in: %s",
    async (path) => {
      const newsroom = await openNewsroomWorker({ now: NOW, database: await createEmptyDatabase() });
      const headers = { origin: "https://elsewhere.example", "access-control-request-method": "PUT" };
      const response = await newsroom.fetch(path, { method: "OPTIONS", headers });
      expect(response.status).toBe(204);
      expect(Array.from(response.headers.keys()).filter((name) => name.startsWith("access-control-"))).toEqual([]);
    },
  );
});
