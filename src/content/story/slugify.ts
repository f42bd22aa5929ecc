import type { Category } from "../../model/item.ts";

// Of an emoji such as ❤️, only the mark that makes it colourful would be left.
const MARKS_WITHOUT_LETTER = /(?<![\p{L}\p{M}\p{N}])\p{M}+/gu;

/** A name as it stands in URLs: lower case, letters and digits of any script, `-` between words; empty where none are left. */
export const slugify = (name: string): string =>
  name
    .normalize("NFC")
    .toLowerCase()
    .replace(MARKS_WITHOUT_LETTER, "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");

/** A tag as the writer spelled it, with its key. */
export const categoryOf = (name: string): Category => ({ key: slugify(name), name });
