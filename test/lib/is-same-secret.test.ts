import { describe, expect, it } from "vitest";
import { isSameSecret } from "../../src/lib/is-same-secret.ts";

describe("two secrets", () => {
  it.each([
    ["", "", true],
    ["abc", "abc", true],
    ["é→😀", "é→😀", true],
    ["abc", "abd", false],
    ["abc", "xbc", false],
    ["abc", "ab", false],
    ["", "a", false],
    // As many characters, but not as many bytes.
    ["aé", "aa", false],
  ])("%j and %j are the same: %s", (one, other, same) => {
    expect(isSameSecret(one, other)).toBe(same);
  });
});
