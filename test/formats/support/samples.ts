import type { Channel } from "../../../src/model/channel.ts";
import type { Feed } from "../../../src/model/feed.ts";
import type { Item } from "../../../src/model/item.ts";
import type { Attachment, Image } from "../../../src/model/media.ts";
import type { Tombstone } from "../../../src/model/tombstone.ts";

/** Times of the sample stories. */
export const PUBLISHED = Date.UTC(2026, 0, 1, 18);
export const UPDATED = Date.UTC(2026, 0, 2, 9);

/** A channel with required values only, and with changes. */
export const sampleChannel = (changes: Partial<Channel> = {}): Channel => ({
  id: "tag:example.org,2026:feeds",
  url: "https://example.org",
  title: "The Courier",
  description: "News of every kind",
  language: "en",
  timeZone: "UTC",
  authors: [],
  sections: [],
  feeds: [],
  hubs: [],
  signature: "sha256",
  redirects: {},
  feedLength: 20,
  deltas: true,
  feedPages: true,
  noticeDays: 14,
  freshness: { maxAge: 300, staleWhileRevalidate: 60, staleIfError: 86_400 },
  words: {},
  media: [],
  ...changes,
});

/** A story with required values only, and with changes. */
export const sampleItem = (changes: Partial<Item> = {}): Item => ({
  id: "tag:example.org,2026:story",
  slug: "story",
  url: "https://example.org/articles/story",
  title: "Story",
  summary: "In short",
  html: "<p>In full</p>",
  blocks: [],
  published: PUBLISHED,
  updated: PUBLISHED,
  authors: [],
  tags: [],
  attachments: [],
  aliases: [],
  draft: false,
  corrections: [],
  media: [],
  ...changes,
});

/** A picture with all values. */
export const richImage: Image = {
  url: "https://example.org/media/a.jpg",
  type: "image/jpeg",
  length: 9,
  width: 4,
  height: 3,
  alt: "A & B",
  credit: "Jo",
};

/** A story with all values. */
export const richItem: Item = sampleItem({
  canonical: "https://elsewhere.example/story?a=1&b=2",
  updated: UPDATED,
  authors: [
    { key: "ana", name: "Ana & Béla", url: "https://example.org/ana?a=1&b=2", email: "ana@example.org" },
    { key: "bo", name: "Bo" },
  ],
  section: { key: "world", name: "World & Politics" },
  tags: [
    { key: "c", name: "C++ & <C>" },
    { key: "iraq", name: "Iraq" },
  ],
  image: richImage,
  attachments: [
    {
      url: "https://example.org/media/a.mp3",
      type: "audio/mpeg",
      length: 100,
      duration: 61.4,
      title: "Listen & learn",
    },
    { url: "https://cdn.example.net/b.pdf?a=1&b=2", type: "application/pdf" },
  ],
  language: "ar",
  source: { title: "The Paper", url: "https://paper.example/1", author: "Jo Writer" },
  license: "https://creativecommons.org/licenses/by/4.0/",
  corrections: [{ at: UPDATED, note: "It was red & not blue." }],
});

/** Attachments of every kind in an order that no feed has. */
export const mixedAttachments: readonly Attachment[] = [
  { url: "https://example.org/media/a.pdf", type: "application/pdf" },
  { url: "https://example.org/media/b.mp4", type: "video/mp4" },
  { url: "https://example.org/media/c.png", type: "image/png" },
  { url: "https://example.org/media/d.mp3", type: "audio/mpeg" },
  { url: "https://example.org/media/e.webm", type: "video/webm" },
  { url: "https://example.org/media/f.ogg", type: "audio/ogg; codecs=opus" },
];

/** The last parts of their addresses, in the order of feeds: sound, film, the rest. */
export const orderedNames = ["d.mp3", "f.ogg", "b.mp4", "e.webm", "a.pdf", "c.png"];

/** A story that was withdrawn. */
export const withdrawn: Tombstone = {
  id: "tag:example.org,2026:gone",
  slug: "gone",
  url: "https://example.org/articles/gone",
  published: PUBLISHED,
  at: UPDATED,
  reason: "It was wrong & <harmful>",
};

/** A story that expired. */
export const expired: Tombstone = {
  id: "tag:example.org,2026:over",
  slug: "over",
  url: "https://example.org/articles/over",
  published: PUBLISHED,
  at: UPDATED,
};

/** A main feed with one small story, and with changes. */
export const sampleFeed = (changes: Partial<Feed> = {}): Feed => {
  const channel = changes.channel ?? sampleChannel();
  return {
    channel,
    view: { scope: { kind: "all" }, text: "full" },
    id: channel.id,
    title: channel.title,
    page: `${channel.url}/`,
    base: `${channel.url}/`,
    hubs: channel.hubs,
    updated: PUBLISHED,
    items: [sampleItem()],
    notices: [],
    tombstones: [],
    ...changes,
  };
};

/** A feed with all values. */
export const richFeed: Feed = sampleFeed({
  channel: sampleChannel({
    rights: "© 2026 & all",
    license: "https://creativecommons.org/licenses/by-nd/4.0/",
    image: {
      url: "https://example.org/media/banner.png",
      type: "image/png",
      length: 5,
      width: 144,
      height: 40,
      alt: "",
    },
    icon: { url: "https://example.org/media/icon.png", type: "image/png", length: 5, width: 64, height: 64, alt: "" },
    hubs: ["https://hub.example.net/", "https://hub.example.com/?a=1&b=2"],
  }),
  updated: UPDATED,
  items: [richItem, sampleItem({ id: "tag:example.org,2026:other" })],
  notices: [withdrawn],
  tombstones: [withdrawn, expired],
});
