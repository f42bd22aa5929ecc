import type { Format } from "../formats/format.ts";
import { basePathOf } from "../model/address.ts";
import type { Feed } from "../model/feed.ts";
import { headlineOf, type Item, linkOf } from "../model/item.ts";
import { wordsOf } from "../model/words/words-of.ts";
import { renderFeedBox, renderScriptElement } from "./feed-box.ts";
import { type Html, html } from "./html.ts";
import { renderLanguage } from "./language.ts";
import { LABELS, renderLayout } from "./layout.ts";
import { renderTime } from "./time.ts";

/** So many stories give an idea of a feed. */
const MAX_STORIES = 10;

/** Addresses that the page of a feed names. */
export interface FeedPageAddresses {
  /** Of the feed as plain text. */
  readonly source: string;
  readonly script: string;
}

const renderStory = (item: Item, siteLanguage: string): Html => {
  const { language = siteLanguage } = item;
  return html`<li${renderLanguage(language)}><a href="${linkOf(item)}">${headlineOf(item)}</a> ${renderTime(item.published, item.utcOffsetSeconds?.published ?? 0, language)}</li>
`;
};

/** Renders what a browser shows that navigates to a feed: what it is, how to follow it, and its newest stories. */
export const renderFeedPage = (feed: Feed, format: Format, { source, script }: FeedPageAddresses): string => {
  const { channel, items, title, view, base, page } = feed;
  const { language } = channel;
  const words = wordsOf(channel, language);
  const basePath = basePathOf(channel.url);
  return renderLayout(channel, {
    title,
    description: words.feedDetail,
    canonical: page,
    language,
    view,
    namedFeeds: [],
    head: renderScriptElement(script),
    body: html`<header class="page-head">
<p class="kicker">${LABELS[format.name]}</p>
<h1><bdi>${title}</bdi></h1>
<p dir="auto">${words.feedDetail}</p>
</header>
${renderFeedBox("feed", base + format.fileName, title, words)}<h2>${words.newestStories}</h2>
${items.length === 0 ? html`<p class="empty">${words.noStories}</p>` : html`<ul class="titles">\n${items.slice(0, MAX_STORIES).map((item) => renderStory(item, language))}</ul>`}
<p class="feeds"><a href="${basePath}/subscribe">${words.allFeeds}</a> · <a href="${source}">${words.showSource}</a></p>
`,
  });
};
