import { renderLicenseDocument } from "../formats/license-document.ts";
import { RSL_MEDIA_TYPE } from "../formats/modules/rsl.ts";
import { republishPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import { NO_DATE } from "../model/instant.ts";
import { headlineOf, type Item, linkOf } from "../model/item.ts";
import { type Image, pixelsOf } from "../model/media.ts";
import { isSameRights, mayRepublish, rightsOf, rightsOfChannel, statedLicense } from "../model/rights.ts";
import { isInNamedFeed } from "../model/selection.ts";
import { MAIN_VIEW, type View } from "../model/view.ts";
import type { Words } from "../model/words/words.ts";
import { wordsOf } from "../model/words/words-of.ts";
import { renderAttachments } from "./attachments.ts";
import { renderMarkdownLink } from "./head/markdown-link.ts";
import { renderNewsArticle } from "./head/news-article.ts";
import { renderOembedLink } from "./head/oembed-link.ts";
import { fillHtml, Html, html, trusted } from "./html.ts";
import { renderLanguage } from "./language.ts";
import { renderFeedLinks, renderLayout, renderLicenseLink } from "./layout.ts";
import { longClass, renderAuthors, renderHeadline, renderSection, scopeUrl } from "./links.ts";
import { renderCard } from "./lists/story-list.ts";
import { renderPageText } from "./page-text.ts";
import { renderPicture } from "./picture.ts";
import { renderTime } from "./time.ts";

/** The stories that readers may go on to from a story. */
export interface FurtherStories {
  readonly related: readonly Item[];
  /** Those that were published before and after it. */
  readonly previous?: Item;
  readonly next?: Item;
}

const renderByline = (item: Item, channel: Channel, language: string, { labelled, list, updated }: Words): Html => {
  const { utcOffsetSeconds = { published: 0, updated: 0 } } = item;
  const parts = [
    renderAuthors(item, channel, list),
    item.published !== NO_DATE && renderTime(item.published, utcOffsetSeconds.published, language),
    item.updated > item.published &&
      fillHtml(labelled, { label: updated, content: renderTime(item.updated, utcOffsetSeconds.updated, language) }),
  ].filter((part) => part instanceof Html);
  return html`<p class="byline">${parts.map((part, index) => html`${index > 0 ? " · " : ""}${part}`)}</p>\n`;
};

/** Pixels: as wide as a picture is that stands out of the column of the text. */
const MIN_WIDE_WIDTH = 864;

/** Whether a picture may stand out: it is large enough, and not so high that it would hide the text. */
const isWide = (image: Image): boolean => {
  const { width = 0, height = 0 } = pixelsOf(image);
  return width >= MIN_WIDE_WIDTH && width > height;
};

const renderFigure = ({ image }: Item): Html | undefined =>
  image &&
  html`<figure class="picture${isWide(image) ? " wide" : ""}">${renderPicture(image, image.alt, false)}${image.credit && html`<figcaption>${image.credit}</figcaption>`}</figure>\n`;

const renderTags = ({ tags }: Item, channel: Channel): Html | undefined =>
  tags.length === 0
    ? undefined
    : html`<p class="tags">${tags.map(({ key, name }) => html`<a href="${scopeUrl(channel, { kind: "tag", key })}" rel="tag" dir="auto">${name}</a> `)}</p>\n`;

/** Where readers may go on: the stories before and after, and related ones. In the language of the story that they come from. */
const renderFurther = ({ related, previous, next }: FurtherStories, channel: Channel, words: Words): Html => {
  const renderNeighbour = (item: Item, rel: "next" | "prev", label: string): Html =>
    html`<p class="${rel}"><span>${label}</span> <bdi${renderLanguage(item.language ?? channel.language)}>${renderHeadline(item)}</bdi></p>\n`;
  return html`${
    (previous || next) &&
    html`<nav class="neighbours" aria-label="${words.archive}">
${previous && renderNeighbour(previous, "prev", words.previousStory)}${next && renderNeighbour(next, "next", words.nextStory)}</nav>
`
  }${
    related.length > 0
      ? html`<section class="further" aria-labelledby="more">
<h2 id="more">${words.moreStories}</h2>
<div class="cards">
${related.map((item) => renderCard(item, channel, { level: 3 }))}</div>
</section>
`
      : ""
  }`;
};

/** The licence of a story whose rights are its own, on its page too: a copy of the page has it then (RSL 1.0 §4.6.2). */
const renderLicenseTerms = (item: Item, channel: Channel): Html | undefined => {
  const rights = rightsOf(channel, item);
  if (rights === undefined || isSameRights(rights, rightsOfChannel(channel))) return undefined;
  const document = renderLicenseDocument([{ location: item.url, rights }]);
  return trusted(`<script type="${RSL_MEDIA_TYPE}">\n${document}</script>\n`);
};

/** What a story's page has besides the story. */
export interface ArticleContext {
  readonly further?: FurtherStories;
  /** Further elements of the head, such as links to translations. */
  readonly links?: Html | undefined;
}

/** Renders a story's own page, with metadata for search engines and links to feeds in its head. */
export const renderArticlePage = (
  item: Item,
  channel: Channel,
  { further = { related: [] }, links }: ArticleContext = {},
): string => {
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
    story: item,
    namedFeeds: channel.feeds.filter((feed) => isInNamedFeed(item, feed, channel.language)),
    head: html`${links}${renderLicenseLink(statedLicense(channel, item))}${renderLicenseTerms(item, channel)}${renderOembedLink(item, channel)}${renderMarkdownLink(item, channel)}${renderNewsArticle(item, channel)}`,
    body: html`<article class="story">
<header>
${renderSection(item, channel)}<h1 id="title"${item.title === "" ? html` class="sr-only"` : longClass(item)}>${headlineOf(item)}</h1>
${renderByline(item, channel, language, words)}</header>
${renderFigure(item)}<div class="text">
${renderPageText(item.html)}
</div>
${renderAttachments(item.attachments, words)}<footer>
${renderTags(item, channel)}${hasFeed ? html`<p class="feeds">${fillHtml(words.labelled, { label: words.followThisStory, content: renderFeedLinks(channel, view) })}</p>\n` : ""}${mayRepublish(channel, item) ? html`<p class="republish"><a href="${channel.url}${republishPath(item.slug)}">${words.republish}</a></p>\n` : ""}</footer>
</article>
${renderFurther(further, channel, words)}`,
  });
};
