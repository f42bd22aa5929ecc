import { parseJsonFeed } from "feedsmith";
import type { Feed } from "../../../src/model/feed.ts";
import { categoriesOf, type Item, linkOf } from "../../../src/model/item.ts";
import { wordsOf } from "../../../src/model/words/words-of.ts";
import { inFeedOrder } from "./attachments.ts";
import { type JsonFeedDocument, readJsonFeed } from "./json-feed-schema.ts";

/** The values of a story that a JSON Feed item has, without extensions. */
export type JsonStory = JsonFeedDocument["items"][number];

/** The items of a JSON Feed, read exactly to the byte. */
export const readJsonStories = (document: string): readonly JsonStory[] => readJsonFeed(document).items;

/** The same, read by feedsmith. */
export const readJsonStoriesByFeedsmith = (document: string): readonly unknown[] => parseJsonFeed(document).items ?? [];

const iso = (instant: number): string => new Date(instant).toISOString().replace(".000", "");

const expectedItem = (item: Item, full: boolean): JsonStory => ({
  id: item.id,
  url: linkOf(item),
  ...(item.title !== "" && { title: item.title }),
  ...(full ? { content_html: item.html } : { content_text: item.summary }),
  summary: item.summary,
  ...(item.image && { image: item.image.url }),
  date_published: iso(item.published),
  ...(item.updated > item.published && { date_modified: iso(item.updated) }),
  ...(item.authors.length > 0 && {
    authors: item.authors.map(({ name, url }) => ({ name, ...(url !== undefined && { url }) })),
  }),
  ...(categoriesOf(item).length > 0 && { tags: [...new Set(categoriesOf(item).map(({ name }) => name))] }),
  ...(item.language !== undefined && { language: item.language }),
  ...(item.attachments.length > 0 && {
    attachments: inFeedOrder(item.attachments).map(({ url, type, title, length, duration }) => ({
      url,
      mime_type: type,
      ...(title !== undefined && { title }),
      ...(length !== undefined && { size_in_bytes: length }),
      ...(duration !== undefined && { duration_in_seconds: duration > 0 && duration < 0.5 ? 1 : Math.round(duration) }),
    })),
  }),
});

/** The items that must be read from a feed's JSON: its notices, then its items. */
export const expectedJsonStories = ({ channel, view, notices, items }: Feed): readonly JsonStory[] => [
  ...notices.map(({ id, url, published, at, language, reason = "" }) => ({
    id,
    url,
    title: wordsOf(channel, language ?? channel.language).withdrawn,
    content_text: reason,
    date_published: iso(published),
    date_modified: iso(at),
    ...(language !== undefined && { language }),
  })),
  ...items.map((item) => expectedItem(item, view.text === "full")),
];
