import { describe, expect, it } from "vitest";
import { rfc822, rfc3339 } from "../../src/formats/dates.ts";

describe("rfc822", () => {
  it.each([
    [Date.UTC(2026, 10, 22, 8, 5, 9), "Sun, 22 Nov 2026 08:05:09 GMT"],
    [0, "Thu, 01 Jan 1970 00:00:00 GMT"],
    [Date.UTC(1000, 0, 1), "Wed, 01 Jan 1000 00:00:00 GMT"],
    [Date.UTC(9999, 11, 31, 23, 59, 59), "Fri, 31 Dec 9999 23:59:59 GMT"],
    [Date.UTC(2024, 1, 29), "Thu, 29 Feb 2024 00:00:00 GMT"],
  ])("writes %d with a four-digit year, in GMT (RSS profile §3.2): %s", (instant, text) => {
    expect(rfc822(instant)).toBe(text);
    expect(Date.parse(text)).toBe(instant);
  });
});

describe("rfc3339", () => {
  it.each([
    [Date.UTC(2026, 10, 22, 8, 5, 9), "2026-11-22T08:05:09Z"],
    [0, "1970-01-01T00:00:00Z"],
    [-1000, "1969-12-31T23:59:59Z"],
    [Date.UTC(1000, 0, 1), "1000-01-01T00:00:00Z"],
    [Date.UTC(9999, 11, 31, 23, 59, 59), "9999-12-31T23:59:59Z"],
  ])("writes %d with capital T and Z (RFC 4287 §3.3, RFC 6721 §3): %s", (instant, text) => {
    expect(rfc3339(instant)).toBe(text);
    expect(Date.parse(text)).toBe(instant);
  });
});
