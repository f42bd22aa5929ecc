import type { Feed } from "../model/feed.ts";
import { headlineOf, linkOf } from "../model/item.ts";
import { html } from "./html.ts";
import { renderLayout } from "./layout.ts";
import { renderTime } from "./time.ts";

/** Renders the front page: title and description of the publication, and the stories of its main feed. */
export const renderHomePage = ({ channel, items, view, page }: Feed): string =>
  renderLayout(channel, {
    title: channel.title,
    description: channel.description,
    canonical: page,
    language: channel.language,
    view,
    body: html`<h1>${channel.title}</h1>
<p>${channel.description}</p>
${items.map(
  (item) => html`<article lang="${item.language ?? channel.language}" dir="auto">
<h2><a href="${linkOf(item)}">${headlineOf(item)}</a></h2>
<p class="byline">${renderTime(item.published, item.utcOffsetSeconds?.published ?? 0, item.language ?? channel.language)}</p>
${headlineOf(item) === item.summary ? "" : html`<p>${item.summary}</p>\n`}</article>
`,
)}`,
  });
