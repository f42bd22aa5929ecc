import type { generateAtomFeed, generateJsonFeed, generateRssFeed } from "feedsmith";
import { atom } from "../../src/formats/atom.ts";
import { selfUrl } from "../../src/formats/format.ts";
import { jsonFeed } from "../../src/formats/json-feed.ts";
import type { Feed } from "../../src/model/feed.ts";
import { categoriesOf, type Item, linkOf } from "../../src/model/item.ts";

const enclosureOf = ({ attachments, image }: Item) => {
  const { url, type, length } = attachments[0] ?? image ?? {};
  return url === undefined || type === undefined ? [] : [{ url, type, length: length ?? 0 }];
};

/** Converts a Feed to the RSS that `feedsmith` renders. */
export const toFeedsmithRss = (feed: Feed): Parameters<typeof generateRssFeed>[0] => ({
  title: feed.title,
  link: feed.page,
  description: feed.channel.description,
  language: feed.channel.language,
  copyright: feed.channel.rights ?? "",
  lastBuildDate: new Date(feed.updated),
  items: feed.items.map((item) => ({
    title: item.title,
    link: linkOf(item),
    description: item.summary,
    content: { encoded: item.html },
    dc: { creators: item.authors.map(({ name }) => name) },
    categories: categoriesOf(item).map(({ name }) => ({ name, domain: `${feed.channel.url}/tags/` })),
    guid: { value: item.id, isPermaLink: false },
    pubDate: new Date(item.published),
    enclosures: enclosureOf(item),
  })),
});

/** Converts a Feed to the Atom that `feedsmith` renders. */
export const toFeedsmithAtom = (feed: Feed): Parameters<typeof generateAtomFeed>[0] => ({
  id: feed.id,
  title: { value: feed.title },
  subtitle: { value: feed.channel.description },
  updated: new Date(feed.updated),
  links: [
    { rel: "self", type: atom.mediaType, href: selfUrl(feed, atom.fileName) },
    { rel: "alternate", type: "text/html", href: feed.page },
  ],
  entries: feed.items.map((item) => ({
    id: item.id,
    title: { value: item.title },
    links: [
      { rel: "alternate", type: "text/html", href: linkOf(item) },
      ...enclosureOf(item).map(({ url, ...rest }) => ({ rel: "enclosure", href: url, ...rest })),
    ],
    published: new Date(item.published),
    updated: new Date(item.updated),
    authors: item.authors.map(({ name, url, email }) => ({
      name,
      ...(url !== undefined && { uri: url }),
      ...(email !== undefined && { email }),
    })),
    categories: categoriesOf(item).map(({ key, name }) => ({
      term: key,
      scheme: `${feed.channel.url}/tags/`,
      label: name,
    })),
    summary: { value: item.summary },
    content: { type: "html", value: item.html },
  })),
});

/** Converts a Feed to the JSON Feed that `feedsmith` renders. */
export const toFeedsmithJson = (feed: Feed): Parameters<typeof generateJsonFeed>[0] => ({
  title: feed.title,
  home_page_url: feed.page,
  feed_url: selfUrl(feed, jsonFeed.fileName),
  description: feed.channel.description,
  language: feed.channel.language,
  items: feed.items.map((item) => ({
    id: item.id,
    url: linkOf(item),
    title: item.title,
    content_html: item.html,
    summary: item.summary,
    date_published: new Date(item.published),
    date_modified: new Date(item.updated),
    tags: categoriesOf(item).map(({ name }) => name),
    authors: item.authors.map(({ name, url }) => ({ name, ...(url !== undefined && { url }) })),
    attachments: enclosureOf(item).map(({ url, type, length }) => ({ url, mime_type: type, size_in_bytes: length })),
  })),
});
