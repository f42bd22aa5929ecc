import { describe, expect, it } from "vitest";
import { headlineOf } from "../../src/model/headline.ts";

describe("what names a story", () => {
  it("is its title", () => {
    expect(headlineOf({ title: "The title", summary: "The text." })).toBe("The title");
  });

  it("is without a title the first words of its text, whole ones, with an ellipsis where there are more", () => {
    expect(headlineOf({ title: "", summary: "A micro post." })).toBe("A micro post.");
    const headline = headlineOf({ title: "", summary: "word ".repeat(50).trim() });
    expect(headline).toBe(`${"word ".repeat(15).trim()}…`);
    expect(headline.length).toBeLessThanOrEqual(80);
  });
});
