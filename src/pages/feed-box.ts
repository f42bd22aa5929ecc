import { fill } from "../model/words/template.ts";
import type { Words } from "../model/words/words.ts";
import { type Html, html } from "./html.ts";
import { appLink, readers } from "./readers.ts";

const renderReaderLinks = (url: string, name: string, { addToReader, feedApp, labelled }: Words): Html => {
  const links = [
    ...readers.map((reader) => ({ name: reader.name, href: reader.link + encodeURIComponent(url) })),
    { name: feedApp, href: appLink(url) },
  ];
  const label = fill(labelled, { label: addToReader, content: name });
  return html`<ul class="readers" aria-label="${label}">
${links.map((link) => html`<li><a href="${link.href}" rel="nofollow noopener">${link.name}</a></li>\n`)}</ul>
`;
};

/**
 * Renders the address of a feed in a field to copy it from, and links by which feed readers add it. `id` is that of the field, and
 * `name` what people call the feed. Without our script the button stays hidden, and the field can be selected.
 */
export const renderFeedBox = (id: string, url: string, name: string, words: Words): Html =>
  html`<p class="feed-address"><label for="${id}">${words.feedAddress}</label>
<input id="${id}" type="url" value="${url}" dir="ltr" readonly> <button type="button" data-copies="${id}" data-copied="${words.copied}" hidden>${words.copy}</button> <output for="${id}"></output></p>
${renderReaderLinks(url, name, words)}`;

/** Renders the element that loads our script. */
export const renderScriptElement = (url: string): Html => html`<script src="${url}" defer></script>\n`;
