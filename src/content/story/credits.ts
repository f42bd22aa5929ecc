import type { ElementContent } from "hast";
import { toHtml } from "hast-util-to-html";
import type { Channel } from "../../model/channel.ts";
import type { Correction, Source } from "../../model/item.ts";

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

const isoDate = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

/**
 * What every reader of the full text must see at its end, in whatever format: each correction, then
 * whose reporting the story rests on. HTML paragraphs, empty where there is nothing to say.
 */
export const renderCredits = (
  source: Source | undefined,
  corrections: readonly Correction[],
  { words }: Channel,
): string => {
  const corrected = corrections.map(({ at, note }) =>
    element(
      "p",
      {},
      element("strong", {}, words.correction),
      " (",
      element("time", { dateTime: new Date(at).toISOString() }, isoDate(at)),
      `): ${note}`,
    ),
  );
  const credited =
    source === undefined
      ? []
      : [
          element(
            "p",
            {},
            `${words.source}: `,
            source.url === undefined ? source.title : element("a", { href: source.url }, source.title),
            source.author === undefined ? "" : `, ${source.author}`,
          ),
        ];
  return [...corrected, ...credited].map((paragraph) => toHtml(paragraph)).join("\n");
};
