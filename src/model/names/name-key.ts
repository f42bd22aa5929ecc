// The key of a name is its segment in URLs. Names that differ have different keys, except for case, white space and Unicode
// normal form; each key says which name it is of. Letters and digits of any script stand for themselves, with their marks;
// `-` is a blank, `_` a hyphen; anything else stands between two `~`: `c~plus-plus~` is C++.
//
// All of ASCII in a key is unreserved in URLs (RFC 3986 §2.3). A full stop is not used, since a segment of dots, a file
// name that begins with one, or a URL that ends in one mean something else to servers and to whoever finds URLs in texts.

/** The commonest symbols have a word. None is a hexadecimal number: any other character has that of its code point. */
const WORDS: ReadonlyMap<string, string> = new Map([
  ["+", "plus"],
  ["#", "hash"],
  ["&", "and"],
  [".", "dot"],
  ["/", "slash"],
  [",", "comma"],
  ["'", "apostrophe"],
  [":", "colon"],
  ["!", "exclamation"],
  ["?", "question"],
  ["@", "at"],
  ["%", "percent"],
  ["$", "dollar"],
  ["_", "underscore"],
]);

/** A name without what makes no other name of it: case, number and kind of blanks, Unicode normal form. */
export const foldName = (name: string): string =>
  name
    .normalize("NFC")
    .toLowerCase()
    .normalize("NFC")
    .replace(/\p{White_Space}+/gu, " ")
    .replace(/^ | $/g, "");

const symbolName = (symbol: string): string => WORDS.get(symbol) ?? symbol.codePointAt(0)?.toString(16) ?? "";

const encodePart = (part: string): string => {
  if (part === " ") return "-";
  if (part === "-") return "_";
  return /^[\p{L}\p{N}]/u.test(part) ? part : `~${Array.from(part, symbolName).join("-")}~`;
};

/** The key of a tag, or of an author who is written out in a story. Knows nothing of other names. */
export const keyOfName = (name: string): string =>
  // A mark counts as a symbol where it has no letter: it would be one of the hyphen that stands for the blank before it.
  foldName(name).replace(/ |-|(?:[\p{L}\p{N}]\p{M}*)+|[^\p{L}\p{N} -]+/gu, encodePart);
