import { republishHtml } from "../formats/republish-html.ts";
import type { Channel } from "../model/channel.ts";
import { headlineOf, type Item, linkOf } from "../model/item.ts";
import { attributionLine } from "../model/partners/partner-item.ts";
import { licenseOf } from "../model/rights.ts";
import { MAIN_VIEW } from "../model/view.ts";
import { fill } from "../model/words/template.ts";
import type { Words } from "../model/words/words.ts";
import { wordsOf } from "../model/words/words-of.ts";
import { fillHtml, html, trusted } from "./html.ts";
import { renderLayout, renderLicenseLink } from "./layout.ts";

/** The HTML of a story that others put into a page of theirs: all that it needs, and nothing that tells us of their readers. */
const renderCopy = (item: Item, channel: Channel, { list, attribution }: Words): string => {
  const [author, ...otherAuthors] = item.authors.map(({ name }) => name);
  const byline = author && otherAuthors.reduce((first, next) => fill(list, { first, next }), author);
  return html`<link rel="canonical" href="${linkOf(item)}">
<h1>${headlineOf(item)}</h1>
${byline && html`<p>${byline}</p>\n`}${trusted(republishHtml(item))}
${trusted(attributionLine(channel, item, attribution))}
`.text;
};

/** Renders the page with a story's HTML for others to publish, in the story's language. It is not to be found by searching. */
export const renderRepublishPage = (item: Item, channel: Channel): string => {
  const { language = channel.language } = item;
  const words = wordsOf(channel, language);
  const { republish, republishDetail, license, labelled } = words;
  const href = licenseOf(channel, item);
  return renderLayout(channel, {
    title: fill(labelled, { label: republish, content: headlineOf(item) }),
    description: republishDetail,
    canonical: linkOf(item),
    language,
    view: MAIN_VIEW,
    namedFeeds: [],
    head: html`<meta name="robots" content="noindex">\n${renderLicenseLink(href)}`,
    body: html`<h1>${republish}</h1>
<p><a href="${item.url}">${headlineOf(item)}</a></p>
<p dir="auto">${republishDetail}</p>
${href && html`<p>${fillHtml(labelled, { label: license, content: html`<a href="${href}" rel="license">${href}</a>` })}</p>\n`}<textarea readonly rows="20" dir="auto" aria-label="HTML">
${renderCopy(item, channel, words)}</textarea>
`,
  });
};
