import { describe, expect, it } from "vitest";
import { shorten } from "../../../src/content/story/shorten.ts";

describe("a shortened text", () => {
  it("is the text itself if that is short", () => {
    expect(shorten("One, two.", 280)).toBe("One, two.");
    expect(shorten("x".repeat(280), 280)).toBe("x".repeat(280));
  });

  it("ends with a whole word and an ellipsis", () => {
    expect(shorten(`${"word ".repeat(54)}last, and more words than fit`, 280)).toBe(`${"word ".repeat(54)}last…`);
  });

  it.each([
    ["Chinese, without spaces", "漢".repeat(400)],
    ["families of emoji", "👩‍👩‍👧‍👦".repeat(60)],
    ["letters with marks", "e\u{301}\u{323}".repeat(150)],
    ["Arabic with marks", "مَرْحَبًا ".repeat(60)],
    ["flags", "🇩🇪".repeat(120)],
  ])("cuts nothing in two: %s", (_, paragraph) => {
    const summary = shorten(paragraph, 280);
    expect(summary.length).toBeLessThanOrEqual(280);
    expect(summary.length).toBeGreaterThan(200);
    const whole = Array.from(new Intl.Segmenter("en").segment(paragraph.trimEnd()), ({ segment }) => segment);
    const cut = Array.from(new Intl.Segmenter("en").segment(summary.slice(0, -1)), ({ segment }) => segment);
    expect(cut).toEqual(whole.slice(0, cut.length));
  });
});

it.each([
  ["abcdefghij", 10, "abcdefghij"],
  ["abcdefghijk", 10, "abcdefghi…"],
  ["abcde fghijk", 10, "abcde fgh…"],
  ["abcdef ghijk", 10, "abcdef…"],
  ["abcdefgh ijk", 10, "abcdefgh…"],
  ["abcdefghi jk", 10, "abcdefghi…"],
  ["abcdef ,;:·|–—- gh", 12, "abcdef…"],
  ["abcdefgh😀jk", 10, "abcdefgh…"],
  ["abcdefg😀ijk", 10, "abcdefg😀…"],
  ["abcdefg👍🏽xyz", 10, "abcdefg…"],
])("%j in %i units is %j", (text, maxLength, shortened) => {
  expect(shorten(text, maxLength)).toBe(shortened);
});
