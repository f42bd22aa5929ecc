import { beforeAll, expect, it, vi } from "vitest";
import { GIF, instant, ORIGIN, story } from "../fixtures/publication.ts";
import { createFailingDatabase, type FailureMode } from "./failing-database.ts";
import { createEmptyDatabase, type NewsroomWorker, openNewsroomWorker } from "./newsroom-worker.ts";

// All header fields of each kind of answer of the API, and no others.

const NOW = instant("2026-03-01T12:00:00Z");

type Fields = Readonly<Record<string, unknown>>;
type RequestFields = Readonly<Record<string, string>>;

const API = { "cache-control": "private, no-store", "x-content-type-options": "nosniff" };
const JSON_API = { ...API, "content-type": "application/json" };
const PROBLEM = { ...API, "content-type": "application/problem+json" };
const VARY = { vary: "Accept, Authorization" };
const TAG = { etag: expect.stringMatching(/^"\d+"$/) };
const MD_TAG = { etag: expect.stringMatching(/^"\d+-md"$/) };
const FILE_TAG = { etag: expect.stringMatching(/^"[\da-f]{64}"$/) };
const MARKDOWN = { accept: "text/markdown" };

interface Row {
  readonly status: number;
  readonly method?: string;
  readonly path: string;
  readonly headers?: RequestFields;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly expected: Fields;
}

const rows: readonly Row[] = [
  { status: 200, path: "/api/items", expected: JSON_API },
  { status: 200, path: "/api/items/x", expected: { ...JSON_API, ...VARY, ...TAG } },
  {
    status: 200,
    path: "/api/items/x",
    headers: MARKDOWN,
    expected: { ...API, ...VARY, ...MD_TAG, "content-type": "text/markdown; charset=utf-8" },
  },
  {
    status: 304,
    path: "/api/items/x",
    headers: { ...MARKDOWN, "if-none-match": "*" },
    expected: { ...API, ...VARY, ...MD_TAG },
  },
  { status: 200, path: "/api/media", expected: JSON_API },
  { status: 200, path: "/api/media/x.gif", expected: { ...API, ...FILE_TAG, "content-type": "image/gif" } },
  { status: 200, path: "/api/log", expected: JSON_API },
  { status: 200, path: "/api/editors", expected: JSON_API },
  { status: 200, method: "PUT", path: "/api/items/x", body: story("x"), expected: { ...JSON_API, ...TAG } },
  { status: 200, method: "PUT", path: "/api/media/x.gif", body: GIF, expected: { ...JSON_API, ...FILE_TAG } },
  {
    status: 201,
    method: "PUT",
    path: "/api/items/%C3%A9",
    body: story("n", { slug: "\u00e9" }),
    expected: { ...JSON_API, ...TAG, location: `${ORIGIN}/api/items/%C3%A9` },
  },
  { status: 201, method: "PUT", path: "/api/media/new.gif", body: GIF, expected: { ...JSON_API, ...FILE_TAG } },
  { status: 201, method: "PUT", path: "/api/editors/ann", body: '{"role":"write"}', expected: JSON_API },
  { status: 204, method: "DELETE", path: "/api/editors/ann", expected: API },
  { status: 204, method: "DELETE", path: "/api/media/new.gif", expected: API },
  { status: 204, method: "DELETE", path: "/api/previews", expected: API },
  {
    status: 204,
    method: "OPTIONS",
    path: "/api/items",
    expected: { allow: "GET, HEAD, POST, OPTIONS", "cache-control": "no-store", "x-content-type-options": "nosniff" },
  },
  { status: 400, path: "/api/items/%FF", expected: PROBLEM },
  {
    status: 401,
    path: "/api/items",
    headers: { authorization: "Bearer nobody-has-this-token-at-all-no-one" },
    expected: { ...PROBLEM, "www-authenticate": 'Bearer realm="newsroom", error="invalid_token"' },
  },
  {
    status: 401,
    path: "/api/items",
    headers: { authorization: "Basic eA==" },
    expected: { ...PROBLEM, "www-authenticate": 'Bearer realm="newsroom", error="invalid_request"' },
  },
  { status: 404, path: "/api/items/nothing", expected: PROBLEM },
  { status: 404, path: "/api/media/nothing.gif", expected: PROBLEM },
  { status: 404, method: "DELETE", path: "/api/editors/nobody", expected: PROBLEM },
  { status: 409, method: "PUT", path: "/api/items/y", body: story("x"), expected: PROBLEM },
  {
    status: 412,
    method: "PUT",
    path: "/api/items/x",
    headers: { "if-match": '"0"' },
    body: story("x"),
    expected: { ...PROBLEM, ...TAG },
  },
  {
    status: 412,
    method: "PUT",
    path: "/api/items/x",
    headers: { "if-none-match": "*" },
    body: story("x"),
    expected: { ...PROBLEM, ...TAG },
  },
  {
    status: 412,
    method: "PUT",
    path: "/api/media/x.gif",
    headers: { "if-match": '"0"' },
    body: GIF,
    expected: { ...PROBLEM, ...FILE_TAG },
  },
  {
    status: 412,
    method: "PUT",
    path: "/api/items/no",
    headers: { "if-match": "*" },
    body: story("no"),
    expected: PROBLEM,
  },
  {
    status: 415,
    method: "PUT",
    path: "/api/items/x",
    headers: { "content-type": "text/html" },
    body: "x",
    expected: { ...PROBLEM, "accept-post": "text/markdown, application/json" },
  },
  {
    status: 415,
    method: "PUT",
    path: "/api/items/x",
    headers: { "content-type": "text/markdown", "content-encoding": "gzip" },
    body: "x",
    expected: { ...PROBLEM, "accept-encoding": "identity" },
  },
  { status: 422, method: "PUT", path: "/api/items/x", body: "x", expected: PROBLEM },
  { status: 422, method: "PUT", path: "/api/media/x.exe", body: "MZ", expected: PROBLEM },
];

