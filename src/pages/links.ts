import { viewPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import { type Author, headlineOf, type Item, linkOf } from "../model/item.ts";
import type { Scope } from "../model/scope.ts";
import { fillHtml, type Html, html } from "./html.ts";
import { renderLanguageOfName } from "./language.ts";

/** The URL of the page of a scope. */
export const scopeUrl = ({ url }: Channel, scope: Scope): string => url + viewPath({ scope, text: "full" });

/** Renders the authors of a story, each with a link to the page of their stories, as a language lists them. */
export const renderAuthors = ({ authors }: Item, channel: Channel, list: string): Html | undefined => {
  const [author, ...others] = authors.map(
    ({ key, name }: Author) =>
      html`<a href="${scopeUrl(channel, { kind: "author", key })}" rel="author" dir="auto">${name}</a>`,
  );
  return author && others.reduce((first, next) => fillHtml(list, { first, next }), author);
};

/** Renders a link to the page of a story's section, if it has one. */
export const renderSection = ({ section, language }: Item, channel: Channel): Html | undefined =>
  section &&
  html`<p class="kicker"><a href="${scopeUrl(channel, { kind: "section", key: section.key })}"${renderLanguageOfName(channel.language, language ?? channel.language)}>${section.name}</a></p>\n`;

/** In UTF-16 code units: a headline beyond it would fill a screen in the largest letters. */
const MAX_LARGE_HEADLINE_LENGTH = 80;

/** Renders the class of a heading that is a long headline. */
export const longClass = (item: Item): Html | undefined =>
  headlineOf(item).length > MAX_LARGE_HEADLINE_LENGTH ? html` class="long"` : undefined;

/** Renders the headline of a story as a link to where it lives. */
export const renderHeadline = (item: Item): Html => html`<a href="${linkOf(item)}">${headlineOf(item)}</a>`;
