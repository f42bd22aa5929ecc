import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { msn } from "../../src/dialects/msn.ts";
import { lengthOf, shortTitleOf } from "../../src/dialects/short-title.ts";
import { msnName } from "../formats/support/names.ts";
import { render } from "../formats/support/render.ts";
import { sampleFeed, sampleItem } from "../formats/support/samples.ts";
import { childOf, readXml, textOf } from "../formats/support/xml-reader.ts";

const shortTitleIn = (title: string): string | undefined =>
  textOf(
    childOf(childOf(readXml(render(msn, sampleFeed({ items: [sampleItem({ title })] }))), "channel"), "item"),
    msnName("shortTitle"),
  );

describe("the short title for MSN", () => {
  it("is there from 151 characters on", () => {
    expect(shortTitleIn("x".repeat(150))).toBeUndefined();
    expect(shortTitleIn("x".repeat(151))).toBe(`${"x".repeat(53)}…`);
    expect(shortTitleOf("😀".repeat(150))).toBeUndefined();
  });

  it("ends with a word, without the sign after it", () => {
    const title = `The council, which met on a Sunday in the old harbour, ${"and so on ".repeat(20)}`;
    expect(shortTitleIn(title)).toBe("The council, which met on a Sunday in the old…");
    expect(shortTitleOf(`${"word ".repeat(9)}ending, ${"x".repeat(200)}`)).toBe(`${"word ".repeat(9)}ending…`);
  });

  it("cuts no letter from its marks and no emoji in two", () => {
    expect(shortTitleOf(`${"x".repeat(52)}e\u0301${"x".repeat(200)}`)).toBe(`${"x".repeat(52)}…`);
    expect(shortTitleOf(`${"x".repeat(52)}👩\u200d👧${"x".repeat(200)}`)).toBe(`${"x".repeat(52)}…`);
    expect(shortTitleOf(`${"x".repeat(51)}👩\u200d👧${"x".repeat(200)}`)).toBe(`${"x".repeat(51)}…`);
  });

  it("has at most 54 characters, whatever the title is", () =>
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 151, maxLength: 300 }), (title) => {
        const short = shortTitleOf(title);
        expect(lengthOf(short ?? "")).toBeLessThanOrEqual(54);
        expect(short?.isWellFormed()).toBe(true);
        expect(short === undefined || title.startsWith(short.slice(0, -1))).toBe(true);
      }),
    ));
});
