import { describe, expect, it } from "vitest";
import { findDamagedText, meantByControl } from "../../src/content/damaged-text.ts";

/** The text as a program shows it that takes its UTF-8 for Latin-1. */
const misread = (text: string): string =>
  Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");

const wasProbably = (found: string, meant: string): string =>
  `\`${found}\` was probably \`${meant}\`, read in the wrong encoding. Write that, or save the file as UTF-8 again.`;

describe("the signs that a text was damaged", () => {
  it.each([
    ["a cafÃ© b", "Ã©", "é"],
    ["Ã la", "Ã ", "à"],
    ["Ã€ b", "Ã€", "À"],
    ["a â€œb", "â€œ", "“"],
    ["bâ€ a", "â€", "”"],
    ["bâ„¢ a", "â„¢", "™"],
    ["ðŸ˜€", "ðŸ˜€", "😀"],
    ["5 Â€", undefined, undefined],
    ["5 Â°C", "Â°", "°"],
    ["5Â°C", "Â°", "°"],
    ["SÂ°", undefined, undefined],
    ["straÃŸe", "ÃŸ", "ß"],
    ["Ã¶Ã¤", "Ã¶Ã¤", "öä"],
    ["JOSÉ…", undefined, undefined],
    ["Spaß“", undefined, undefined],
    ["Å‚a", "Å‚", "ł"],
    ["Å‚A", undefined, undefined],
    ["aÅ‚", "Å‚", "ł"],
    ["Î±Î²Î³", "Î±Î²Î³", "αβγ"],
    ["Î±Î²", undefined, undefined],
    ["ä¸­æ–‡", "ä¸­æ–‡", "中文"],
    ["ä¸­", undefined, undefined],
    ["РџСЂРё", "РџСЂРё", "При"],
    ["РџСЂР", undefined, undefined],
    ["РџСЂРё!", "РџСЂРё", "При"],
    ["РєР°Рє", "РєР°Рє", "как"],
    ["РєР°", undefined, undefined],
    [misread("é"), "Ã©", "é"],
    [misread("“"), misread("“"), "“"],
    [misread("…"), misread("…"), "…"],
    [misread(misread("é")), misread(misread("é")), "é"],
  ])("in %j are %j, which was %j", (text, found, meant) => {
    const reasons = findDamagedText(text).map((one) => [one.text, one.reason]);
    expect(reasons[0]).toEqual(
      found === undefined || meant === undefined
        ? undefined
        : [found, wasProbably(found.replace(/\p{Cc}/gu, "\u{FFFD}"), meant)],
    );
  });

  it.each([
    ["ï»¿", "`ï»¿` was a byte order mark. Delete it."],
    ["ï¿½", "`ï¿½` stands where a program could not read a character. Write what was there."],
    ["锟斤拷", "`锟斤拷` stands where a program could not read a character. Write what was there."],
    ["\u{FFFD}", "`\u{FFFD}` stands where a program could not read a character. Write what was there."],
    ["\u{FEFF}", "A byte order mark stands in the text, which shows nothing, or a box. Delete it."],
    [
      "\u{FFFC}",
      "The sign U+FFFC stands where a program had a picture, a file or the like. Write what was there, or delete it.",
    ],
    ["\u{7F}", "The control character U+007F shows nothing, or a box. Delete it."],
    ["\u{80}", "The control character U+0080 shows nothing, or a box. In Windows-1252 it is €; write that."],
    ["\u{81}", "The control character U+0081 shows nothing, or a box. Delete it."],
    ["\u{9F}", "The control character U+009F shows nothing, or a box. In Windows-1252 it is Ÿ; write that."],
  ])("are explained: %j", (text, reason) => {
    expect(findDamagedText(`a ${text} b`)).toEqual([{ text, reason, offset: 2 }]);
  });

  it.each(["\u{7E}", "\u{A0}", "\u{FFFB}", "é", "Â", "Ã", "â€x"])("are not %j", (text) => {
    expect(findDamagedText(`a${text}`)).toEqual([]);
  });

  it("are listed once each, where they stand first, and never more than twenty", () => {
    const controls = Array.from({ length: 21 }, (_, index) => String.fromCharCode(0x80 + index));
    const found = findDamagedText([...controls, ...controls].join(""));
    expect(found.map(({ text, offset }) => [text, offset])).toEqual(
      controls.slice(0, 20).map((text, index) => [text, index]),
    );
  });
});

it("a control of Windows-1252 means what that has at its place, or nothing", () => {
  const meant = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";
  for (const [index, character] of Array.from(meant).entries()) {
    expect([index, meantByControl(0x80 + index)]).toEqual([index, character === " " ? undefined : character]);
  }
});
