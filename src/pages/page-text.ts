import { type Html, trusted } from "./html.ts";

/** A tag as the compiler writes it: attributes are in double quotes, and a `<` in text is a character reference. */
const TAG = /<[^<>"]*(?:"[^"]*"[^<>"]*)*>/g;

const withoutValues = (attributes: string): string => attributes.replaceAll(/"[^"]*"/g, "");

const LAZY = ' loading="lazy" decoding="async"';

const adapt = (tag: string): string => {
  const [, name, rest = ""] = /^<(pre|table|input|img)(?=[ />])(.*)$/s.exec(tag) ?? [];
  if (name === undefined) return tag;
  if (name === "img") return / loading(?![\w-])/.test(withoutValues(rest)) ? tag : `<img${LAZY}${rest}`;
  if (name !== "input") return `<${name} tabindex="0"${rest}`;
  return / checked(?![\w-])/.test(withoutValues(rest)) ? "☑" : "☐";
};

/** One level lower, but that there is no seventh. */
const lowerHeading = (tag: string): string =>
  tag.replace(/^(<\/?h)([1-5])(?=[ >])/, (_, start: string, level: string) => `${start}${Number(level) + 1}`);

/**
 * Renders a text's sanitised HTML for a page. What may be wider than a phone, code and tables, can have the focus, so that the keyboard
 * scrolls it in every browser. The boxes of task lists, which nobody can change and nothing labels, are characters, which screen
 * readers know in their own language. Pictures are loaded when a reader comes near them. The headings of a text that has some of the
 * first level, which is that of the page's title, are all a level lower.
 */
export const renderPageText = (text: string): Html => {
  const hasTopHeading = /<h1[ >]/.test(text);
  return trusted(
    hasTopHeading || /<(?:pre|table|input|img)[ />]/.test(text)
      ? text.replace(TAG, (tag) => (hasTopHeading ? lowerHeading(adapt(tag)) : adapt(tag)))
      : text,
  );
};
