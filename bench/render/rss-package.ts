import RSS from "rss";
import { selfUrl } from "../../src/formats/format.ts";
import { rss } from "../../src/formats/rss.ts";
import type { Feed } from "../../src/model/feed.ts";
import { categoriesOf, linkOf } from "../../src/model/item.ts";

/**
 * Converts a Feed to the `rss` package's. The full text is a custom element: the package has no key for it beside
 * `description`.
 */
export const toRssPackage = (feed: Feed): RSS => {
  const { channel } = feed;
  const packageFeed = new RSS({
    title: feed.title,
    description: channel.description,
    feed_url: selfUrl(feed, rss.fileName),
    site_url: feed.page,
    copyright: channel.rights,
    language: channel.language,
    pubDate: new Date(feed.updated),
    hub: channel.hubs[0],
  });
  for (const item of feed.items) {
    const { url, type, length } = item.attachments[0] ?? item.image ?? {};
    packageFeed.item({
      title: item.title,
      description: item.summary,
      url: linkOf(item),
      guid: item.id,
      categories: categoriesOf(item).map(({ name }) => name),
      author: item.authors[0]?.name,
      date: new Date(item.published),
      enclosure: url === undefined ? undefined : { url, type, size: length },
      custom_elements: [{ "content:encoded": { _cdata: item.html } }],
    });
  }
  return packageFeed;
};
