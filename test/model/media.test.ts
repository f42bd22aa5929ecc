import { describe, expect, it } from "vitest";
import { isPossibleSize, mediumOf, pixelsOf, soundFirst, wholeSeconds } from "../../src/model/media.ts";

describe("the size of a picture", () => {
  it.each([
    [1, 1, true],
    [0, 1, false],
    [1, 0, false],
    [-1, 1, false],
    [1.5, 1, false],
    [Number.NaN, 1, false],
    [100_000, 3000, true],
    [3000, 100_000, true],
    [100_001, 1, false],
    [1, 100_001, false],
    [30_000, 10_000, true],
    [30_001, 10_000, false],
  ])("%d × %d is possible: %s", (width, height, isPossible) => expect(isPossibleSize(width, height)).toBe(isPossible));

  it.each<[object, object]>([
    [{}, {}],
    [{ width: 3 }, { width: 3 }],
    [{ height: 3 }, { height: 3 }],
    [
      { width: 3, height: 4 },
      { width: 3, height: 4 },
    ],
    [{ width: 0 }, {}],
    [{ width: 3, height: 0 }, {}],
  ])("of %j is told as %j", (given, told) => {
    expect(pixelsOf({ url: "https://example.org/a.gif", alt: "", ...given })).toStrictEqual(told);
  });
});

it.each([
  ["audio/mpeg", "audio"],
  ["Video/MP4", "video"],
  ["IMAGE/gif", "image"],
  ["audio", "audio"],
  ["audiovisual/x", undefined],
  ["text/plain", undefined],
  ["", undefined],
])("the medium of %j is %s", (type, medium) => expect(mediumOf(type)).toBe(medium));

it("sound comes first, then film, then the rest, each in its order", () => {
  const types = ["image/a", "text/b", "video/c", "audio/d", "text/e", "audio/f", "video/g", "image/h"];
  const ordered = soundFirst(types.map((type) => ({ url: "https://example.org/", type })));
  expect(ordered.map(({ type }) => type.at(-1)).join("")).toBe("dfcgabeh");
});

it.each([
  [undefined, undefined],
  [0, 0],
  [Number.MIN_VALUE, 1],
  [0.4, 1],
  [0.5, 1],
  [1, 1],
  [1.4, 1],
  [1.5, 2],
  [2.5, 3],
  [59.999, 60],
])("%d s are %d whole seconds", (duration, whole) => {
  expect(
    wholeSeconds({ url: "https://example.org/", type: "audio/mpeg", ...(duration !== undefined && { duration }) }),
  ).toBe(whole);
});
