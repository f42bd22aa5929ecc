import { describe, expect, it } from "vitest";
import { findIllegalCharacters } from "../../src/content/illegal-characters.ts";

describe("the characters that XML 1.0 can't hold", () => {
  it.each([
    [0x00, "The control character U+0000"],
    [0x08, "The control character U+0008"],
    [0x0b, "The control character U+000B"],
    [0x0e, "The control character U+000E"],
    [0x1f, "The control character U+001F"],
    [0xd800, "The lone surrogate U+D800"],
    [0xdbff, "The lone surrogate U+DBFF"],
    [0xdfff, "The lone surrogate U+DFFF"],
    [0xfffe, "The noncharacter U+FFFE"],
    [0xffff, "The noncharacter U+FFFF"],
  ])("hold %i: %s", (codePoint, name) => {
    expect(findIllegalCharacters(`a${String.fromCharCode(codePoint)}b`)).toEqual([{ name, offset: 1 }]);
  });

  it.each([0x09, 0x0a, 0x0d, 0x20, 0x7f, 0xd7ff, 0xe000, 0xfffd, 0x10000, 0x1fffe, 0x10ffff])(
    "do not hold %i",
    (codePoint) => {
      expect(findIllegalCharacters(`a${String.fromCodePoint(codePoint)}b`)).toEqual([]);
    },
  );

  it("are listed each time they stand in a text, in order", () => {
    expect(findIllegalCharacters("\u{2}\u{1F600}\u{1}\u{2}").map(({ offset }) => offset)).toEqual([0, 3, 4]);
  });
});
