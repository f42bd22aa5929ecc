import fc from "fast-check";
import { expect, it } from "vitest";
import { textDecode, textEncode } from "../../../src/lib/replacements/text-codec.ts";

// What the package gives: ASCII has seven bits, Latin-1 is the first 256 characters of Unicode.

it("each byte of ASCII and Latin-1 is its character", () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  expect(textDecode(bytes, "latin1")).toBe(String.fromCharCode(...bytes));
  expect(textDecode(bytes, "ascii")).toBe(String.fromCharCode(...bytes.map((byte) => byte & 0x7f)));
});

it("UTF-8 is read to its end, whatever is wrong in it, without its byte order mark", () => {
  expect(textDecode(Uint8Array.from([0xef, 0xbb, 0xbf, 0x61, 0xff, 0xc3, 0xa9]))).toBe("a\u{fffd}é");
});

it.each([
  ["ascii", fc.string({ unit: "binary-ascii" })],
  ["latin1", fc.uint8Array().map((bytes) => String.fromCharCode(...bytes))],
  ["utf-8", fc.string({ unit: "grapheme" })],
] as const)("text in %s is read as it was written", (encoding, texts) => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(textDecode(textEncode(text, encoding), encoding)).toBe(text);
    }),
  );
});
