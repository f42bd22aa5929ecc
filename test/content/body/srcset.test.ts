import { describe, expect, it } from "vitest";
import { parseSrcset } from "../../../src/content/body/srcset.ts";

describe("a srcset", () => {
  it.each([
    ["a.png", [["a.png", ""]]],
    [
      "a.png 2x, b.png 640w",
      [
        ["a.png", "2x"],
        ["b.png", "640w"],
      ],
    ],
    [
      " ,a.png,, b.png 2x ,",
      [
        ["a.png", ""],
        ["b.png", "2x"],
      ],
    ],
    ["a,b.png 2x", [["a,b.png", "2x"]]],
    [
      "data:image/png;base64,AA== 1x, b",
      [
        ["data:image/png;base64,AA==", "1x"],
        ["b", ""],
      ],
    ],
    [
      "a (1,2) x, b",
      [
        ["a", "(1,2) x"],
        ["b", ""],
      ],
    ],
    ["", []],
    [" , ", []],
  ])("%j is read as browsers do", (text, candidates) => {
    expect(parseSrcset(text).map(({ url, descriptor: size }) => [url, size])).toEqual(candidates);
  });
});
