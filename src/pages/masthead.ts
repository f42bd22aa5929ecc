import { viewPath } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";
import { ARCHIVE_PATH, type MenuLink, ownPagePath, SUBSCRIBE_PATH } from "../model/pages/own-page.ts";
import type { Words } from "../model/words/words.ts";
import { wordsOf } from "../model/words/words-of.ts";
import { type Html, html } from "./html.ts";
import { renderLanguage, renderLanguageOfName } from "./language.ts";
import { renderSize } from "./picture.ts";

interface Target {
  readonly title: string;
  /** Absolute, or a path of this site. */
  readonly url: string;
  /** BCP 47: that of the title; absent: that of the page. */
  readonly language?: string;
}

/** Where a link leads; undefined if that is not there any more. */
const targetOf = (link: MenuLink, { pages = [], sections, language }: Channel, words: Words): Target | undefined => {
  switch (link.kind) {
    case "archive":
      return { title: words.archive, url: ARCHIVE_PATH };
    case "subscribe":
      return { title: words.subscribe, url: SUBSCRIBE_PATH };
    case "page": {
      const page = pages.find(({ name }) => name === link.key);
      return page && { title: page.title, url: ownPagePath(page.name), language: page.language ?? language };
    }
    case "section": {
      const section = sections.find(({ key }) => key === link.key);
      return (
        section && {
          title: section.name,
          url: viewPath({ scope: { kind: "section", key: link.key }, text: "full" }),
          language,
        }
      );
    }
    case "link":
      return { ...link, language };
  }
};

const renderLinks = (
  links: readonly MenuLink[],
  channel: Channel,
  language: string,
  path: string | undefined,
): Html => {
  const words = wordsOf(channel, language);
  const targets = links.flatMap((link) => targetOf(link, channel, words) ?? []);
  return html`<ul>
${targets.map(
  ({ title, url, language: own = language }) =>
    html`<li><a href="${url.startsWith("/") ? channel.url : ""}${url}"${renderLanguageOfName(own, language)}${url === path ? html` aria-current="page"` : ""}>${title}</a></li>\n`,
)}</ul>
`;
};

const SUBSCRIBE: MenuLink = { kind: "subscribe" };

/** The links of the masthead: those of site.yaml, else the sections. The way to the feeds is always among them. */
const menuOf = ({ menu, sections }: Channel): readonly MenuLink[] => {
  const links = menu ?? sections.map(({ key }): MenuLink => ({ kind: "section", key }));
  return links.some(({ kind }) => kind === "subscribe") ? links : [...links, SUBSCRIBE];
};

/** The links at the foot: those of site.yaml, else the archive and the publisher's own pages. */
const footerOf = ({ footer, pages = [] }: Channel): readonly MenuLink[] =>
  footer ?? [{ kind: "archive" }, ...pages.map(({ name }): MenuLink => ({ kind: "page", key: name }))];

/** Renders what all pages begin with. `path` is that of the page, to mark it in the menu. */
export const renderMasthead = (channel: Channel, language: string, path: string | undefined): Html => {
  const { menu, skipToContent } = wordsOf(channel, language);
  const { logo, title, url } = channel;
  return html`<a class="skip" href="#content">${skipToContent}</a>
<header class="masthead">
<a class="brand" href="${url}/" rel="home"${renderLanguage(channel.language)}${path === "/" ? html` aria-current="page"` : ""}>${logo ? html`<img src="${logo.url}" alt="${title}"${renderSize(logo)}>` : title}</a>
<nav aria-label="${menu}">
${renderLinks(menuOf(channel), channel, language, path)}</nav>
</header>
`;
};

/** Renders the links at the foot of all pages. */
export const renderFooterLinks = (channel: Channel, language: string, path: string | undefined): Html =>
  html`<nav aria-label="${channel.title}">
${renderLinks(footerOf(channel), channel, language, path)}</nav>
`;
