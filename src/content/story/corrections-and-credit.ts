import type { ElementContent } from "hast";
import { toHtml } from "hast-util-to-html";
import type { Correction, Source } from "../../model/item.ts";
import type { SiteContext } from "../compile-context.ts";

const element = (
  tagName: string,
  properties: Readonly<Record<string, string>>,
  ...children: readonly (ElementContent | string)[]
): ElementContent => ({
  type: "element",
  tagName,
  properties: { ...properties },
  children: children.map((child) => (typeof child === "string" ? { type: "text", value: child } : child)),
});

const correctionParagraph = ({ at, note }: Correction, label: string): ElementContent => {
  const dateTime = new Date(at).toISOString();
  const date = element("time", { dateTime }, dateTime.slice(0, 10));
  return element("p", {}, element("strong", {}, label), " (", date, `): ${note}`);
};

const creditParagraph = ({ title, url, author }: Source, label: string): ElementContent =>
  element(
    "p",
    {},
    `${label}: `,
    url === undefined ? title : element("a", { href: url }, title),
    author === undefined ? "" : `, ${author}`,
  );

/**
 * What stands at the end of the full text in every format: each correction, then the credit of the source that the
 * story rests on. Returns HTML paragraphs, or an empty text if there are neither.
 */
export const renderCorrectionsAndCredit = (
  source: Source | undefined,
  corrections: readonly Correction[],
  { words }: SiteContext["channel"],
): string => {
  const corrected = corrections.map((correction) => correctionParagraph(correction, words.correction));
  const credited = source === undefined ? [] : [creditParagraph(source, words.source)];
  return [...corrected, ...credited].map((paragraph) => toHtml(paragraph)).join("\n");
};
