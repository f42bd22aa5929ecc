import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatHttpDate, parseHttpDate } from "../../src/http/date.ts";
import { asctime, imfFixdate, rfc850 } from "./date-forms.ts";

describe("HTTP dates (RFC 9110 §5.6.7)", () => {
  it.each([
    ["IMF-fixdate", "Sun, 06 Nov 1994 08:49:37 GMT"],
    ["RFC 850", "Sunday, 06-Nov-94 08:49:37 GMT"],
    ["asctime", "Sun Nov  6 08:49:37 1994"],
  ])("parses the RFC's own example in the form of %s", (_, text) => {
    expect(parseHttpDate(text)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37));
  });

  it("parses what it formats, to the second, for every year of four digits", () => {
    const first = Date.parse("0000-01-01T00:00:00Z");
    const last = Date.parse("9999-12-31T23:59:59Z");
    fc.assert(
      fc.property(fc.integer({ min: first, max: last }), (time) => {
        const second = Math.floor(time / 1000) * 1000;
        expect(formatHttpDate(time)).toBe(imfFixdate(second));
        expect(parseHttpDate(formatHttpDate(time))).toBe(second);
        expect(parseHttpDate(asctime(time))).toBe(second);
      }),
    );
  });

  it("takes RFC 850's two digits for a year from 1970 to 2069", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(2070, 0, 1) / 1000 - 1 }), (seconds) => {
        expect(parseHttpDate(rfc850(seconds * 1000))).toBe(seconds * 1000);
      }),
    );
  });

  it.each(Array.from({ length: 12 }, (_, month) => month))("parses month %i", (month) => {
    const time = Date.UTC(2026, month, 28, 1, 2, 3);
    for (const write of [imfFixdate, rfc850, asctime]) expect(parseHttpDate(write(time))).toBe(time);
  });

  it.each([
    ["a leap day", "Thu, 29 Feb 2024 00:00:00 GMT", Date.UTC(2024, 1, 29)],
    ["a leap second", "Sat, 31 Dec 2016 23:59:60 GMT", Date.UTC(2017, 0, 1)],
    ["the first year", "Mon, 01 Jan 0001 00:00:00 GMT", Date.parse("0001-01-01T00:00:00Z")],
    ["a wrong weekday", "Mon, 06 Nov 1994 08:49:37 GMT", Date.UTC(1994, 10, 6, 8, 49, 37)],
  ])("parses %s", (_, text, time) => {
    expect(parseHttpDate(text)).toBe(time);
  });

  it.each([
    "",
    "x",
    "0",
    "784111777",
    "1994-11-06T08:49:37Z",
    "Sun, 06 Nov 1994 08:49:37",
    "Sun, 06 Nov 1994 08:49:37 UTC",
    "Sun, 06 Nov 1994 08:49:37 gmt",
    "Sun, 06 Nov 1994 08:49:37 +0000",
    "sun, 06 nov 1994 08:49:37 GMT",
    "Sun, 6 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 94 08:49:37 GMT",
    "Sun, 06 November 1994 08:49:37 GMT",
    "Son, 06 Nov 1994 08:49:37 GMT",
    "Sun, 06 Okt 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 8:49:37 GMT",
    "Sun, 06 Nov 1994 08:49 GMT",
    "Sun,06 Nov 1994 08:49:37 GMT",
    " Sun, 06 Nov 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 08:49:37 GMT; length=1",
    "Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT",
    "Sun, 00 Nov 1994 08:49:37 GMT",
    "Sun, 31 Nov 1994 08:49:37 GMT",
    "Wed, 29 Feb 2023 00:00:00 GMT",
    "Fri, 30 Feb 2024 23:59:60 GMT",
    "Sun, 06 Nov 1994 24:00:00 GMT",
    "Sun, 06 Nov 1994 08:60:00 GMT",
    "Sun, 06 Nov 1994 08:49:61 GMT",
    "Sunday, 06-Nov-1994 08:49:37 GMT",
    "Sun, 06-Nov-94 08:49:37 GMT",
    "Sunday, 31-Jun-94 08:49:37 GMT",
    "Sun Nov 06 08:49:37 94",
    "Sun Nov 6 08:49:37 1994",
    "Sun Nov  0 08:49:37 1994",
    "Sun Nov  6 08:49:37 1994 GMT",
  ])("rejects %j", (text) => {
    expect(parseHttpDate(text)).toBeUndefined();
  });
});
