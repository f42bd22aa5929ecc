import type { ElementContent } from "hast";
import { formatDateTime } from "../../model/dates/format-date-time.ts";
import type { Instant } from "../../model/instant.ts";
import type { Correction, Source } from "../../model/item.ts";
import { fillParts } from "../../model/words/template.ts";
import type { Words } from "../../model/words/words.ts";
import { wordsOf } from "../../model/words/words-of.ts";
import type { SiteContext } from "../compile-context.ts";
import { utcOffsetSeconds } from "../time-zone.ts";

type Content = readonly (ElementContent | string)[];

const element = (tagName: string, properties: Readonly<Record<string, string>>, children: Content): ElementContent => ({
  type: "element",
  tagName,
  properties: { ...properties },
  children: children.map((child) => (typeof child === "string" ? { type: "text", value: child } : child)),
});

const fill = (template: string, values: Readonly<Record<string, Content>>): Content =>
  fillParts(template, values).flat();

/** A date for people. The text around it may be written in the other direction, so it is isolated. */
const dateElement = (at: Instant, { timeZone }: SiteContext["channel"], language: string): ElementContent => {
  const date = formatDateTime(at, utcOffsetSeconds(timeZone, at), language);
  return element("bdi", {}, [element("time", { dateTime: new Date(at).toISOString() }, [date])]);
};

const correctionParagraph = (
  { at, note }: Correction,
  { correction, inParentheses, labelled }: Words,
  channel: SiteContext["channel"],
  language: string,
): ElementContent => {
  const text = [element("strong", {}, [correction])];
  const label = fill(inParentheses, { text, details: [dateElement(at, channel, language)] });
  return element("p", {}, fill(labelled, { label, content: [note] }));
};

const creditParagraph = ({ title, url, author }: Source, { source, labelled, list }: Words): ElementContent => {
  const publication = [url === undefined ? title : element("a", { href: url }, [title])];
  const content = author === undefined ? publication : fill(list, { first: publication, next: [author] });
  return element("p", {}, fill(labelled, { label: [source], content }));
};

/**
 * What stands at the end of the full text in every format: each correction, then the credit of the source that the
 * story rests on, in the words of `language`, which is the story's. Returns paragraphs, none if there are neither.
 */
export const correctionsAndCredit = (
  source: Source | undefined,
  corrections: readonly Correction[],
  channel: SiteContext["channel"],
  language: string,
): readonly ElementContent[] => {
  const words = wordsOf(channel, language);
  const corrected = corrections.map((correction) => correctionParagraph(correction, words, channel, language));
  const credited = source === undefined ? [] : [creditParagraph(source, words)];
  return [...corrected, ...credited];
};
