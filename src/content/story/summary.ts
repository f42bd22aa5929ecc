/** UTF-16 units. */
const MAX_LENGTH = 280;

/**
 * A summary made from a story's first paragraph: all of it, or its beginning up to the end of a word, with an
 * ellipsis. Never separates a letter from its combining marks, and never cuts an emoji in two.
 */
export const summarize = (paragraph: string): string => {
  if (paragraph.length <= MAX_LENGTH) return paragraph;
  let end = 0;
  let lastSpace = 0;
  for (const { segment, index } of new Intl.Segmenter("en", { granularity: "grapheme" }).segment(
    paragraph.slice(0, MAX_LENGTH + 50),
  )) {
    if (index + segment.length > MAX_LENGTH - 1) break;
    if (segment === " ") lastSpace = index;
    end = index + segment.length;
  }
  const start = paragraph.slice(0, lastSpace > MAX_LENGTH / 2 ? lastSpace : end);
  return `${start.replace(/[\s,;:–—-]+$/u, "")}…`;
};
