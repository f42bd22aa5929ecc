// Of an emoji such as ❤️, only the mark that makes it colourful would be left.
const MARKS_WITHOUT_LETTER = /(?<![\p{L}\p{M}\p{N}])\p{M}+/gu;

/**
 * A title as the name of a file: lower case, letters and digits of any script, `-` between words. Empty if it has no
 * letters or digits. Different titles may have one slug, so names have keys instead (name-key.ts); until 0.2 they had
 * slugs.
 */
export const slugify = (name: string): string =>
  name
    .normalize("NFC")
    .toLowerCase()
    .replace(MARKS_WITHOUT_LETTER, "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");
