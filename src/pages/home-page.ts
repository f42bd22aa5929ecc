import type { Channel } from "../model/channel.ts";
import { headlineOf, type Item, linkOf } from "../model/item.ts";
import { licenseOfChannel } from "../model/rights.ts";
import { MAIN_VIEW } from "../model/view.ts";
import { renderJsonLd } from "./head/json-ld.ts";
import { webSiteOf } from "./head/web-site.ts";
import { html } from "./html.ts";
import { renderLayout, renderLicenseLink } from "./layout.ts";
import { renderTime } from "./time.ts";

/** Renders the front page: title and description of the publication, and `items`. */
export const renderHomePage = (channel: Channel, items: readonly Item[]): string =>
  renderLayout(channel, {
    title: channel.title,
    description: channel.description,
    canonical: `${channel.url}/`,
    language: channel.language,
    view: MAIN_VIEW,
    namedFeeds: channel.feeds,
    head: html`${channel.usage && renderLicenseLink(licenseOfChannel(channel))}${renderJsonLd(webSiteOf(channel))}`,
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
