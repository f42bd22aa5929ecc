import { utcOffsetSeconds } from "../../content/time-zone.ts";
import type { Channel } from "../../model/channel.ts";
import { pageWithBanner, withBanner } from "../../model/drafts/banner.ts";
import { DAY_MS, type Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { compareText } from "../../model/newest-first.ts";
import type { Publication } from "../../model/publication.ts";
import { visibilityOf } from "../../model/visibility.ts";

/** A hidden story as if it had been published at `at`. */
const publishedAt = (item: Item, { timeZone }: Channel, at: Instant): Item => {
  const { utcOffsetSeconds: _, ...rest } = item;
  const offset = utcOffsetSeconds(timeZone, at);
  return {
    ...rest,
    ...{ draft: false, published: at, updated: at },
    ...(offset !== 0 && { utcOffsetSeconds: { published: offset, updated: offset } }),
  };
};

/**
 * A publication as its writers look at it before readers do: what is hidden at `now`, drafts and scheduled stories, is among the
 * newest stories, with a banner; so is a page that is a draft among the pages. The data of the worker say so, and the worker itself
 * knows of no such thing: its code never shows what is hidden. There are no hubs and no contracts, so that nothing leaves this machine by itself. The dates stay the same through
 * the day, so that a build changes only what a writer has changed.
 */
export const showHidden = (publication: Publication, now: Instant): Publication => {
  const { draftPages = [], ...rest } = publication;
  const { channel, items } = rest;
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const newest = items
    .filter((item) => visibilityOf(item, now) !== "hidden")
    .reduce((latest, { published }) => Math.max(latest, published), today);
  const show = (item: Item): Item =>
    visibilityOf(item, now) === "hidden" ? publishedAt(withBanner(item, channel, now), channel, newest) : item;
  const drafts = draftPages.map(({ page }) => pageWithBanner(page, channel));
  const pages = [...(channel.pages ?? []), ...drafts].sort((a, b) => compareText(a.name, b.name));
  const media = new Set([...channel.media, ...draftPages.flatMap((draft) => draft.media)]);
  return {
    ...rest,
    channel: { ...channel, hubs: [], ...(pages.length > 0 && { pages }), media: [...media] },
    items: items.map(show),
    partners: [],
    partnerMembers: {},
  };
};
