import { describe, expect, it } from "vitest";
import { findNearest, suggest } from "../../../src/content/messages/suggest.ts";

describe("the name that was probably meant", () => {
  const KNOWN = ["title", "tags", "published", "alt", "language"];

  it.each([
    ["titel", "title"],
    ["tgas", "tags"],
    ["atl", "alt"],
    ["Published", "published"],
    ["publish", "published"],
    ["lang", "language"],
    ["colour", undefined],
    ["x", undefined],
    ["constructor", undefined],
    ["t".repeat(100_000), undefined],
    // Up to three letters may have one mistake, up to eight two, longer ones three.
    ["aqt", "alt"],
    ["tqqs", "tags"],
    ["aqq", undefined],
    ["taqqq", undefined],
    ["tiqqe", "title"],
    ["titqqq", undefined],
    ["languqqq", undefined],
    ["publqqqed", "published"],
    ["pubqqqqed", undefined],
    // Two letters are no beginning.
    ["la", undefined],
    ["lan", "language"],
  ])("for %j is %j", (unknown, known) => {
    expect(findNearest(unknown, KNOWN)).toBe(known);
  });

  it.each([
    [200, true],
    [201, false],
  ])("is looked for if there are %i letters: %s", (length, isFound) => {
    const name = "t".repeat(length - 1);
    expect(findNearest(`${name}x`, [name])).toBe(isFound ? name : undefined);
  });

  it("is the first of those that are equally near, and the nearest whatever their order", () => {
    expect(findNearest("cat", ["bat", "hat"])).toBe("bat");
    expect(findNearest("titel", ["titles", "title"])).toBe("title");
    expect(findNearest("titel", ["title", "titles"])).toBe("title");
  });

  it("is found whatever its capitals are", () => {
    expect(findNearest("abcdefg", ["x", "ABCDEFGH"])).toBe("ABCDEFGH");
    expect(findNearest("EUROPE", ["x", "Europe/Berlin"])).toBe("Europe/Berlin");
  });

  it("is put as a question, or left out", () => {
    expect([suggest("titel", KNOWN), suggest("colour", KNOWN)]).toEqual([" Did you mean `title`?", ""]);
  });
});
