import { describe, expect, it } from "vitest";
import { newestFirst } from "../../src/model/newest-first.ts";
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
