import type { Channel } from "../model/channel.ts";
import type { BareFeed } from "../model/feed.ts";
import { type Author, categoriesOf, type Item, linkOf, type Usage } from "../model/item.ts";
import { type Attachment, type Image, soundFirst, wholeSeconds } from "../model/media.ts";
import { licenseOfChannel, rightsOf, rightsOfChannel, statedLicense } from "../model/rights.ts";
import type { Tombstone } from "../model/tombstone.ts";
import type { View } from "../model/view.ts";
import { noticeTitleOf } from "../model/words/words-of.ts";
import { rfc3339 } from "./dates.ts";
import { type Format, selfUrl } from "./format.ts";

const FILE_NAME = "feed.json";

// JSON.stringify leaves out keys whose value is undefined.

const authorObject = ({ name, url }: Author) => ({ name, url });

const attachmentObject = (attachment: Attachment) => ({
  url: attachment.url,
  mime_type: attachment.type,
  title: attachment.title,
  size_in_bytes: attachment.length,
  duration_in_seconds: wholeSeconds(attachment),
});

/** What machines may do, by the names of site.yaml. */
const usageObject = (rights: Usage | undefined) =>
  rights && {
    search: rights.search,
    "ai-input": rights.aiInput,
    "ai-train": rights.aiTrain,
    license: rights.license,
  };

/** The extension of an item, for what JSON Feed has no key for. Names of extensions begin with an underscore. */
const extensionObject = (item: Item, channel: Channel) => {
  const { source, corrections } = item;
  const license = statedLicense(channel, item);
  const usage = usageObject(rightsOf(channel, item));
  return source === undefined && license === undefined && usage === undefined && corrections.length === 0
    ? undefined
    : {
        source,
        license,
        usage,
        corrections:
          corrections.length === 0 ? undefined : corrections.map(({ at, note }) => ({ at: rfc3339(at), note })),
      };
};

const itemObject = (item: Item, channel: Channel, text: View["text"]) => ({
  id: item.id,
  url: linkOf(item),
  title: item.title || undefined,
  ...(text === "full" ? { content_html: item.html } : { content_text: item.summary }),
  summary: item.summary,
  image: item.image?.url,
  date_published: rfc3339(item.published),
  date_modified: item.updated > item.published ? rfc3339(item.updated) : undefined,
  authors: item.authors.length === 0 ? undefined : item.authors.map(authorObject),
  tags: categoriesOf(item).length === 0 ? undefined : [...new Set(categoriesOf(item).map(({ name }) => name))],
  language: item.language,
  attachments: item.attachments.length === 0 ? undefined : soundFirst(item.attachments).map(attachmentObject),
  _feedwright: extensionObject(item, channel),
});

/**
 * A notice that replaces a withdrawn story in readers: it has the same id and language, and nothing of the title or the text.
 */
const noticeObject = ({ id, url, published, at, language, reason = "" }: Tombstone, channel: Channel) => ({
  id,
  url,
  title: noticeTitleOf(channel, { language }),
  content_text: reason,
  date_published: rfc3339(published),
  date_modified: rfc3339(at),
  language,
});

/** The URL of a picture if it is square, as JSON Feed wants it; the channel's may be a banner, as RSS allows. */
const squareUrl = (image: Image | undefined): string | undefined =>
  image?.width !== undefined && image.width === image.height ? image.url : undefined;

const headObject = (feed: BareFeed) => {
  const { channel, base, previous } = feed;
  const { rights } = channel;
  const license = licenseOfChannel(channel);
  const usage = usageObject(rightsOfChannel(channel));
  return {
    version: "https://jsonfeed.org/version/1.1",
    title: feed.title,
    home_page_url: feed.page,
    feed_url: base === undefined ? undefined : selfUrl({ base }, FILE_NAME),
    next_url: previous === undefined ? undefined : previous + FILE_NAME,
    description: channel.description,
    icon: channel.icon?.url,
    favicon: squareUrl(channel.image),
    authors: [{ name: channel.title, url: `${channel.url}/` }],
    language: channel.language,
    hubs: feed.hubs.length === 0 ? undefined : feed.hubs.map((url) => ({ type: "WebSub", url })),
    _feedwright:
      rights === undefined && license === undefined && usage === undefined ? undefined : { rights, license, usage },
  };
};

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), with the extension `_feedwright`. */
export const jsonFeed: Format = {
  name: "json",
  fileName: FILE_NAME,
  mediaType: "application/feed+json",
  alsoKnownAs: ["application/json"],
  renderHead: (feed) => `${JSON.stringify(headObject(feed)).slice(0, -1)},"items":[`,
  renderTombstones: ({ notices, channel }) => notices.map((notice) => JSON.stringify(noticeObject(notice, channel))),
  renderItem: (item, channel, text) => [JSON.stringify(itemObject(item, channel, text))],
  separator: ",",
  foot: "]}",
};
