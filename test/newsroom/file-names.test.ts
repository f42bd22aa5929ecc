import { describe, expect, it } from "vitest";
import { hasValidFileNames } from "../../src/newsroom/file-names.ts";

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
