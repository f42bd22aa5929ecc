import { describe, expect, it } from "vitest";
import { newestFirst } from "../../src/model/newest-first.ts";
import { sampleItem as item } from "../formats/support/samples.ts";

describe("the order of feeds", () => {
  it.each([
    ["the later one", { published: 2 }, { published: 1 }],
    ["of one second, the id that comes last", { id: "tag:b" }, { id: "tag:a" }],
    ["of one second, the longer id", { id: "tag:ab" }, { id: "tag:a" }],
    ["of one second, by code points and not by the units of UTF-16", { id: "tag:\u{1f600}" }, { id: "tag:\uffe6" }],
  ])("puts first %s", (_, first, second) => {
    const [a, b] = [item({ published: 1, id: "tag:x", ...first }), item({ published: 1, id: "tag:x", ...second })];
    expect([b, a].sort(newestFirst)).toEqual([a, b]);
    expect([a, b].sort(newestFirst)).toEqual([a, b]);
  });

  it("finds a story equal to itself", () => {
    expect(newestFirst(item({ id: "tag:a" }), item({ id: "tag:a" }))).toBe(0);
  });
});
