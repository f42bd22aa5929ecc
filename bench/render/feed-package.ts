import { Feed as FeedPackage } from "feed";
import { selfUrl } from "../../src/formats/format.ts";
import { formats } from "../../src/formats/formats.ts";
import type { Feed } from "../../src/model/feed.ts";
import { categoriesOf, type Item, linkOf } from "../../src/model/item.ts";

const enclosureOf = ({ attachments, image }: Item) => {
  const { url, type, length } = attachments[0] ?? image ?? {};
  return url === undefined || type === undefined ? {} : { enclosure: { url, type, length: length ?? 0 } };
};

/** A Feed as the `feed` package models it. */
export const toFeedPackage = (feed: Feed): FeedPackage => {
  const { channel } = feed;
  const result = new FeedPackage({
    id: feed.id,
    title: feed.title,
    link: feed.page,
    description: channel.description,
    language: channel.language,
    updated: new Date(feed.updated),
    feedLinks: Object.fromEntries(formats.map(({ name, fileName }) => [name, selfUrl(feed, fileName)])),
    ...(channel.rights !== undefined && { copyright: channel.rights }),
    ...(channel.hubs[0] !== undefined && { hub: channel.hubs[0] }),
  });
  for (const item of feed.items) {
    result.addItem({
      id: item.id,
      title: item.title,
      link: linkOf(item),
      description: item.summary,
      content: item.html,
      date: new Date(item.updated),
      published: new Date(item.published),
      author: item.authors.map(({ name, url, email }) => ({
        name,
        ...(url !== undefined && { link: url }),
        ...(email !== undefined && { email }),
      })),
      category: categoriesOf(item).map(({ key, name }) => ({ name, term: key, scheme: `${channel.url}/tags/` })),
      ...enclosureOf(item),
    });
  }
  return result;
};
