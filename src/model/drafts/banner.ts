import type { Channel } from "../channel.ts";
import { formatDateTime } from "../dates/format-date-time.ts";
import { escapeHtml } from "../escape-html.ts";
import type { Instant } from "../instant.ts";
import type { Block, Item } from "../item.ts";
import type { OwnPage } from "../pages/own-page.ts";
import { visibilityOf } from "../visibility.ts";
import { fill } from "../words/template.ts";
import { wordsOf } from "../words/words-of.ts";

/** What a story says of itself that readers do not see at `now`, in its language; undefined if it is not hidden. */
const bannerOf = (item: Item, channel: Channel, now: Instant): string | undefined => {
  if (visibilityOf(item, now) !== "hidden") return undefined;
  const { language = channel.language, published, utcOffsetSeconds, draft } = item;
  const words = wordsOf(channel, language);
  return draft
    ? words.draft
    : fill(words.scheduled, { date: formatDateTime(published, utcOffsetSeconds?.published ?? 0, language) });
};

const renderBanner = (banner: string): string => `<p class="draft-banner"><strong>${escapeHtml(banner)}</strong></p>\n`;

/** A page of the publisher's own that is a draft, for its writers: it begins with a banner that says so. */
export const pageWithBanner = (page: OwnPage, channel: Channel): OwnPage => ({
  ...page,
  html: renderBanner(wordsOf(channel, page.language ?? channel.language).draft) + page.html,
});

/**
 * A story for its writers: one that readers do not see at `now` begins with a banner that says so, as does its summary. So it is on
 * pages, in lists and in feeds, and none of them need know of it. Partners' forms of single blocks are left out.
 */
export const withBanner = (item: Item, channel: Channel, now: Instant): Item => {
  const banner = bannerOf(item, channel, now);
  if (banner === undefined) return item;
  const { replacedBlocks: _, ...rest } = item;
  const html = renderBanner(banner);
  const first: Block = {
    ...{ end: html.length, kind: "p", elements: ["p", "strong"], depth: 2 },
    ...{ textLength: banner.length, media: [] },
  };
  return {
    ...rest,
    summary: `${banner} · ${item.summary}`,
    html: html + item.html,
    blocks: [first, ...item.blocks.map((block) => ({ ...block, end: block.end + html.length }))],
  };
};
