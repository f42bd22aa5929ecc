// Of an emoji such as ❤️, only the mark that makes it colourful would be left.
const MARKS_WITHOUT_LETTER = /(?<![\p{L}\p{M}\p{N}])\p{M}+/gu;

/**
 * A name for people as a name for URLs: lower case, letters and digits of any script, `-` between words. Empty if the
 * name has no letters or digits.
 */
export const slugify = (name: string): string =>
  name
    .normalize("NFC")
    .toLowerCase()
    .replace(MARKS_WITHOUT_LETTER, "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
