import { Feed as PackageFeed, type Item as PackageItem } from "feed";
import { atom } from "../formats/atom.ts";
import { selfUrl } from "../formats/format.ts";
import { jsonFeed } from "../formats/json-feed.ts";
import { rss } from "../formats/rss.ts";
import { escapeText } from "../formats/xml.ts";
import { articlePath, folderPath, hubUrl } from "../model/address.ts";
import { BUILT_IN_HUB, type Channel } from "../model/channel.ts";
import type { Feed } from "../model/feed.ts";
import { type Author, type Category, type Item, linkOf } from "../model/item.ts";
import { type Attachment, type Image, soundFirst } from "../model/media.ts";
import type { Tombstone } from "../model/tombstone.ts";
import type { View } from "../model/view.ts";
import { noticeTitleOf } from "../model/words/words-of.ts";
import { withAbsoluteUrls } from "./absolute-urls.ts";
import type { PackageFeedData } from "./package-feed.ts";
import { omitEmpty, slugFor, textOfHtml, writeStory, writeYaml } from "./story-source.ts";

/** Feed and item of the npm package `feed` 6 (https://www.npmjs.com/package/feed), which other tools exchange. */
export type { Feed as PackageFeed, Item as PackageItem } from "feed";

// The package writes every key of an enclosure as an attribute, so it gets only those of RSS. For a length that is left out, it
// writes 0.
const toEnclosure = ({ url, type, length }: Attachment | Image) => ({
  url,
  ...(type !== undefined && { type }),
  ...(length !== undefined && { length }),
});

// Of image, enclosure, audio and video, the package's RSS has the last one only.
const toMedia = ({ attachments, image }: Item): Partial<PackageItem> => {
  const [first] = soundFirst(attachments);
  const picture = image && { image: toEnclosure(image) };
  if (first === undefined) return { ...picture };
  if (first.type.startsWith("audio/")) return { ...picture, audio: toEnclosure(first) };
  if (first.type.startsWith("video/")) return { ...picture, video: toEnclosure(first) };
  return { enclosure: toEnclosure(first) };
};

const toAuthor = ({ name, url, email }: Author) => ({
  name,
  ...(url !== undefined && { link: url }),
  ...(email !== undefined && { email }),
});

const toCategory = ({ name }: Category, domain: string) => ({ name, term: name, domain, scheme: domain });

const toPackageItem = (item: Item, { url }: Channel, { text }: View): PackageItem => ({
  title: item.title,
  id: item.id,
  link: linkOf(item),
  date: new Date(item.updated),
  published: new Date(item.published),
  description: escapeText(item.summary),
  ...(text === "full" && { content: item.html }),
  // The package's JSON Feed throws if this list is empty.
  ...(item.authors.length > 0 && { author: item.authors.map(toAuthor) }),
  category: [
    ...(item.section === undefined ? [] : [toCategory(item.section, url + folderPath("section"))]),
    ...item.tags.map((tag) => toCategory(tag, url + folderPath("tag"))),
  ],
  ...toMedia(item),
});

const noticeToPackageItem = (
  { id, url, published, at, language, reason = "" }: Tombstone,
  channel: Channel,
): PackageItem => ({
  title: noticeTitleOf(channel, { language }),
  id,
  link: url,
  date: new Date(at),
  published: new Date(published),
  description: escapeText(reason),
});

/**
 * Converts a Feed to one of the `feed` package. What the package has no key for is left out: all but the first attachment and
 * hub, languages and licences of stories, sources, corrections as data (the text has them), tombstones. Titles are plain
 * text, as its RSS and JSON Feed take them; its Atom takes them for HTML.
 */
export const toFeed = (feed: Feed): PackageFeed => {
  const { channel, view, hubs, notices, items } = feed;
  const [hub] = hubs;
  const packageFeed = new PackageFeed({
    id: feed.id,
    title: feed.title,
    link: feed.page,
    description: channel.description,
    language: channel.language,
    updated: new Date(feed.updated),
    generator: "Feedwright",
    docs: "https://www.rssboard.org/rss-specification",
    author: { name: channel.title, link: `${channel.url}/` },
    feedLinks: {
      rss: selfUrl(feed, rss.fileName),
      atom: selfUrl(feed, atom.fileName),
      json: selfUrl(feed, jsonFeed.fileName),
    },
    ...(hub !== undefined && { hub }),
    ...(channel.rights !== undefined && { copyright: channel.rights }),
    ...(channel.image !== undefined && { image: channel.image.url }),
    ...(channel.icon !== undefined && { favicon: channel.icon.url }),
  });
  for (const notice of notices) packageFeed.addItem(noticeToPackageItem(notice, channel));
  for (const item of items) packageFeed.addItem(toPackageItem(item, channel, view));
  return packageFeed;
};

