import { describe, expect, it } from "vitest";
import { resolveContentPath } from "../../../src/content/references/content-path.ts";

describe("resolving a relative reference", () => {
  it.each([
    ["../../../x", "a/b.md", "x"],
    ["./y.md?q#z", "a/b.md", "a/y.md"],
    ["a%2Fb%zz", "b.md", "a/b%zz"],
    ["media\\x.png", "a/b.md", "media/x.png"],
  ])("%j in %s leads to %s", (reference, from, path) => {
    expect(resolveContentPath(reference, from)?.path).toBe(path);
  });
});
