import { VFile } from "vfile";
import { describe, expect, it } from "vitest";
import {
  demoteErrors,
  hasErrorAt,
  hasErrors,
  quote,
  reportError,
  reportWarning,
  sortMessages,
} from "../../../src/content/messages/messages.ts";

describe("the writer's words quoted in a message", () => {
  it.each([
    ["plain", "`plain`"],
    ["two\n  lines", "`two lines`"],
    ["bell\u{7} and \u{d800}", "`bell\u{fffd} and \u{fffd}`"],
    ["a\u{1}b\u{2}c", "`a\u{fffd}b\u{fffd}c`"],
    ["x".repeat(60), `\`${"x".repeat(60)}\``],
    ["x".repeat(61), `\`${"x".repeat(59)}…\``],
    [`${" ".repeat(240)}x`, "` `"],
    ["👩".repeat(100), `\`${"👩".repeat(59)}…\``],
  ])("%j are shown as %j", (words, shown) => {
    expect(quote(words)).toBe(shown);
  });
});

const fileWith = (
  ...messages: readonly (readonly [place: string, rule: string, reason: string, isError: boolean])[]
): VFile => {
  const file = new VFile({ path: "a.md", value: "" });
  for (const [place, rule, reason, isError] of messages) {
    const [line = 1, column = 1] = place.split(":").map(Number);
    (isError ? reportError : reportWarning)(file, rule, reason, { line, column });
  }
  return file;
};

const listOf = (file: VFile): readonly string[] =>
  file.messages.map(({ line, column, ruleId, reason, fatal }) => `${line}:${column} ${ruleId} ${reason} ${fatal}`);

it("messages are sorted by line and column, those of one place stay in their order, and none is repeated", () => {
  const file = fileWith(
    ["10:1", "a", "x", true],
    ["2:10", "a", "x", false],
    ["2:9", "a", "x", false],
    ["2:9", "b", "x", false],
    ["2:9", "a", "y", false],
    ["2:9", "a", "x", false],
    ["2:9", "a", "x", true],
  );
  sortMessages(file);
  expect(listOf(file)).toEqual(["2:9 a x false", "2:9 b x false", "2:9 a y false", "2:10 a x false", "10:1 a x true"]);
});

it("errors are told from warnings, and can be made such", () => {
  const file = fileWith(["2:3", "a", "x", true], ["4:5", "b", "y", false]);
  expect([hasErrors(file), hasErrors(fileWith(["4:5", "b", "y", false])), hasErrors(fileWith())]).toEqual([
    true,
    false,
    false,
  ]);
  const point = (line: number, column: number) => ({ line, column });
  expect(
    [
      point(2, 3),
      point(2, 4),
      point(3, 3),
      point(4, 5),
      { start: point(2, 3), end: point(9, 9) },
      { start: point(1, 1), end: point(2, 3) },
    ].map((place) => hasErrorAt(file, place)),
  ).toEqual([true, false, false, false, true, false]);
  demoteErrors(file);
  expect([hasErrors(file), hasErrorAt(file, point(2, 3)), listOf(file)]).toEqual([
    false,
    false,
    ["2:3 a x false", "4:5 b y false"],
  ]);
});

it("a message without a place is at the beginning of its file", () => {
  const file = new VFile({ path: "a.md", value: "x" });
  reportError(file, "a", "x");
  reportWarning(file, "b", "y");
  expect(listOf(file)).toEqual(["1:1 a x true", "1:1 b y false"]);
});
