import { rss } from "../formats/rss.ts";
import { viewPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import { NO_DATE } from "../model/instant.ts";
import { type Item, linkOf } from "../model/item.ts";
import type { Attachment } from "../model/media.ts";
import { type Html, html, trusted } from "./html.ts";
import { renderFeedLinks, renderLayout } from "./layout.ts";
import { renderNewsArticle } from "./news-article.ts";
import { renderTime } from "./time.ts";

const rssPath = (kind: "section" | "tag", key: string): string =>
  `${viewPath({ scope: { kind, key }, text: "full" })}/${rss.fileName}`;

const renderByline = ({ authors, published, updated, section }: Item, { language, url }: Channel): Html =>
  html`<p class="byline">${authors.map(({ name, url: page }, index) => html`${index > 0 ? ", " : ""}${page === undefined ? name : html`<a href="${page}" rel="author">${name}</a>`}`)}${published === NO_DATE ? "" : html`${authors.length > 0 ? " · " : ""}${renderTime(published, language)}`}${updated > published ? html` · ↻ ${renderTime(updated, language)}` : ""}${section && html` · <a href="${url}${rssPath("section", section.key)}">${section.name}</a>`}</p>\n`;

const renderFigure = ({ image }: Item): Html | undefined =>
  image &&
  html`<figure><img src="${image.url}" alt="${image.alt}"${image.width !== undefined && image.height !== undefined ? html` width="${image.width}" height="${image.height}"` : ""}>${image.credit && html`<figcaption>${image.credit}</figcaption>`}</figure>\n`;

/** The last segment of a URL, decoded for people if it is percent-encoded UTF-8. */
const fileNameOf = (url: string): string => {
  const name = url.replace(/^.*\//s, "");
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
};

const renderAttachment = ({ url, type, title, length }: Attachment): Html =>
  html`<li><a href="${url}" type="${type}">${title ?? fileNameOf(url)}</a> (${type}${length === undefined ? "" : `, ${length} bytes`})</li>\n`;

/** Renders a story's own page, with metadata for search engines and links to feeds in its head. */
export const renderArticlePage = (item: Item, channel: Channel): string =>
  renderLayout(channel, {
    title: item.title,
    description: item.summary,
    canonical: linkOf(item),
    language: item.language ?? channel.language,
    view: { scope: { kind: "article", key: item.slug }, text: "full" },
    head: html`${item.license && html`<link rel="license" href="${item.license}">\n`}${renderNewsArticle(item, channel)}`,
    body: html`<article dir="auto">
<h1>${item.title}</h1>
${renderByline(item, channel)}${renderFigure(item)}${trusted(item.html)}
${item.attachments.length > 0 ? html`<ul class="attachments">\n${item.attachments.map(renderAttachment)}</ul>\n` : ""}</article>
<p class="tags">${item.tags.map(({ key, name }) => html`<a href="${channel.url}${rssPath("tag", key)}" rel="tag">${name}</a> `)}</p>
<p class="feeds">Follow this story: ${renderFeedLinks(channel, { scope: { kind: "article", key: item.slug }, text: "full" })}</p>
`,
  });
