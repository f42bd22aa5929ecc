import { parseRssFeed } from "feedsmith";
import type { Feed } from "../../../src/model/feed.ts";
import { categoriesOf, type Item, linkOf } from "../../../src/model/item.ts";
import { wordsOf } from "../../../src/model/words/words-of.ts";
import { inFeedOrder } from "./attachments.ts";
import { textOfHtml } from "./html.ts";
import { atomName, contentName, dcName, dctermsName, mediaName } from "./names.ts";
import { childOf, childrenOf, readXml, textOf, textsOf, type XmlElement } from "./xml-reader.ts";

/** The values of a story that an RSS item has. */
export interface RssStory {
  readonly title: string | undefined;
  readonly link: string | undefined;
  readonly guid: string | undefined;
  readonly isPermaLink: boolean;
  /** HTML. */
  readonly description: string | undefined;
  readonly html: string | undefined;
  readonly published: number;
  readonly modified: number | undefined;
  readonly authors: readonly string[];
  readonly categories: readonly { readonly name: string | undefined; readonly domain: string | undefined }[];
  readonly enclosures: readonly {
    readonly url: string | undefined;
    readonly type: string | undefined;
    readonly length: number | undefined;
  }[];
  readonly media: readonly (string | undefined)[];
  readonly source: string | undefined;
  readonly license: string | undefined;
  readonly language: string | undefined;
}

const when = (text: string | undefined): number | undefined => (text === undefined ? undefined : Date.parse(text));

const readItem = (item: XmlElement): RssStory => {
  const [guid] = childrenOf(item, "guid");
  const [license] = childrenOf(item, atomName("link"));
  return {
    title: textOf(item, "title"),
    link: textOf(item, "link"),
    guid: guid?.text,
    isPermaLink: guid?.attributes.get("isPermaLink") !== "false",
    description: textOf(item, "description"),
    html: textOf(item, contentName("encoded")),
    published: when(textOf(item, "pubDate")) ?? Number.NaN,
    modified: when(textOf(item, dctermsName("modified"))),
    authors: textsOf(item, dcName("creator")),
    categories: childrenOf(item, "category").map(({ text, attributes }) => ({
      name: text,
      domain: attributes.get("domain"),
    })),
    enclosures: childrenOf(item, "enclosure").map(({ attributes }) => ({
      url: attributes.get("url"),
      type: attributes.get("type"),
      length: Number(attributes.get("length")),
    })),
    media: childrenOf(item, mediaName("content")).map(({ attributes }) => attributes.get("url")),
    source: textOf(item, dcName("source")),
    license: license?.attributes.get("href"),
    language: textOf(item, dcName("language")),
  };
};

/** The items of an RSS document, read exactly to the byte. */
export const readRssStories = (document: string): readonly RssStory[] =>
  childrenOf(childOf(readXml(document), "channel"), "item").map(readItem);

/** The same, read by feedsmith. */
export const readRssStoriesByFeedsmith = (document: string): readonly RssStory[] =>
  (parseRssFeed(document).items ?? []).map((item) => ({
    title: item.title,
    link: item.link,
    guid: item.guid?.value,
    isPermaLink: item.guid?.isPermaLink !== false,
    description: item.description,
    html: item.content?.encoded,
    published: when(item.pubDate) ?? Number.NaN,
    modified: when(item.dcterms?.modified?.[0]),
    authors: item.dc?.creators ?? [],
    categories: (item.categories ?? []).map(({ name, domain }) => ({ name, domain })),
    enclosures: (item.enclosures ?? []).map(({ url, type, length }) => ({ url, type, length })),
    media: (item.media?.contents ?? []).map(({ url }) => url),
    source: item.dc?.sources?.[0],
    license: item.atom?.links?.[0]?.href,
    language: item.dc?.languages?.[0],
  }));

const expectedItem = (item: Item, { channel, view }: Feed): RssStory => {
  const link = linkOf(item);
  const files = [...inFeedOrder(item.attachments), ...(item.image === undefined ? [] : [item.image])];
  const [first] = files;
  return {
    title: item.title || undefined,
    link,
    guid: item.id,
    isPermaLink: item.id === link,
    description: item.summary,
    html: view.text === "full" ? item.html : undefined,
    published: item.published,
    modified: item.updated > item.published ? item.updated : undefined,
    authors: item.authors.map(({ name }) => name),
    categories: categoriesOf(item).map((category) => ({
      name: category.name,
      domain: `${channel.url}/${category === item.section ? "sections" : "tags"}/`,
    })),
    enclosures: first?.type === undefined ? [] : [{ url: first.url, type: first.type, length: first.length ?? 0 }],
    media: files.map(({ url }) => url),
    source:
      item.source &&
      [item.source.title, item.source.author, item.source.url].filter((part) => part !== undefined).join(", "),
    license: item.license,
    language: item.language,
  };
};

/** The items that must be read from a feed's RSS: its notices, then its items. Descriptions are plain text. */
export const expectedRssStories = (feed: Feed): readonly RssStory[] => [
  ...feed.notices.map(
    (notice): RssStory => ({
      title: wordsOf(feed.channel, notice.language ?? feed.channel.language).withdrawn,
      link: notice.url,
      guid: notice.id,
      isPermaLink: notice.id === notice.url,
      description: notice.reason,
      html: undefined,
      published: notice.published,
      modified: notice.at,
      authors: [],
      categories: [],
      enclosures: [],
      media: [],
      source: undefined,
      license: undefined,
      language: notice.language,
    }),
  ),
  ...feed.items.map((item) => expectedItem(item, feed)),
];

/** A story with its description, HTML in the document, as the plain text that readers show. */
export const withPlainDescription = (story: RssStory): RssStory => ({
  ...story,
  description: story.description && textOfHtml(story.description),
});
