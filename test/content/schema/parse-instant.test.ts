import { describe, expect, it } from "vitest";
import { parseInstant } from "../../../src/content/schema/parse-instant.ts";

describe("parsing a date", () => {
  it.each([
    ["2026-11-22T18:00:00Z", Date.UTC(2026, 10, 22, 18)],
    ["2026-11-22 18:00:00+05:30", Date.UTC(2026, 10, 22, 12, 30)],
    ["2026-11-22t18:00:00z", Date.UTC(2026, 10, 22, 18)],
    ["2024-02-29T00:00:00-00:00", Date.UTC(2024, 1, 29)],
    ["2026-11-22T18:00:00.001Z", Date.UTC(2026, 10, 22, 18, 0, 1)],
    ["2026-11-22T18:00:00.000Z", Date.UTC(2026, 10, 22, 18)],
    [" 2026-11-22T18:00:00Z\n", Date.UTC(2026, 10, 22, 18)],
    ["1000-01-01T00:00:00Z", Date.UTC(1000, 0, 1)],
    ["9999-12-31T23:59:59Z", Date.UTC(9999, 11, 31, 23, 59, 59)],
  ])("accepts %s", (written, instant) => {
    expect(parseInstant(written)).toBe(instant);
  });

  it.each([
    ["2026-11-22T18:00:00", /^has no time zone/],
    ["2026-11-22", /^has no time\./],
    ["now", /^can't be `now` here\. Write the date, such as 2026-/],
    ["2026-02-29T00:00:00Z", /does not exist/],
    ["2026-01-01T24:00:00Z", /does not exist/],
    ["2026-01-01T00:00:00+24:00", /does not exist/],
    ["2016-12-31T23:59:60Z", /leap second/],
    ["9999-12-31T23:59:59-01:00", /out of range/],
    ["1000-01-01T00:00:00+01:00", /out of range/],
    ["0999-12-31T23:59:59Z", /out of range/],
    ["Sun, 22 Nov 2026 18:00:00 GMT", /RFC 3339/],
  ])("rejects %s", (written, message) => {
    expect(parseInstant(written)).toMatch(message);
  });
});
