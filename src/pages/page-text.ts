import { type Html, trusted } from "./html.ts";

/** A tag as the compiler writes it: attributes are in double quotes, and a `<` in text is a character reference. */
const TAG = /<[^<>"]*(?:"[^"]*"[^<>"]*)*>/g;

const adapt = (tag: string): string => {
  const [, name, rest = ""] = /^<(pre|table|input)(?=[ />])(.*)$/s.exec(tag) ?? [];
  if (name === undefined) return tag;
  if (name !== "input") return `<${name} tabindex="0"${rest}`;
  return / checked(?![\w-])/.test(rest.replaceAll(/"[^"]*"/g, "")) ? "☑" : "☐";
};

/**
 * Renders a text's sanitised HTML for a page. What may be wider than a phone, code and tables, can have the focus, so that the keyboard
 * scrolls it in every browser. The boxes of task lists, which nobody can change and nothing labels, are characters, which screen
 * readers know in their own language.
 */
export const renderPageText = (text: string): Html =>
  trusted(/<(?:pre|table|input)[ />]/.test(text) ? text.replace(TAG, adapt) : text);
