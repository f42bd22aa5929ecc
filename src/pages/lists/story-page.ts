import { viewPath } from "../../model/address.ts";
import type { Channel } from "../../model/channel.ts";
import type { Item } from "../../model/item.ts";
import { ARCHIVE_PATH } from "../../model/pages/own-page.ts";
import { licenseOfChannel } from "../../model/rights.ts";
import type { Scope } from "../../model/scope.ts";
import { MAIN_VIEW } from "../../model/view.ts";
import { fill } from "../../model/words/template.ts";
import { wordsOf } from "../../model/words/words-of.ts";
import { renderJsonLd } from "../head/json-ld.ts";
import { webSiteOf } from "../head/web-site.ts";
import { type Html, html } from "../html.ts";
import { renderFeedLinks, renderLayout, renderLicenseLink } from "../layout.ts";
import { renderStories } from "./story-list.ts";

/** A page of the stories of a scope. */
export interface StoryListPage {
  readonly scope: Scope;
  /** What the scope is called; empty for all stories. */
  readonly name: string;
  readonly items: readonly Item[];
  /** From 1, which has the newest. */
  readonly number: number;
  readonly hasOlder: boolean;
  readonly hasFeeds: boolean;
}

/** The path of a page of the stories of a scope: `/`, `/page/2`, `/tags/iraq`, `/tags/iraq/page/2`. */
export const storyPagePath = (scope: Scope, number: number): string =>
  `${viewPath({ scope, text: "full" })}${number === 1 ? "" : `/page/${number}`}` || "/";

const renderPaging = (channel: Channel, newer: string | undefined, older: string | undefined, number: number): Html => {
  const words = wordsOf(channel, channel.language);
  if (newer === undefined && older === undefined) return html``;
  const label = fill(words.pageNumber, { number });
  return html`<nav class="paging" aria-label="${label}">
${newer && html`<a href="${newer}" rel="prev">${words.newer}</a>\n`}<span aria-hidden="true">${label}</span>
${older ? html`<a href="${older}" rel="next">${words.older}</a>` : html`<a href="${channel.url}${ARCHIVE_PATH}">${words.archive}</a>`}
</nav>
`;
};

/** What a scope is, above its stories. On the first page of all stories that is what the publication says of itself. */
const renderHead = (channel: Channel, { scope, name, number, hasFeeds }: StoryListPage, title: string): Html => {
  if (scope.kind === "all") {
    return number === 1
      ? html`<h1 class="sr-only" id="title">${channel.title}</h1>\n<p class="tagline">${channel.description}</p>\n`
      : html`<h1 id="title" class="page-title">${title}</h1>\n`;
  }
  const url = scope.kind === "author" ? channel.authors.find(({ key }) => key === scope.key)?.url : undefined;
  const feeds = hasFeeds && html`<p class="feeds">${renderFeedLinks(channel, { scope, text: "full" })}</p>\n`;
  return html`<header class="page-head">
<h1 id="title"><bdi>${name}</bdi></h1>
${number > 1 ? html`<p>${title}</p>\n` : ""}${url && html`<p><a href="${url}" rel="me">${url.replace(/^https?:\/\/|\/$/g, "")}</a></p>\n`}${feeds}</header>
`;
};

/** Renders a page of stories: the front page, that of a tag, section or author, or a later one of these. */
export const renderStoryPage = (channel: Channel, page: StoryListPage): string => {
  const { scope, name, items, number, hasOlder, hasFeeds } = page;
  const urlOf = (one: number): string => channel.url + storyPagePath(scope, one);
  const newer = number > 1 ? urlOf(number - 1) : undefined;
  const older = hasOlder ? urlOf(number + 1) : undefined;
  const pageNumber = fill(wordsOf(channel, channel.language).pageNumber, { number });
  const isAll = scope.kind === "all";
  const title = isAll ? channel.title : `${name} · ${channel.title}`;
  return renderLayout(channel, {
    title: number === 1 ? title : `${pageNumber} · ${title}`,
    description: isAll ? channel.description : `${name}: ${channel.description}`,
    canonical: urlOf(number),
    language: channel.language,
    view: hasFeeds ? { scope, text: "full" } : MAIN_VIEW,
    namedFeeds: isAll && number === 1 ? channel.feeds : [],
    head: html`${channel.usage && renderLicenseLink(licenseOfChannel(channel))}${isAll && number === 1 ? renderJsonLd(webSiteOf(channel)) : ""}`,
    path: storyPagePath(scope, 1),
    body: html`${renderHead(channel, page, pageNumber)}${renderStories(items, channel, number === 1)}${renderPaging(channel, newer, older, number)}`,
  });
};
