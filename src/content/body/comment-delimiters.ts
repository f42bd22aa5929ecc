/**
 * What begins and ends a piece of raw HTML that shows nothing (CommonMark 0.31.2 §4.6, conditions 2 to 5). The first
 * opener that fits is meant.
 */
export const COMMENT_DELIMITERS: readonly (readonly [opener: string, closer: string])[] = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
  ["<!", ">"],
];
