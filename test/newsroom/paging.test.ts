import { describe, expect, it } from "vitest";
import { hasValidFileNames } from "../../src/newsroom/file-names.ts";
import { nextPage, readWholeNumber } from "../../src/newsroom/paging.ts";

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
  it.each<[readonly number[], string | null]>([
    [[], null],
    [[7], null],
    [[7, 8], null],
    [[7, 8, 9], "/9"],
  ])("of %j, three a page, is %s", (entries, address) => {
    expect(nextPage(entries, 3, (last) => `/${last}`)).toBe(address);
  });
});

describe("the parts of a path", () => {
  it.each<[string, string, boolean]>([
    ["as long as a name may be", `${"a".repeat(255)}/${"b".repeat(255)}`, true],
    ["one too long", `a/${"b".repeat(256)}`, false],
    ["too long in UTF-8", `${"\u00e9".repeat(128)}.md`, false],
    ["as long as it may be in UTF-8", `${"\u00e9".repeat(126)}.md`, true],
    ["an empty one", "a//b", false],
    ["nothing", "", false],
    ["an empty one at the end", "a/", false],
    ["an empty one at the start", "/a", false],
  ])("%s", (_, path, isValid) => expect(hasValidFileNames(path)).toBe(isValid));
});