let newsroom: NewsroomWorker;
let setMode: (mode: FailureMode) => void;
beforeAll(async () => {
  const { database, state } = createFailingDatabase(await createEmptyDatabase());
  setMode = (mode) => {
    state.mode = mode;
  };
  newsroom = await openNewsroomWorker({ now: NOW, database });
  await newsroom.put("x", story("x"));
  await newsroom.api("PUT", "/api/media/x.gif", { body: GIF });
});

/** The header fields but Content-Length, which says how long the body is (or would be, for HEAD), or nothing. */
const fieldsOf = async (response: Response): Promise<Fields> => {
  const { "content-length": length, ...fields } = Object.fromEntries(response.headers);
  const { byteLength } = await response.arrayBuffer();
  if (response.body !== null) expect([undefined, String(byteLength)]).toContain(length);
  return fields;
};

it.each(rows)("$status of $path (#$#) has these header fields and no others", async (row) => {
  const { status, method = "GET", path, headers = {}, body, expected } = row;
  const response = await newsroom.api(method, path, { headers, ...(body !== undefined && { body }) });
  expect(response.status).toBe(status);
  expect(await fieldsOf(response)).toEqual(expected);
});

it("401 without a token names no error", async () => {
  const response = await newsroom.fetch("/api/items");
  expect([response.status, await fieldsOf(response)]).toEqual([
    401,
    { ...PROBLEM, "www-authenticate": 'Bearer realm="newsroom"' },
  ]);
});

it("405 names the methods that are allowed", async () => {
  const response = await newsroom.api("POST", "/api/items/x", { body: "x" });
  expect([response.status, await fieldsOf(response)]).toEqual([
    405,
    expect.objectContaining({
      allow: "GET, HEAD, PUT, PATCH, DELETE, OPTIONS",
      "cache-control": "no-store",
      vary: "Accept",
    }),
  ]);
});

it("428 names the version that is stored", async () => {
  const strict = await openNewsroomWorker({
    now: NOW,
    database: newsroom.database,
    bindings: { REQUIRE_IF_MATCH: "true" },
  });
  const response = await strict.api("PUT", "/api/items/x", { body: story("x") });
  expect([response.status, await fieldsOf(response)]).toEqual([428, { ...PROBLEM, ...TAG }]);
});

it("429 says when to come again, to strangers and to whoever guesses tokens", async () => {
  const MISS_LIMIT = { limit: async () => ({ success: false }) };
  const limited = await openNewsroomWorker({ now: NOW, database: newsroom.database, bindings: { MISS_LIMIT } });
  const headers = { "cf-connecting-ip": "192.0.2.1" };
  const token = "nobody-has-this-token-at-all-no-one";
  const guess = await limited.api("GET", "/api/items", { headers, token });
  expect([guess.status, await fieldsOf(guess)]).toEqual([429, { ...PROBLEM, "retry-after": "60" }]);
  for (const method of ["GET", "HEAD"]) {
    const miss = await limited.fetch("/nothing", { method, headers });
    expect([miss.status, await fieldsOf(miss)]).toEqual([
      429,
      {
        "access-control-allow-origin": "*",
        "cache-control": "no-store",
        "content-security-policy": expect.stringContaining("default-src 'none'"),
        "content-type": "application/problem+json",
        "referrer-policy": "strict-origin-when-cross-origin",
        "retry-after": "60",
        vary: "Accept",
        "x-content-type-options": "nosniff",
      },
    ]);
  }
});

it("503 says when to come again", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  setMode("throws");
  try {
    for (const path of ["/api/items", "/api/items/x", "/api/media"]) {
      const response = await newsroom.api("GET", path);
      expect([response.status, await fieldsOf(response)]).toEqual([503, { ...PROBLEM, "retry-after": "10" }]);
    }
  } finally {
    setMode("answers");
    log.mockRestore();
  }
});
