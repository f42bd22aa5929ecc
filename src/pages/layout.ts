import { formats } from "../formats/formats.ts";
import { viewPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import { MAIN_VIEW, type View } from "../model/view.ts";
import { type Html, html } from "./html.ts";

/** What a page says of itself. */
export interface Page {
  readonly title: string;
  readonly description: string;
  /** Where the page's content lives: link rel=canonical. */
  readonly canonical: string;
  readonly language: string;
  /** Whose feeds a reader's software is led to. */
  readonly view: View;
  /** More for the head. */
  readonly head?: Html;
  readonly body: Html;
}

const LABELS = { rss: "RSS", atom: "Atom", json: "JSON Feed" };

const autodiscovery = ({ url }: Channel, view: View, title: string): readonly Html[] =>
  formats.map(
    ({ fileName, mediaType, name }) =>
      html`<link rel="alternate" type="${mediaType}" title="${title} (${LABELS[name]})" href="${url}${viewPath(view)}/${fileName}">\n`,
  );

/** Links to a view's feeds, for people. */
export const feedLinks = ({ url }: Channel, view: View): Html =>
  html`${formats.map(({ fileName, name }) => html`<a href="${url}${viewPath(view)}/${fileName}">${LABELS[name]}</a> `)}`;

/** The frame of every page: head, masthead and foot. */
export const renderLayout = (channel: Channel, page: Page): string => {
  const isMain = page.view.scope.kind === "all";
  return html`<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title}</title>
<meta name="description" content="${page.description}">
<link rel="canonical" href="${page.canonical}">
<link rel="stylesheet" href="/style.css">
${channel.icon && html`<link rel="icon" href="${channel.icon.url}">\n`}${autodiscovery(channel, MAIN_VIEW, channel.title)}${isMain ? "" : autodiscovery(channel, page.view, page.title)}${page.head}</head>
<body>
<header><a href="${channel.url}/" rel="home">${channel.title}</a></header>
<main>
${page.body}</main>
<footer>
<p>Subscribe: ${feedLinks(channel, MAIN_VIEW)}</p>
${channel.rights && html`<p>${channel.rights}</p>\n`}</footer>
</body>
</html>
`.text;
};
