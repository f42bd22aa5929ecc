import { describe, expect, it } from "vitest";
import { findLexicalError } from "../../../src/content/yaml/lexical-errors.ts";

describe("a tangle of YAML", () => {
  it.each([
    ["plain keys", 'a: "x"\nb: [c, {d: e}]\n'],
    ["texts that look like signs", "a: -1\nb: %20\nc: what ? is\nd: |\n  ...\n  ? x\n  %y\n"],
  ])("is not found in %s", (_, text) => {
    expect(findLexicalError(text)).toBeUndefined();
  });

  it.each([
    ["a document's end", "a: b\n...\n", 5],
    ["a directive", "%YAML 1.1\n---\n", 0],
    ["an explicit key", "a: [b, ? c]", 7],
    ["deep brackets", `a: ${"[".repeat(20)}`, 19],
    ["deep lists", `a:\n${"- ".repeat(20)}b`, 35],
    ["too much", "a".repeat(131_073), 131_072],
  ])("is %s", (_, text, offset) => {
    expect(findLexicalError(text)?.offset).toBe(offset);
  });
});
