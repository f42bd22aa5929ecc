import { describe, expect, it } from "vitest";
import { compareText, newestFirst } from "../../src/model/newest-first.ts";
import { sampleItem as item } from "../formats/support/samples.ts";

describe("the order of stories", () => {
  it.each([
    ["the later story", { published: 2 }, { published: 1 }],
    ["within a second, the id that comes last", { id: "tag:b" }, { id: "tag:a" }],
    ["within a second, the longer id", { id: "tag:ab" }, { id: "tag:a" }],
    [
      "within a second, the later id by code points, not by UTF-16 code units",
      { id: "tag:\u{1f600}" },
      { id: "tag:\uffe6" },
    ],
  ])("has first %s", (_, first, second) => {
    const [a, b] = [item({ published: 1, id: "tag:x", ...first }), item({ published: 1, id: "tag:x", ...second })];
    expect([b, a].sort(newestFirst)).toEqual([a, b]);
    expect([a, b].sort(newestFirst)).toEqual([a, b]);
  });

  it("is equal for a story and itself", () => {
    expect(newestFirst(item({ id: "tag:a" }), item({ id: "tag:a" }))).toBe(0);
  });
});

it("texts are compared by code points, at the ends of each range too", () => {
  const ascending = [
    "",
    "a",
    "aa",
    "b",
    "\ud7ff",
    "\ue000",
    "\uffff",
    "\u{10000}",
    "\u{103fe}",
    "\u{103ff}",
    "\u{10ffff}",
  ];
  for (const [index, a] of ascending.entries()) {
    for (const [other, b] of ascending.entries()) {
      expect([a, b, Math.sign(compareText(a, b))]).toEqual([a, b, Math.sign(index - other)]);
      expect(Math.sign(compareText(`x${a}`, `x${b}`))).toBe(Math.sign(index - other));
    }
  }
  expect(compareText("\u{10000}", "\u{10001}")).toBeLessThan(0);
});
