import { describe, expect, it } from "vitest";
import { decode, MAX_TEXT_LENGTH } from "../../src/content/decode.ts";

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...new TextEncoder().encode(part)] : part)));

const messagesOf = (source: Uint8Array | string): readonly string[] =>
  decode("a.md", source).messages.map(({ line, column, reason }) => `${line}:${column} ${reason}`);

describe("decoding a file", () => {
  it.each([
    ["line feeds", "a\nb", "a\nb"],
    ["carriage returns of both kinds", "a\r\nb\rc", "a\nb\nc"],
    ["a byte order mark", "\u{feff}a", "a"],
  ])("gives the text of a file with %s", (_, source, text) => {
    expect(String(decode("a.md", source))).toBe(text);
    expect(String(decode("a.md", bytes(source)))).toBe(text);
    expect(messagesOf(bytes(source))).toEqual([]);
  });

  it.each([
    ["a byte of Latin-1", bytes("é\nab", [0xe9], "c"), "2:3", "0xE9"],
    ["a character that is cut off inside the text", bytes("a", [0xc3], "(b"), "1:2", "0xC3"],
    ["a character that is cut off at the end", bytes("a\nb", [0xe2, 0x82]), "2:2", "0xE2"],
    ["a lone surrogate", bytes("👩a", [0xed, 0xa0, 0x80]), "1:4", "0xED"],
    ["an overlong slash", bytes([0xc0, 0xaf]), "1:1", "0xC0"],
    ["a byte behind a mark and carriage returns", bytes("\u{feff}a\r\nb", [0xff]), "2:2", "0xFF"],
  ])("points at %s", (_, source, place, byte) => {
    expect(messagesOf(source)).toEqual([`${place} The byte ${byte} is not UTF-8. Save the file as UTF-8.`]);
  });

  it("keeps what can be read of a broken file in its place", () => {
    expect(String(decode("a.md", bytes("a", [0xe9], "b\nc")))).toBe("a\u{fffd}b\nc");
  });

  it.each([
    ["UTF-16", bytes([0xff, 0xfe, 0x61, 0]), "The file is UTF-16. Save it as UTF-8."],
    ["UTF-16, the other way round", bytes([0xfe, 0xff, 0, 0x61]), "The file is UTF-16. Save it as UTF-8."],
    ["a picture", bytes([0x89], "PNG\r\n", [0x1a, 0, 0, 0xff]), "The file is not text."],
  ])("reports only what it is of %s", (_, source, reason) => {
    expect(messagesOf(source)).toEqual([expect.stringContaining(reason)]);
    expect(String(decode("a.md", source))).toBe("");
  });

  it("reports each kind of illegal character once, at its first place", () => {
    expect(messagesOf("a\u{1}\u{1}\n\u{fffe}\u{1}\u{d800}")).toEqual([
      "1:2 The control character U+0001 can't stand in a feed. Delete it.",
      "2:1 The noncharacter U+FFFE can't stand in a feed. Delete it.",
      "2:3 The lone surrogate U+D800 can't stand in a feed. Delete it.",
    ]);
  });

  it("accepts a mebibyte and not one byte more", () => {
    expect(messagesOf("é".repeat(MAX_TEXT_LENGTH / 2))).toEqual([]);
    expect(messagesOf(`${"é".repeat(MAX_TEXT_LENGTH / 2)}a`)).toEqual([expect.stringMatching(/^1:1 .*1048577 bytes/)]);
  });
});
