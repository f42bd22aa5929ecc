import { describe, expect, it } from "vitest";
import { isValidDescriptor, parseSrcset } from "../../../src/content/body/srcset.ts";

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
    ["a", [["a", ""]]],
    [
      "a 2x, b 3x",
      [
        ["a", "2x"],
        ["b", "3x"],
      ],
    ],
    ["a.png,,,", [["a.png", ""]]],
    ["a.png,b.png", [["a.png,b.png", ""]]],
    [
      "a.png\n2x,\nb.png\t3x",
      [
        ["a.png", "2x"],
        ["b.png", "3x"],
      ],
    ],
    [
      "https://example.org/a?size=1,2 2x, https://example.org/b,c 3x",
      [
        ["https://example.org/a?size=1,2", "2x"],
        ["https://example.org/b,c", "3x"],
      ],
    ],
    [
      "a.png, b.png",
      [
        ["a.png", ""],
        ["b.png", ""],
      ],
    ],
    ["", []],
    [" , ", []],
  ])("%j is split into the candidates that browsers see", (text, candidates) => {
    expect(parseSrcset(text).map(({ url, descriptor }) => [url, descriptor])).toEqual(candidates);
  });

  it.each([
    ["a.png 2y", "2y"],
    ["a.png 640w  2x", "640w 2x"],
    ["a.png 480h", "480h"],
    ["a.png 640.5w", "640.5w"],
    ["a.png -1x", "-1x"],
    ["a.png +2x", "+2x"],
    ["a.png 2.x", "2.x"],
    ["a.png x", "x"],
  ])("%j keeps the descriptor %j, which browsers do not understand, for the message", (text, written) => {
    const [candidate] = parseSrcset(text);
    expect(candidate?.descriptor).toBe(written);
    expect(isValidDescriptor(written)).toBe(false);
  });

  it.each(["", "640w", "2x", "1.5x", ".5x", "1e3x"])("%j is a descriptor that browsers understand", (descriptor) => {
    expect(isValidDescriptor(descriptor)).toBe(true);
  });
});
