import type { Channel } from "../../model/channel.ts";
import { headlineOf, type Item, linkOf } from "../../model/item.ts";
import { pixelsOf } from "../../model/media.ts";
import { wordsOf } from "../../model/words/words-of.ts";
import { type Html, html } from "../html.ts";
import { renderLanguage } from "../language.ts";
import { longClass, renderAuthors, renderHeadline, renderSection } from "../links.ts";
import { renderPicture } from "../picture.ts";
import { renderTime } from "../time.ts";

/** How a story stands in a list. */
interface CardStyle {
  /** The level of its heading. */
  readonly level: 2 | 3;
  /** The story that a page begins with: larger, and its picture is not loaded lazily. */
  readonly isLead?: boolean;
}

const renderByline = (item: Item, channel: Channel): Html => {
  const { language = channel.language, published, utcOffsetSeconds } = item;
  const authors = renderAuthors(item, channel, wordsOf(channel, language).list);
  const time = renderTime(published, utcOffsetSeconds?.published ?? 0, language);
  return html`<p class="byline">${authors && html`${authors} · `}${time}</p>\n`;
};

/** Pixels: below it, a picture that fills its place would be a blur. */
const MIN_FILLING_WIDTH = 240;

/** The link around the picture is the headline's again: keyboards and screen readers pass it by. */
const renderThumbnail = (item: Item, isLead: boolean): Html | undefined =>
  item.image &&
  html`<a class="thumbnail${(pixelsOf(item.image).width ?? MIN_FILLING_WIDTH) < MIN_FILLING_WIDTH ? " small" : ""}" href="${linkOf(item)}" tabindex="-1" aria-hidden="true">${renderPicture(item.image, "", !isLead)}</a>\n`;

/** Renders a story in a list: picture, section, headline, summary, authors and time. One without a title is shown as what it says. */
export const renderCard = (item: Item, channel: Channel, { level, isLead = false }: CardStyle): Html => {
  const { slug, summary } = item;
  const isNote = item.title === "" && summary !== "";
  const headline = isNote ? html`<a href="${linkOf(item)}">${summary}</a>` : renderHeadline(item);
  const classOf = isNote ? html` class="note"` : isLead && longClass(item);
  const heading =
    level === 2 ? html`<h2 id="story-${slug}"${classOf}>${headline}</h2>` : html`<h3${classOf}>${headline}</h3>`;
  return html`<article class="card${isLead ? " lead" : ""}"${renderLanguage(item.language ?? channel.language)}>
${renderThumbnail(item, isLead)}<div>
${renderSection(item, channel)}${heading}
${isNote || headlineOf(item) === summary ? "" : html`<p class="summary">${summary}</p>\n`}${renderByline(item, channel)}</div>
</article>
`;
};

/** Renders the stories of a page. On the page with the newest, the first stands out. */
export const renderStories = (items: readonly Item[], channel: Channel, hasLead: boolean): Html => {
  const [lead, ...others] = items;
  if (lead === undefined) return html`<p class="empty">${wordsOf(channel, channel.language).noStories}</p>\n`;
  const rest = hasLead ? others : items;
  return html`${hasLead ? renderCard(lead, channel, { level: 2, isLead: true }) : ""}${
    rest.length > 0
      ? html`<div class="cards">\n${rest.map((item) => renderCard(item, channel, { level: 2 }))}</div>\n`
      : ""
  }`;
};
