/** What begins a piece of HTML that shows nothing, and what ends it; the first that fits is meant. */
export const COMMENTS: readonly (readonly [opener: string, closer: string])[] = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
  ["<?", "?>"],
  ["<!", ">"],
];
