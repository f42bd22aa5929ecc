import { rfc3339 } from "../../formats/dates.ts";
import type { Channel } from "../../model/channel.ts";
import { NO_DATE } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { type Image, isCommonPicture, pixelsOf } from "../../model/media.ts";
import { type Html, html } from "../html.ts";
import { ogLocaleOf } from "./og-locale.ts";

/** What a page tells of itself where somebody shares its address. */
export interface SharedPage {
  readonly title: string;
  readonly description: string;
  /** Absolute. */
  readonly canonical: string;
  /** BCP 47. */
  readonly language: string;
  /** The story that the page is about; absent: it is about none, or about many. */
  readonly story?: Item | undefined;
}

/** Pixels: below it, a large card would show the picture enlarged (X: 300 × 157 at least). */
const MIN_LARGE_WIDTH = 300;
const MIN_LARGE_HEIGHT = 157;

const property = (name: string, content: string | number | undefined): Html | undefined =>
  content === undefined ? undefined : html`<meta property="${name}" content="${content}">\n`;

/** Whether those who show cards can show a picture, as far as its type is known. */
const isShowable = ({ type }: Image): boolean => type === undefined || isCommonPicture(type);

const isLarge = (image: Image): boolean => {
  const { width = MIN_LARGE_WIDTH, height = MIN_LARGE_HEIGHT } = pixelsOf(image);
  return width >= MIN_LARGE_WIDTH && height >= MIN_LARGE_HEIGHT;
};

const renderImage = (image: Image): Html => {
  const { url, type, alt } = image;
  const { width, height } = pixelsOf(image);
  return html`${property("og:image", url)}${property("og:image:type", type)}${property("og:image:width", width)}${property("og:image:height", height)}${alt !== "" && html`${property("og:image:alt", alt)}<meta name="twitter:image:alt" content="${alt}">\n`}`;
};

/** The keys of an article (https://ogp.me/#type_article). An author without an address is named: that is what most take. */
const renderArticle = ({ published, updated, authors, section, tags }: Item): Html =>
  html`${property("article:published_time", published === NO_DATE ? undefined : rfc3339(published))}${property("article:modified_time", published === NO_DATE ? undefined : rfc3339(updated))}${authors.map(({ name, url }) => property("article:author", url ?? name))}${property("article:section", section?.name)}${tags.map(({ name }) => property("article:tag", name))}`;

/**
 * Renders what a page says of itself to those who show a card of it: Open Graph (https://ogp.me), and the kind of card for X, which
 * takes the rest from Open Graph. The picture is the story's, otherwise the publication's.
 */
export const renderOpenGraph = (channel: Channel, page: SharedPage): Html => {
  const { title, description, canonical, language, story } = page;
  const [own] = [story?.image].filter((image) => image !== undefined).filter(isShowable);
  const [ofSite] = [channel.icon, channel.image].filter((image) => image !== undefined).filter(isShowable);
  const image = own ?? ofSite;
  return html`${property("og:type", story === undefined ? "website" : "article")}${property("og:title", title)}${property("og:description", description === "" ? undefined : description)}${property("og:url", canonical)}${property("og:site_name", channel.title)}${property("og:locale", ogLocaleOf(language))}${image && renderImage(image)}${story && renderArticle(story)}<meta name="twitter:card" content="${own !== undefined && isLarge(own) ? "summary_large_image" : "summary"}">\n`;
};
