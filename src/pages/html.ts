import { escapeHtml } from "../model/escape-html.ts";
import { fillParts } from "../model/words/template.ts";

/** HTML that is safe to send: made by `html`, or by `trusted` of text that is safe already. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = Html | string | number | false | undefined | readonly Value[];

const write = (value: Value): string => {
  if (value === undefined || value === false) return "";
  if (value instanceof Html) return value.text;
  return typeof value === "object" ? value.map(write).join("") : escapeHtml(String(value));
};

/**
 * A template tag for HTML. Values are escaped for text and for attributes in double quotes; undefined and false are nothing, a list is its
 * members one after another.
 */
export const html = (strings: TemplateStringsArray, ...values: readonly Value[]): Html =>
  new Html(strings.reduce((text, string, index) => text + write(values[index - 1]) + string));

/** Fills a template of words with HTML; the template's own text is escaped. */
export const fillHtml = (template: string, values: Readonly<Record<string, Html | string>>): Html =>
  html`${fillParts(template, values)}`;

/** Marks text as HTML that is not to be escaped: it comes from the model, which is sanitised, or is escaped already. */
export const trusted = (text: string): Html => new Html(text);
