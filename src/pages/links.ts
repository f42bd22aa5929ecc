import { viewPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import { type Author, headlineOf, type Item, linkOf } from "../model/item.ts";
import type { Scope } from "../model/scope.ts";
import { fillHtml, type Html, html } from "./html.ts";
import { renderLanguageWithin } from "./language.ts";

/** The URL of the page of a scope. */
export const scopeUrl = ({ url }: Channel, scope: Scope): string => url + viewPath({ scope, text: "full" });

/** Renders the authors of a story, each with a link to the page of their stories, as a language lists them. */
export const renderAuthors = ({ authors }: Item, channel: Channel, list: string): Html | undefined => {
  const [author, ...others] = authors.map(
    ({ key, name }: Author) => html`<a href="${scopeUrl(channel, { kind: "author", key })}" rel="author">${name}</a>`,
  );
  return author && others.reduce((first, next) => fillHtml(list, { first, next }), author);
};

/** Renders a link to the page of a story's section, if it has one. */
export const renderSection = ({ section, language }: Item, channel: Channel): Html | undefined =>
  section &&
  html`<p class="kicker"><a href="${scopeUrl(channel, { kind: "section", key: section.key })}"${language && renderLanguageWithin(channel.language, language)}>${section.name}</a></p>\n`;

/** Renders the headline of a story as a link to where it lives. */
export const renderHeadline = (item: Item): Html => html`<a href="${linkOf(item)}">${headlineOf(item)}</a>`;
