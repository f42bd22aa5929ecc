import { describe, expect, it } from "vitest";
import { findLexicalError } from "../../../src/content/yaml/lexical-errors.ts";

describe("looking for lexical errors in YAML", () => {
  it.each([
    ["plain keys", 'a: "x"\nb: [c, {d: e}]\n'],
    ["sixteen brackets", `a: ${"[".repeat(16)}`],
    ["sixteen lists in a line", `a:\n${"- ".repeat(16)}b`],
    ["lists in many lines", `a:\n${"- b\n".repeat(40)}`],
    ["brackets that are closed", `a: [${"[], {}, ".repeat(20)}]`],
    ["brackets that close nothing", `a: ${"]".repeat(20)}`],
    ["a text as long as may be", "a".repeat(131_072)],
    ["texts that look like indicators", "a: -1\nb: %20\nc: what ? is\nd: |\n  ...\n  ? x\n  %y\n"],
  ])("finds none in %s", (_, text) => {
    expect(findLexicalError(text)).toBeUndefined();
  });

  it.each([
    ["a document's end", "a: b\n...\n", 5],
    ["a directive", "%YAML 1.1\n---\n", 0],
    ["an explicit key", "a: [b, ? c]", 7],
    ["deep brackets", `a: ${"[".repeat(20)}`, 19],
    ["seventeen brackets of both kinds behind closed ones", `a: ]]${"[{".repeat(9)}`, 21],
    ["deep lists in brackets", `a: [\n${"- ".repeat(16)}`, 35],
    ["deep lists", `a:\n${"- ".repeat(20)}b`, 35],
    ["a text that is too long", "a".repeat(131_073), 131_072],
  ])("finds %s", (_, text, offset) => {
    expect(findLexicalError(text)?.offset).toBe(offset);
  });
});
