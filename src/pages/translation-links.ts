import type { Channel } from "../model/channel.ts";
import type { Item } from "../model/item.ts";
import { type Html, html } from "./html.ts";

/**
 * Renders links to a story in its languages for the heads of their pages, each of which names all of them, itself too; the one for
 * readers of any other language is the original (https://developers.google.com/search/docs/specialty/international/localized-versions).
 * A version whose original is at another address can't be among them: that address does not name the others. Undefined if there is
 * one language only, or `item` is such a version.
 */
export const renderTranslationLinks = (
  item: Item,
  { versions, original }: { readonly versions: readonly Item[]; readonly original?: Item },
  channel: Channel,
): Html | undefined => {
  const own = versions.filter(({ canonical }) => canonical === undefined);
  if (own.length < 2 || item.canonical !== undefined) return undefined;
  const links = [
    ...own.map(({ url, language = channel.language }) => ({ url, language })),
    ...(original === undefined || !own.includes(original) ? [] : [{ url: original.url, language: "x-default" }]),
  ];
  return html`${links.map(({ url, language }) => html`<link rel="alternate" hreflang="${language}" href="${url}">\n`)}`;
};
