import { describe, expect, it } from "vitest";
import { nextPage, readWholeNumber } from "../../src/admin/paging.ts";

describe("a whole number of a query string", () => {
  it.each<[string | null, number]>([
    ["0", 0],
    ["1", 1],
    ["007", 7],
    ["49", 49],
    ["50", 50],
    ["51", 50],
    ["9".repeat(15), 50],
    ["9".repeat(16), 9],
    [null, 9],
    ["", 9],
    ["-1", 9],
    ["+1", 9],
    ["1.5", 9],
    ["1e3", 9],
    ["0x1", 9],
    [" 1", 9],
    ["1\n", 9],
    ["\u0661", 9],
  ])("%j is %i, at most 50, by default 9", (text, number) => expect(readWholeNumber(text, 9, 50)).toBe(number));

  it("has no other limit unless one is given", () => {
    expect(readWholeNumber("9".repeat(15), 1)).toBe(Number("9".repeat(15)));
  });
});

describe("the next page", () => {
  it.each<[readonly number[], string, string | null]>([
    [[], "https://example.org", null],
    [[7], "https://example.org", null],
    [[7, 8], "https://example.org/news", null],
    [[7, 8, 9], "https://example.org", "/api/log?before=9"],
    [[7, 8, 9], "https://example.org/news", "/news/api/log?before=9"],
    [[7, 8, 9], "https://example.org/a/b", "/a/b/api/log?before=9"],
  ])("of %j, three a page, on %s is %s", (entries, url, address) => {
    expect(nextPage({ url }, entries, 3, (last) => `/api/log?before=${last}`)).toBe(address);
  });
});
