import type { Channel } from "../model/channel.ts";
import { type Item, linkOf } from "../model/item.ts";
import { fillParts } from "../model/words/template.ts";
import { wordsOf } from "../model/words/words-of.ts";
import { escapeAttribute, escapeText } from "./xml.ts";

/**
 * The line at the end of a story that others publish, as an HTML paragraph: by whom it was published first, with a link to it.
 * `template` has the places `{publication}` and `{link}`; by default the words of the story's language.
 */
export const attributionLine = (
  channel: Pick<Channel, "language" | "title" | "words">,
  item: Item,
  template = wordsOf(channel, item.language ?? channel.language).attribution,
): string => {
  const url = linkOf(item);
  const link = { html: `<a href="${escapeAttribute(url)}">${escapeText(url)}</a>` };
  const parts = fillParts<string | typeof link>(template, { publication: channel.title, link });
  return `<p>${parts.map((part) => (typeof part === "string" ? escapeText(part) : part.html)).join("")}</p>`;
};
