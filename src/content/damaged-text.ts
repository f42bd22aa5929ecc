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

/** Those of Windows-1251 for the bytes from 0x80 to 0xBF, and for those with which Cyrillic letters begin in UTF-8. */
const WINDOWS_1251 = "ЂЃ‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—\u{98}™љ›њќћџ\u{A0}ЎўЈ¤Ґ¦§Ё©Є«¬\u{AD}®Ї°±Ііґµ¶·ё№є»јЅѕї";

const byteIn =
  (encoding: string) =>
  (character: string): number => {
    if (encoding === WINDOWS_1251 && /[РС]/.test(character)) return character === "Р" ? 0xd0 : 0xd1;
    const byte = encoding.indexOf(character);
    return byte < 0 ? character.charCodeAt(0) : 0x80 + byte;
  };

const decode = (characters: string, encoding: string): string | undefined => {
  try {
    const bytes = Array.from(characters, byteIn(encoding));
    if (bytes.some((byte) => byte > 0xff)) return undefined;
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return undefined;
  }
};

/** The text whose UTF-8 was read in another encoding, perhaps twice, if these characters are one; undefined otherwise. */
const restore = (characters: string): string | undefined => {
  const once = decode(characters, /^[РС]/.test(characters) ? WINDOWS_1251 : WINDOWS_1252);
  if (once === undefined || once.length < 2) return once;
  return decode(once, WINDOWS_1252) ?? once;
};

/** What the bytes from 0x80 to 0xBF, which continue a character in UTF-8, look like in Windows-1252 and in Latin-1. */
const CONTINUATION = `[\u{80}-\u{BF}${WINDOWS_1252}]`;

/** Those of them that do not stand behind a word, as quotation marks, dashes and dots do. */
const SIGN = "[€‚ƒ„†‡ˆ‰‹•˜™›\u{A1}-\u{AA}\u{AC}-\u{B6}\u{B8}-\u{BA}\u{BC}-\u{BE}]";

/**
 * Characters of UTF-8 that were read as Windows-1252. Two that look so can be meant (`JOSÉ…`, `Spaß“`), so the first must be one
 * with which such text nearly always begins, or several must follow each other.
 */
const MISREAD = [
  `ï»¿|ï¿½`,
  `â[€„\u{80}\u{84}]${CONTINUATION}`,
  // A program that drops the control has left these two of the three characters of ”.
  `â€(?![\\p{L}\\p{N}])`,
  `ð[Ÿ\u{9F}]${CONTINUATION}{2}`,
  // One that makes spaces of all kinds equal has left this of à.
  `(?<!\\p{L})Ã (?=\\p{Ll})`,
  `(?<!\\p{Lu})Ã${CONTINUATION}(?:[ÂÃ]${CONTINUATION})*`,
  `(?<!\\p{Lu})Â[\u{A0}-\u{BF}]`,
  `(?<=\\p{Ll})[Ã-ÖØ-Þ]${CONTINUATION}`,
  `(?<!\\p{L})[ÃÄÅ]${SIGN}(?=\\p{Ll})`,
  `(?:[Â-ß]${CONTINUATION}){3,}`,
  `(?:[à-ï]${CONTINUATION}{2}){2,}`,
  `(?:[РС][${WINDOWS_1251}]){3,}`,
  `锟斤拷`,
];

/**
 * Controls that no text needs (XML 1.0 §2.2 discourages them), a byte order mark amid the text, and the signs for a picture or
 * other object and for what could not be read.
 */
const CONTROL = "[\u{7F}-\u{9F}\u{FEFF}\u{FFFC}\u{FFFD}]";

const DAMAGED = new RegExp([...MISREAD, CONTROL].join("|"), "gu");

/** No file gets more messages of this kind: a whole text may be damaged. */
const MAX_FOUND = 20;

const hexOf = (character: string): string =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");

/** What the byte of a control means in Windows-1252, which it mostly came from; undefined if nothing. */
export const meantByControl = (codePoint: number): string | undefined => {
  const meant = WINDOWS_1252[codePoint - 0x80];
  return meant === String.fromCharCode(codePoint) ? undefined : meant;
};

/** The same for the characters that a sign of damage has: what a program has left of two is known, and one alone is none. */
const meantBy = (characters: string): string | undefined => {
  if (characters === "Ã ") return "à";
  if (characters === "â€") return "”";
  return characters.length > 1 ? restore(characters) : undefined;
};

const explain = (characters: string): string | undefined => {
  const restored = meantBy(characters);
  if (characters === "\u{FEFF}")
    return "A byte order mark stands in the text, which shows nothing, or a box. Delete it.";
  if (characters === "\u{FFFC}") {
    return "The sign U+FFFC stands where a program had a picture, a file or the like. Write what was there, or delete it.";
  }
  if (characters === "\u{FFFD}" || characters === "锟斤拷" || restored === "\u{FFFD}") {
    return `${quote(characters)} stands where a program could not read a character. Write what was there.`;
  }
  if (restored === "\u{FEFF}") return `${quote(characters)} was a byte order mark. Delete it.`;
  if (restored !== undefined) {
    return `${quote(characters)} was probably ${quote(restored)}, read in the wrong encoding. Write that, or save the file as UTF-8 again.`;
  }
  if (characters.length > 1) return undefined;
  const meant = meantByControl(characters.charCodeAt(0));
  const advice = meant === undefined ? "Delete it." : `In Windows-1252 it is ${meant}; write that.`;
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
