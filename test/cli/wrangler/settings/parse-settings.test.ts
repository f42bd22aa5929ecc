import { describe, expect, it } from "vitest";
import {
  parseSettings,
  tableAt,
  tablesAt,
  textAt,
  textsAt,
} from "../../../../src/cli/wrangler/settings/parse-settings.ts";

describe("a text that is no TOML", () => {
  it.each([
    ['name = "x"\nmain = \n', 2, 8],
    ["a = [1\nb = 2", 2, 1],
    ["a = 1\na = 2", 2, 1],
    ["[x\n", 1, 3],
  ])("has a fault with its place: %j", (text, line, column) => {
    expect(parseSettings(text)).toEqual({ fault: { line, column, reason: expect.stringMatching(/^[^\n]+$/) } });
  });
});

it("what is of another kind is not there", () => {
  const settings = { a: { b: [1, "x", { c: "y" }], d: 5 } };
  expect([textsAt(settings, "a.b"), tablesAt(settings, "a.b"), textAt(settings, "a.d")]).toEqual([
    ["x"],
    [{ c: "y" }],
    undefined,
  ]);
  expect([
    tableAt(settings, "a.b"),
    tableAt(settings, "a.d.e"),
    tablesAt(settings, "a"),
    textsAt(settings, "x.y"),
  ]).toEqual([undefined, undefined, [], []]);
});
