import { formats } from "../formats/formats.ts";
import { basePathOf, viewPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import { directionOf } from "../model/language.ts";
import type { NamedFeed } from "../model/selection.ts";
import { MAIN_VIEW, type View } from "../model/view.ts";
import { wordsOf } from "../model/words/words-of.ts";
import { renderIcons } from "./head/icons.ts";
import { renderOpenGraph, type SharedPage } from "./head/open-graph.ts";
import { fillHtml, type Html, html } from "./html.ts";
import { renderLanguageOfName } from "./language.ts";
import { renderFooterLinks, renderMasthead } from "./masthead.ts";

/** The content of a page, without what all pages have. */
export interface Page extends SharedPage {
  /**
   * The view whose feeds the page offers to feed readers, beside the main feed. MAIN_VIEW: no other. Programs that take the first feed
   * get these, but on the page of a story: whose feed has its corrections only.
   */
  readonly view: View;
  /** Named feeds that it offers, too. */
  readonly namedFeeds: readonly NamedFeed[];
  /** The path at which the menu may link to the page. */
  readonly path?: string;
  /** Further elements of the head. */
  readonly head?: Html;
  readonly body: Html;
}

/** What people call a format. */
export const LABELS = { rss: "RSS", atom: "Atom", json: "JSON Feed" };

/** Links by which feed readers find the feeds of a view. */
const renderAutodiscovery = ({ url }: Channel, view: View, title: string): readonly Html[] =>
  formats.map(
    ({ fileName, mediaType, name }) =>
      html`<link rel="alternate" type="${mediaType}" title="${title} (${LABELS[name]})" href="${url}${viewPath(view)}/${fileName}">\n`,
  );

const viewOf = ({ key }: NamedFeed): View => ({ scope: { kind: "feed", key }, text: "full" });

/** The title of a named feed in feed readers, which do not show where they found it. */
const fullTitle = ({ title }: Channel, feed: NamedFeed): string => `${title}: ${feed.title}`;

/** The views whose feeds a page offers, and their titles: first what a program should get that takes the first feed. */
const offeredViews = (channel: Channel, { view, title, story }: Page): readonly (readonly [View, string])[] => {
  const main = [MAIN_VIEW, channel.title] as const;
  if (viewPath(view) === viewPath(MAIN_VIEW)) return [main];
  return story === undefined ? [[view, title], main] : [main, [view, title]];
};

/** Renders a link to a licence for the head of a page. */
export const renderLicenseLink = (href: string | undefined): Html | undefined =>
  href === undefined ? undefined : html`<link rel="license" href="${href}">\n`;

/** Renders links to the feeds of a view, for people. */
export const renderFeedLinks = ({ url }: Channel, view: View): Html =>
  html`${formats.map(({ fileName, name }) => html`<a href="${url}${viewPath(view)}/${fileName}">${LABELS[name]}</a> `)}`;

/** Renders a page: its content between what all pages have. */
export const renderLayout = (channel: Channel, page: Page): string => {
  const { subscribe, labelled } = wordsOf(channel, page.language);
  return html`<!doctype html>
<html lang="${page.language}" dir="${directionOf(page.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<meta name="description" content="${page.description}">
<link rel="canonical" href="${page.canonical}">
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${basePathOf(channel.url)}/style.css">
${renderIcons(channel)}${renderOpenGraph(channel, page)}${offeredViews(channel, page).map(([view, title]) => renderAutodiscovery(channel, view, title))}${page.namedFeeds.map((feed) => renderAutodiscovery(channel, viewOf(feed), fullTitle(channel, feed)))}${page.head}</head>
<body>
${renderMasthead(channel, page.language, page.path)}<main id="content">
${page.body}</main>
<footer class="foot">
${renderFooterLinks(channel, page.language, page.path)}<p class="feeds">${fillHtml(labelled, { label: subscribe, content: renderFeedLinks(channel, MAIN_VIEW) })}</p>
${channel.rights && html`<p><bdi${renderLanguageOfName(channel.language, page.language)}>${channel.rights}</bdi></p>\n`}</footer>
</body>
</html>
`.text;
};
