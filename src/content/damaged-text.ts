import { quote } from "./messages/messages.ts";

/** What shows that a text was damaged on its way: read in the wrong encoding, or by a program that could not read it. */
export interface DamagedText {
  /** As the subject of a sentence, with its verb and what to do. */
  readonly reason: string;
  /** The damaged characters. */
  readonly text: string;
  /** Where they are in the text, in UTF-16 units from 0. */
  readonly offset: number;
}

/** The characters that Windows-1252 has for the bytes from 0x80 to 0x9F; controls stand for those that it leaves free. */
const WINDOWS_1252 = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";

const byteOf = (character: string): number => {
  const code = character.charCodeAt(0);
  const byte = WINDOWS_1252.indexOf(character);
  return byte < 0 ? code : 0x80 + byte;
};

/** The text whose UTF-8 was read as Windows-1252, if these characters are one; undefined otherwise. */
const restore = (characters: string): string | undefined => {
  try {
    const bytes = Uint8Array.from(characters, byteOf);
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

/** What the bytes from 0x80 to 0xBF, which continue a character in UTF-8, look like in Windows-1252 and in Latin-1. */
const CONTINUATION = `[\u{80}-\u{BF}${WINDOWS_1252}]`;

/**
 * Characters of UTF-8 that were read as Windows-1252. Two that look so can be meant (`JOSÉ…`, `Spaß“`), so the first must be one
 * with which such text nearly always begins, or several must follow each other.
 */
const MISREAD = [
  `ï»¿|ï¿½`,
  `â[€„\u{80}\u{84}]${CONTINUATION}`,
  `ð[Ÿ\u{9F}]${CONTINUATION}{2}`,
  `(?<!\\p{Lu})Ã${CONTINUATION}`,
  `(?<!\\p{Lu})Â[\u{A0}-\u{BF}]`,
  `(?:[Â-ß]${CONTINUATION}){3,}`,
  `(?:[à-ï]${CONTINUATION}{2}){2,}`,
];

/** Controls that no text needs (XML 1.0 §2.2 discourages them), and the sign for what could not be read. */
const CONTROL = "[\u{7F}-\u{9F}\u{FFFD}]";

const DAMAGED = new RegExp([...MISREAD, CONTROL].join("|"), "gu");

/** No file gets more messages of this kind: a whole text may be damaged. */
const MAX_FOUND = 20;

const hexOf = (character: string): string =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");

const explain = (characters: string): string | undefined => {
  const restored = restore(characters);
  if (characters === "\u{FFFD}" || restored === "\u{FFFD}") {
    return `${quote(characters)} stands where a program could not read a character. Write what was there.`;
  }
  if (restored === "\u{FEFF}") return `${quote(characters)} was a byte order mark. Delete it.`;
  if (restored !== undefined) {
    return `${quote(characters)} was probably ${quote(restored)}, read in the wrong encoding. Write that, or save the file as UTF-8 again.`;
  }
  if (characters.length > 1) return undefined;
  const meant = WINDOWS_1252[characters.charCodeAt(0) - 0x80] ?? characters;
  const advice = meant === characters ? "Delete it." : `In Windows-1252 it is ${meant}; write that.`;
  return `The control character U+${hexOf(characters)} shows nothing, or a box. ${advice}`;
};

/** The signs of damage in a text, in order: each different one once, where it stands first. */
export const findDamagedText = (text: string): readonly DamagedText[] => {
  const found = new Map<string, DamagedText>();
  for (const { 0: characters, index: offset } of text.matchAll(DAMAGED)) {
    if (found.has(characters)) continue;
    const reason = explain(characters);
    if (reason !== undefined) found.set(characters, { reason, text: characters, offset });
    if (found.size >= MAX_FOUND) break;
  }
  return [...found.values()];
};
