/** Characters: MSN takes a longer title only with a short one beside it. */
export const MAX_TITLE_LENGTH = 150;

/** Characters of a short title. */
const MAX_SHORT_TITLE_LENGTH = 54;

/** Number of characters as people count them, nearly: an emoji of one code point is one. */
export const lengthOf = (text: string): number => [...text].length;

/** What belongs to the character before it: marks, joiners, variants, skin tones. */
const JOINED = /^[\p{M}\p{Emoji_Modifier}\u200d]/u;

/**
 * A short title for one that MSN takes only with a short one: its first words, with an ellipsis; undefined for any other. Never
 * cuts a letter from its marks.
 */
export const shortTitleOf = (title: string): string | undefined => {
  const characters = [...title];
  if (characters.length <= MAX_TITLE_LENGTH) return undefined;
  let end = MAX_SHORT_TITLE_LENGTH - 1;
  while (end > 1 && (JOINED.test(characters[end] ?? "") || characters[end - 1] === "\u200d")) end--;
  const start = characters.slice(0, end).join("");
  const space = start.lastIndexOf(" ");
  const words = characters[end] === " " || space < start.length / 2 ? start : start.slice(0, space);
  return `${words.replace(/[\s,;:·|–—-]+$/u, "")}…`;
};
