import { renderLicenseDocument } from "../formats/license-document.ts";
import { RSL_MEDIA_TYPE } from "../formats/modules/rsl.ts";
import { rss } from "../formats/rss.ts";
import { republishPath, viewPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import { NO_DATE } from "../model/instant.ts";
import { type Author, headlineOf, type Item, linkOf } from "../model/item.ts";
import { type Attachment, type Image, pixelsOf } from "../model/media.ts";
import { isSameRights, mayRepublish, rightsOf, rightsOfChannel, statedLicense } from "../model/rights.ts";
import { isInNamedFeed } from "../model/selection.ts";
import { MAIN_VIEW, type View } from "../model/view.ts";
import { fill } from "../model/words/template.ts";
import type { Words } from "../model/words/words.ts";
import { wordsOf } from "../model/words/words-of.ts";
import { fillHtml, Html, html, trusted } from "./html.ts";
import { renderFeedLinks, renderLayout, renderLicenseLink } from "./layout.ts";
import { renderNewsArticle } from "./news-article.ts";
import { renderTime } from "./time.ts";

const rssPath = (kind: "section" | "tag", key: string): string =>
  `${viewPath({ scope: { kind, key }, text: "full" })}/${rss.fileName}`;

const renderAuthor = ({ name, url }: Author): Html =>
  url === undefined ? html`${name}` : html`<a href="${url}" rel="author">${name}</a>`;

const renderByline = (item: Item, { url }: Channel, language: string, { labelled, list, updated }: Words): Html => {
  const { section, utcOffsetSeconds = { published: 0, updated: 0 } } = item;
  const [author, ...otherAuthors] = item.authors.map(renderAuthor);
  const parts = [
    author && otherAuthors.reduce((first, next) => fillHtml(list, { first, next }), author),
    item.published !== NO_DATE && renderTime(item.published, utcOffsetSeconds.published, language),
    item.updated > item.published &&
      fillHtml(labelled, { label: updated, content: renderTime(item.updated, utcOffsetSeconds.updated, language) }),
    section && html`<a href="${url}${rssPath("section", section.key)}">${section.name}</a>`,
  ].filter((part) => part instanceof Html);
  return html`<p class="byline">${parts.map((part, index) => html`${index > 0 ? " · " : ""}${part}`)}</p>\n`;
};

const renderSize = (image: Image): Html | undefined => {
  const { width, height } = pixelsOf(image);
  return width === undefined || height === undefined ? undefined : html` width="${width}" height="${height}"`;
};

const renderFigure = ({ image }: Item): Html | undefined =>
  image &&
  html`<figure><img src="${image.url}" alt="${image.alt}"${renderSize(image)}>${image.credit && html`<figcaption>${image.credit}</figcaption>`}</figure>\n`;

/** The last segment of a URL, decoded for people if it is percent-encoded UTF-8. */
const fileNameOf = (url: string): string => {
  const name = url.replace(/^.*\//s, "");
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

/** At most four digits, since languages group more of them in different ways. */
const sizeOf = (length: number, { bytes, kilobytes, megabytes }: Words): string => {
  if (length < 10_000) return fill(bytes, { number: length });
  if (length < 10_000_000) return fill(kilobytes, { number: Math.round(length / 1000) });
  return fill(megabytes, { number: Math.round(length / 1_000_000) });
};

const renderAttachment = ({ url, type, title, length }: Attachment, words: Words): Html => {
  const text = html`<a href="${url}" type="${type}">${title ?? fileNameOf(url)}</a>`;
  const details = length === undefined ? type : fill(words.list, { first: type, next: sizeOf(length, words) });
  return html`<li>${fillHtml(words.inParentheses, { text, details })}</li>\n`;
};

/** The licence of a story whose rights are its own, on its page too: a copy of the page has it then (RSL 1.0 §4.6.2). */
const renderLicenseTerms = (item: Item, channel: Channel): Html | undefined => {
  const rights = rightsOf(channel, item);
  if (rights === undefined || isSameRights(rights, rightsOfChannel(channel))) return undefined;
  const document = renderLicenseDocument([{ location: item.url, rights }]);
  return trusted(`<script type="${RSL_MEDIA_TYPE}">\n${document}</script>\n`);
};

/**
 * Renders a story's own page, with metadata for search engines and links to feeds in its head. `links` are further elements of the
 * head, such as links to its translations.
 */
export const renderArticlePage = (item: Item, channel: Channel, links?: Html): string => {
  const { language = channel.language } = item;
  const words = wordsOf(channel, language);
  const hasFeed = item.feeds === undefined;
  const view: View = hasFeed ? { scope: { kind: "article", key: item.slug }, text: "full" } : MAIN_VIEW;
  return renderLayout(channel, {
    title: headlineOf(item),
    description: item.summary,
    canonical: linkOf(item),
    language,
    view,
    namedFeeds: channel.feeds.filter((feed) => isInNamedFeed(item, feed, channel.language)),
    head: html`${links}${renderLicenseLink(statedLicense(channel, item))}${renderLicenseTerms(item, channel)}${renderNewsArticle(item, channel)}`,
    body: html`<article dir="auto">
<h1${item.title === "" ? html` class="sr-only"` : ""}>${headlineOf(item)}</h1>
${renderByline(item, channel, language, words)}${renderFigure(item)}${trusted(item.html)}
${item.attachments.length > 0 ? html`<ul class="attachments">\n${item.attachments.map((attachment) => renderAttachment(attachment, words))}</ul>\n` : ""}</article>
<p class="tags">${item.tags.map(({ key, name }) => html`<a href="${channel.url}${rssPath("tag", key)}" rel="tag">${name}</a> `)}</p>
${hasFeed ? html`<p class="feeds">${fillHtml(words.labelled, { label: words.followThisStory, content: renderFeedLinks(channel, view) })}</p>\n` : ""}${mayRepublish(channel, item) ? html`<p class="republish"><a href="${channel.url}${republishPath(item.slug)}">${words.republish}</a></p>\n` : ""}`,
  });
};
