import { describe, expect, it } from "vitest";
import { findNearest } from "../../../src/content/messages/suggest.ts";

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
  ])("for %j is %j", (unknown, known) => {
    expect(findNearest(unknown, KNOWN)).toBe(known);
  });
});