const isIri = (text: string): boolean => /^[a-z][a-z0-9+.-]*:[^\s<>"{}|\\^`]+$/i.test(text) && URL.canParse(text);

const originOf = (urls: readonly (string | undefined)[]): string | undefined => {
  const url = urls.find((one) => one !== undefined && /^https?:/i.test(one) && URL.canParse(one));
  return url === undefined ? undefined : new URL(url).origin;
};

/** The origin of a feed's website, as far as it says so. */
export const originOfFeed = ({ options, items }: PackageFeedData): string | undefined =>
  originOf([options.link, options.id, ...items.map(({ link }) => link)]);

/** What a feed's relative addresses are relative to: its website, as far as it says so. */
export const baseOfFeed = (feed: PackageFeedData): string | undefined => {
  const { link = "" } = feed.options;
  return /^https?:/i.test(link) && URL.canParse(link) ? link : originOfFeed(feed);
};

/** The id of an item, made an absolute IRI: always the same of the same. */
export const idOfItem = ({ guid, id, link }: PackageItem, origin: string | undefined): string => {
  const own = guid || id || link;
  return isIri(own) || origin === undefined ? own : `${origin}/#${encodeURIComponent(own.toWellFormed())}`;
};

const dateFrom = (date: Date | undefined): string | undefined =>
  date === undefined || Number.isNaN(date.getTime()) ? undefined : date.toISOString();

const isLater = (date: Date, published: Date | undefined): boolean => published !== undefined && date > published;

const fileFrom = (file: PackageItem["image"]) =>
  typeof file === "object" ? { src: file.url, type: file.type, title: file.title } : { src: file };

const attachmentFrom = (file: PackageItem["audio"]) =>
  omitEmpty({
    ...fileFrom(file),
    ...(typeof file === "object" && { length: file.length || undefined, duration: file.duration }),
  });

const imageFrom = (file: PackageItem["image"]) => {
  const { title, ...rest } = fileFrom(file);
  return { ...omitEmpty(rest), alt: title ?? "" };
};

/** What a story that is made of an item is told of its site. */
export interface StoryPlace {
  readonly slug: string;
  readonly id: string;
  /** The site's address; undefined if the feed does not say it. */
  readonly siteUrl: string | undefined;
  /** When the story was published, if the item does not say it; by default, the item's only date. */
  readonly published?: Date | undefined;
}

/** Writes an item as the source of a story. Nothing is checked here: `compile` does that. */
export const storyFromItem = (item: PackageItem, { slug, id, siteUrl, ...known }: StoryPlace): string => {
  const { author, category, content, description, link, enclosure, audio, video, image } = item;
  const published = item.published ?? known.published;
  const frontMatter = {
    id,
    title: item.title,
    published: dateFrom(published) ?? dateFrom(item.date),
    updated: isLater(item.date, published) ? dateFrom(item.date) : undefined,
    authors: author
      ?.filter(({ name, link: url, email }) => name || url || email)
      .map(({ name, link: url, email }) => omitEmpty({ name: name || email, url, email })),
    tags: category?.flatMap(({ name, term }) => name || term || []),
    summary: content && description && textOfHtml(description),
    image: image && imageFrom(image),
    attachments: [enclosure, audio, video].filter((file) => file !== undefined).map(attachmentFrom),
    canonical: link === `${siteUrl}${articlePath(slug)}` ? undefined : link,
  };
  return writeStory(frontMatter, content || description || "");
};

/** Writes the site.yaml of a feed's site at `url`. A language that is not given is "und" (BCP 47). */
export const siteFromFeed = ({ options }: PackageFeedData, url: string | undefined): string => {
  const isFeedId = options.id !== undefined && /^(tag|https?):/.test(options.id) && isIri(options.id);
  const hub = url !== undefined && options.hub === hubUrl(url) ? BUILT_IN_HUB : options.hub;
  return writeYaml({
    id: isFeedId ? options.id : url && `${url}/`,
    url,
    title: options.title,
    description: options.description || options.title,
    language: options.language || "und",
    rights: options.copyright,
    hubs: hub ? [hub] : [],
  });
};

/**
 * Converts a feed of the `feed` package to the files of a content folder, by path below it: site.yaml and a Markdown file for
 * each story. They are sources, not Items, because a feed from elsewhere may be hostile or broken: `compilePublication`
 * sanitises them, as it does all stories, and reports every problem by file and line. Relative addresses are made absolute: those of
 * items by the feed's `link`, those in their texts by the item's.
 *
 * What stories have no key for is left out: contributors, copyright and extensions of items; pictures of the channel, because
 * site.yaml needs files.
 */
export const contentFromFeed = (feed: PackageFeedData): ReadonlyMap<string, string> => {
  const origin = originOfFeed(feed);
  const base = baseOfFeed(feed);
  const files = new Map([["site.yaml", siteFromFeed(feed, origin)]]);
  const taken = new Set<string>();
  for (const item of feed.items.map((one) => withAbsoluteUrls(one, base))) {
    const slug = slugFor(item.link, item.title, (one) => taken.has(one.toLowerCase()));
    taken.add(slug.toLowerCase());
    files.set(`${slug}.md`, storyFromItem(item, { slug, id: idOfItem(item, origin), siteUrl: origin }));
  }
  return files;
};
