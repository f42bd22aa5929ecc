// Everything but Char of XML 1.0 (fifth edition, §2.2): controls other than tab, line feed and carriage return, lone
// surrogates, U+FFFE and U+FFFF.
const ILLEGAL = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** A character that no XML document can hold. */
export interface IllegalCharacter {
  /** As the subject of a sentence, such as "The control character U+0001". */
  readonly name: string;
  /** Where it is in the text, in UTF-16 units from 0. */
  readonly offset: number;
}

const nameOf = (character: string): string => {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).toUpperCase().padStart(4, "0");
  if (code >= 0xd800 && code <= 0xdfff) return `The lone surrogate U+${hex}`;
  return code < 0x20 ? `The control character U+${hex}` : `The noncharacter U+${hex}`;
};

/** Every illegal character of a text, in order. */
export const findIllegalCharacters = (text: string): readonly IllegalCharacter[] =>
  Array.from(text.matchAll(ILLEGAL), (match) => ({ name: nameOf(match[0]), offset: match.index }));

/** A text without its illegal characters. */
export const withoutIllegalCharacters = (text: string): string => text.replace(ILLEGAL, "");
