import { describe, expect, it } from "vitest";
import { BACKGROUNDS, contrastOf, MIN_CONTRAST, readableOn } from "../../../src/model/pages/appearance.ts";

describe("the contrast of two colours", () => {
  it.each([
    ["#000000", "#ffffff", 21],
    ["#ffffff", "#000000", 21],
    ["#777777", "#ffffff", 4.48],
    ["#0000ff", "#ffffff", 8.59],
    ["#123456", "#123456", 1],
  ])("%s and %s is %d, as WCAG computes it", (one, other, contrast) => {
    expect(contrastOf(one, other)).toBeCloseTo(contrast, 2);
  });
});

describe("a colour that can be read on a background", () => {
  it.each(["#ffcc00", "#0b62a4", "#a3281c", "#777777", "#000000", "#ffffff"])("is made of %s", (color) => {
    for (const background of Object.values(BACKGROUNDS)) {
      const readable = readableOn(color, background);
      expect(readable).toMatch(/^#[\da-f]{6}$/);
      expect(contrastOf(readable, background)).toBeGreaterThanOrEqual(MIN_CONTRAST);
    }
  });

  it("is the colour itself, if that can be read", () => {
    expect(readableOn("#a3281c", BACKGROUNDS.light)).toBe("#a3281c");
  });
});
