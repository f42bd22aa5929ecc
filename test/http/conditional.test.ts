import fc from "fast-check";
import fresh from "fresh";
import { describe, expect, it } from "vitest";
import { evaluatePreconditions, type PreconditionResult, type Validators } from "../../src/http/conditional.ts";
import { asctime, imfFixdate, rfc850 } from "./date-forms.ts";

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
    [{ "if-match": "" }, "precondition-failed"],
    [{ "if-match": "," }, "precondition-failed"],
    [{ "if-match": "", "if-unmodified-since": LATER }, "precondition-failed"],
    [{ "if-none-match": "" }, "proceed"],
    [{ "if-none-match": ",", "if-modified-since": EQUAL }, "proceed"],
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

// fresh (as Express and others use it) as an oracle. It says of a GET whether the answer is 304.

const isFresh = (request: Record<string, string>, { etag, lastModified }: Validators): boolean =>
  fresh(request, { etag, ...(lastModified !== undefined && { "last-modified": imfFixdate(lastModified) }) });

describe("what fresh finds not modified", () => {
  const tag = fc
    .tuple(fc.constantFrom("", "W/"), fc.constantFrom("", "a", "b", "A", "aa", "*"))
    .map(([weakness, opaque]) => `${weakness}"${opaque}"`);
  const list = fc
    .tuple(fc.array(tag, { minLength: 1, maxLength: 4 }), fc.constantFrom(",", ", ", " , ", ",,"))
    .map(([tags, separator]) => tags.join(separator));
  // From 2050 on, the library takes two digits for another century. An asctime is local time to it: that of workerd is UTC.
  const second = fc.integer({ min: Date.UTC(1970, 0, 1) / 1000, max: Date.UTC(2049, 11, 31) / 1000 });
  const distance = fc.integer({ min: -2, max: 2 });

  it("is what ours does, for well-formed If-None-Match and If-Modified-Since in any of the three forms of a date", () => {
    fc.assert(
      fc.property(
        fc.record({
          etag: tag,
          time: second,
          hasDate: fc.boolean(),
          ifNoneMatch: fc.option(fc.oneof(fc.constant("*"), list, list, list)),
          since: fc.option(fc.tuple(distance, fc.constantFrom(imfFixdate, rfc850, asctime))),
        }),
        ({ etag, time, hasDate, ifNoneMatch, since }) => {
          const resource: Validators = { etag, ...(hasDate && { lastModified: time * 1000 }) };
          const request: Record<string, string> = {};
          if (ifNoneMatch !== null) request["if-none-match"] = ifNoneMatch;
          if (since !== null) request["if-modified-since"] = since[1](Math.max(0, time + since[0]) * 1000);
          const isNotModified = evaluatePreconditions(new Headers(request), resource) === "not-modified";
          expect(isNotModified).toBe(isFresh(request, resource));
        },
      ),
      { numRuns: 2000 },
    );
  });

  const at = (date: string): Validators => ({ etag: '"a"', lastModified: Date.parse(date) });
  const noon = at("2026-03-01T12:00:00Z");

  // A row fails when the library's answer changes.
  it.each<
    [reason: string, request: Record<string, string>, resource: Validators, ours: PreconditionResult, theirs: boolean]
  >([
    [
      "the request's no-cache is for caches (RFC 9111 §5.2.1.4), not for its preconditions",
      { "if-none-match": '"a"', "cache-control": "no-cache" },
      noon,
      "not-modified",
      false,
    ],
    ["a tag may hold a comma (§8.8.3)", { "if-none-match": '"a,b"' }, { etag: '"a,b"' }, "not-modified", false],
    ["a tab may stand between tags (§5.6.3)", { "if-none-match": '"b",\t"a"' }, noon, "not-modified", false],
    ["a list is malformed, but the tag stands in it", { "if-none-match": 'x"a"' }, noon, "not-modified", false],
    [
      "If-None-Match is empty, and If-Modified-Since still does not count (§13.1.3)",
      { "if-none-match": "", "if-modified-since": EQUAL },
      noon,
      "proceed",
      true,
    ],
    ["the date is no HTTP date (§13.1.3)", { "if-modified-since": "2026-03-01T12:00:00Z" }, noon, "proceed", true],
    [
      "the date's zone is none of HTTP (§5.6.7)",
      { "if-modified-since": EQUAL.replace("GMT", "UTC") },
      noon,
      "proceed",
      true,
    ],
    ["there is no such day (§13.1.3)", { "if-modified-since": "Sat, 30 Feb 2030 00:00:00 GMT" }, noon, "proceed", true],
    [
      "a leap second is a time (§5.6.7)",
      { "if-modified-since": "Sat, 31 Dec 2016 23:59:60 GMT" },
      at("2017-01-01T00:00:00Z"),
      "not-modified",
      false,
    ],
    [
      "two digits are a year that is not over 50 years ahead (§5.6.7)",
      { "if-modified-since": "Friday, 01-Mar-69 12:00:00 GMT" },
      noon,
      "not-modified",
      false,
    ],
    [
      "If-Match comes first (§13.2.2)",
      { "if-match": '"b"', "if-none-match": '"a"' },
      noon,
      "precondition-failed",
      true,
    ],
    [
      "If-Unmodified-Since comes first (§13.2.2)",
      { "if-unmodified-since": EARLIER, "if-none-match": '"a"' },
      noon,
      "precondition-failed",
      true,
    ],
  ])("differs from ours where %s: %j", (_, request, resource, ours, theirs) => {
    expect(evaluatePreconditions(new Headers(request), resource)).toBe(ours);
    expect(isFresh(request, resource)).toBe(theirs);
  });
});
