import { describe, expect, it } from "vitest";
import { evaluatePreconditions } from "../../src/http/conditional.ts";

const EARLIER = "Sun, 01 Mar 2026 11:59:59 GMT";
const EQUAL = "Sun, 01 Mar 2026 12:00:00 GMT";
const LATER = "Sun, 01 Mar 2026 12:00:01 GMT";
// Half a second later: HTTP dates have whole seconds.
const lastModified = Date.UTC(2026, 2, 1, 12, 0, 0, 500);

type Rows = readonly (readonly [headers: Record<string, string>, preconditions: string])[];

describe("a representation with a strong tag and a date", () => {
  const rows: Rows = [
    [{}, "proceed"],
    [{ "if-match": '"a"' }, "proceed"],
    [{ "if-match": '"b", "a"' }, "proceed"],
    [{ "if-match": 'W/"a"' }, "precondition-failed"],
    [{ "if-match": '"b"' }, "precondition-failed"],
    [{ "if-match": '"a"', "if-none-match": '"a"' }, "not-modified"],
    [{ "if-none-match": 'W/"a"' }, "not-modified"],
    [{ "if-none-match": '"b"' }, "proceed"],
    [{ "if-modified-since": EARLIER }, "proceed"],
    [{ "if-modified-since": EQUAL }, "not-modified"],
    [{ "if-modified-since": LATER }, "not-modified"],
    [{ "if-unmodified-since": EARLIER }, "precondition-failed"],
    [{ "if-unmodified-since": EQUAL }, "proceed"],
    [{ "if-unmodified-since": LATER }, "proceed"],
  ];
  it.each(rows)("%j: %s", (headers, preconditions) => {
    expect(evaluatePreconditions(new Headers(headers), { etag: '"a"', lastModified })).toBe(preconditions);
  });
});

describe("a representation without a date", () => {
  const rows: Rows = [
    [{ "if-modified-since": EQUAL }, "proceed"],
    [{ "if-modified-since": "Fri, 31 Dec 9999 23:59:59 GMT" }, "proceed"],
    [{ "if-unmodified-since": "Thu, 01 Jan 1970 00:00:00 GMT" }, "proceed"],
    [{ "if-none-match": '"a"', "if-modified-since": EQUAL }, "not-modified"],
    [{ "if-match": '"b"', "if-unmodified-since": LATER }, "precondition-failed"],
  ];
  it.each(rows)("%j: %s", (headers, preconditions) => {
    expect(evaluatePreconditions(new Headers(headers), { etag: '"a"' })).toBe(preconditions);
  });
});
