import { expect, it } from "vitest";
import { bytesResponse, jsonResponse, refuse } from "../../src/http/api-response.ts";

const PRIVATE = { "cache-control": "private, no-store", "x-content-type-options": "nosniff" };

it.each([
  ["JSON", jsonResponse(200, { a: 1 }), 200, { ...PRIVATE, "content-type": "application/json" }, '{"a":1}'],
  ["nothing", jsonResponse(204), 204, PRIVATE, ""],
  [
    "JSON with more headers",
    jsonResponse(201, [], { etag: '"1"', location: "/x" }),
    201,
    { ...PRIVATE, "content-type": "application/json", etag: '"1"', location: "/x" },
    "[]",
  ],
  [
    "bytes",
    bytesResponse(new TextEncoder().encode("x"), "text/markdown", { etag: '"1"' }),
    200,
    { ...PRIVATE, "content-type": "text/markdown", etag: '"1"' },
    "x",
  ],
  [
    "a refusal",
    refuse(409, "Not so.", { "retry-after": "10" }),
    409,
    { ...PRIVATE, "content-type": "application/problem+json", "retry-after": "10" },
    '{"status":409,"title":"Conflict","detail":"Not so."}',
  ],
])("an answer of the API with %s has these headers, and no others", async (_, response, status, headers, body) => {
  expect(response.status).toBe(status);
  expect(Object.fromEntries(response.headers)).toEqual(headers);
  expect(await response.text()).toBe(body);
});
