import type { Channel } from "../model/channel.ts";
import { type OwnPage, ownPagePath } from "../model/pages/own-page.ts";
import { MAIN_VIEW } from "../model/view.ts";
import { html } from "./html.ts";
import { renderLayout } from "./layout.ts";
import { renderPageText } from "./page-text.ts";

/** Renders a page of the publisher's own. */
export const renderOwnPage = ({ name, title, summary, html: text, language }: OwnPage, channel: Channel): string =>
  renderLayout(channel, {
    title: `${title} · ${channel.title}`,
    description: summary || `${title}: ${channel.title}`,
    canonical: channel.url + ownPagePath(name),
    language: language ?? channel.language,
    view: MAIN_VIEW,
    namedFeeds: [],
    path: ownPagePath(name),
    body: html`<article class="story">
<h1 id="title">${title}</h1>
<div class="text">
${renderPageText(text)}
</div>
</article>
`,
  });
