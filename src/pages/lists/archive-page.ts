import type { Channel } from "../../model/channel.ts";
import { formatMonth, formatYear } from "../../model/dates/format-date-time.ts";
import { isSameMonth, type Month, monthOf } from "../../model/dates/local-month.ts";
import type { Item } from "../../model/item.ts";
import { ARCHIVE_PATH } from "../../model/pages/own-page.ts";
import { MAIN_VIEW } from "../../model/view.ts";
import { wordsOf } from "../../model/words/words-of.ts";
import { type Html, html } from "../html.ts";
import { renderLanguage } from "../language.ts";
import { renderLayout } from "../layout.ts";
import { renderHeadline } from "../links.ts";
import { renderTime } from "../time.ts";

/** The path of the page with the stories of a month: `/archive/2026/11`. */
export const monthPath = ({ year, month }: Month): string =>
  `${ARCHIVE_PATH}/${formatYear(year)}/${String(month).padStart(2, "0")}`;

const renderTitles = (items: readonly Item[], channel: Channel): Html =>
  html`<ul class="titles">
${items.map((item) => {
  const { language = channel.language, published, utcOffsetSeconds } = item;
  return html`<li${renderLanguage(language)}>${renderHeadline(item)} ${renderTime(published, utcOffsetSeconds?.published ?? 0, language)}</li>\n`;
})}</ul>
`;

/** The years of months that come newest first, each with its months. */
const groupByYear = (months: readonly Month[]): readonly (readonly [year: number, months: readonly Month[]])[] => [
  ...Map.groupBy(months, ({ year }) => year),
];

/** Renders the archive: every year with its months, and below those the newest titles. */
export const renderArchivePage = (channel: Channel, months: readonly Month[], items: readonly Item[]): string => {
  const { language } = channel;
  const { archive, noStories } = wordsOf(channel, language);
  const renderMonth = (month: Month): Html => {
    const shown = items.filter((item) => isSameMonth(monthOf(item), month));
    const id = monthPath(month).slice(1).replaceAll("/", "-");
    const name = formatMonth(month.year, month.month, language, true);
    return html`<h3 id="${id}"><a href="${channel.url}${monthPath(month)}">${name}</a></h3>\n${shown.length > 0 ? renderTitles(shown, channel) : ""}`;
  };
  return renderLayout(channel, {
    title: `${archive} · ${channel.title}`,
    description: `${archive}: ${channel.description}`,
    canonical: channel.url + ARCHIVE_PATH,
    language,
    view: MAIN_VIEW,
    namedFeeds: [],
    path: ARCHIVE_PATH,
    body: html`<h1 id="title" class="page-title">${archive}</h1>
${months.length === 0 ? html`<p class="empty">${noStories}</p>\n` : ""}<div class="archive">
${groupByYear(months).map(
  ([year, ofYear]) => html`<section aria-labelledby="year-${formatYear(year)}">
<h2 id="year-${formatYear(year)}">${formatYear(year)}</h2>
${ofYear.map(renderMonth)}</section>
`,
)}</div>
`,
  });
};

/** A month, its stories, and the months next to it that have some. */
export interface MonthPage {
  readonly month: Month;
  readonly older?: Month;
  readonly newer?: Month;
  readonly items: readonly Item[];
}

/** Renders the titles of a month. */
export const renderMonthPage = (channel: Channel, { month, older, newer, items }: MonthPage): string => {
  const { language } = channel;
  const { archive } = wordsOf(channel, language);
  const nameOf = (one: Month): string => formatMonth(one.year, one.month, language);
  const urlOf = (one: Month): string => channel.url + monthPath(one);
  return renderLayout(channel, {
    title: `${nameOf(month)} · ${channel.title}`,
    description: `${archive}, ${nameOf(month)}: ${channel.description}`,
    canonical: urlOf(month),
    language,
    view: MAIN_VIEW,
    namedFeeds: [],
    path: ARCHIVE_PATH,
    body: html`<h1 id="title" class="page-title">${nameOf(month)}</h1>
<div class="archive">
${renderTitles(items, channel)}</div>
<nav class="paging" aria-label="${archive}">
${newer && html`<a href="${urlOf(newer)}" rel="prev">${nameOf(newer)}</a>\n`}<a href="${channel.url}${ARCHIVE_PATH}">${archive}</a>
${older && html`<a href="${urlOf(older)}" rel="next">${nameOf(older)}</a>\n`}</nav>
`,
  });
};
