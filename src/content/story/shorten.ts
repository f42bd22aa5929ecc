/**
 * A text, or its beginning up to the end of a word, with an ellipsis; at most `maxLength` UTF-16 units. Never separates a letter
 * from its combining marks, and never cuts an emoji in two.
 */
export const shorten = (text: string, maxLength: number): string => {
  if (text.length <= maxLength) return text;
  let end = 0;
  let lastSpace = 0;
  for (const { segment, index } of new Intl.Segmenter("en", { granularity: "grapheme" }).segment(
    text.slice(0, maxLength + 50),
  )) {
    if (index + segment.length > maxLength - 1) break;
    if (segment === " ") lastSpace = index;
    end = index + segment.length;
  }
  const start = text.slice(0, lastSpace > maxLength / 2 ? lastSpace : end);
  return `${start.replace(/[\s,;:·|–—-]+$/u, "")}…`;
};
