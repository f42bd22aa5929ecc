import type { Channel } from "../model/channel.ts";
import type { Item } from "../model/item.ts";
import { type Html, html } from "./html.ts";

/**
 * Renders links to a story in its languages for the heads of their pages, each of which names all of them, itself too; the one for
 * readers of any other language is the original (https://developers.google.com/search/docs/specialty/international/localized-versions).
 * Undefined if there is one language only.
 */
export const renderTranslationLinks = (
  versions: readonly Item[],
  original: Item | undefined,
  channel: Channel,
): Html | undefined => {
  if (versions.length < 2) return undefined;
  const links = [
    ...versions.map(({ url, language = channel.language }) => ({ url, language })),
    ...(original === undefined ? [] : [{ url: original.url, language: "x-default" }]),
  ];
  return html`${links.map(({ url, language }) => html`<link rel="alternate" hreflang="${language}" href="${url}">\n`)}`;
};
