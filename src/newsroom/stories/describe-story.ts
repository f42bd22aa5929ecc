import { PLACEHOLDER_ORIGIN } from "../../model/address.ts";
import type { Channel } from "../../model/channel.ts";
import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { visibilityOf } from "../../model/visibility.ts";
import type { Newsroom } from "../newsroom.ts";
import { previewUrl } from "../preview-link.ts";

/** How a story stands, as its editors see it. */
type State = "draft" | "scheduled" | "published" | "withdrawn" | "expired";

/** How a story stands at `now`. */
const stateOf = (item: Item, now: Instant): State => {
  if (item.draft) return "draft";
  const visibility = visibilityOf(item, now);
  if (visibility === "hidden") return "scheduled";
  return visibility === "visible" ? "published" : visibility;
};

const iso = (instant: Instant): string => new Date(instant).toISOString();

/** A story in a list. Addresses stand on the site's own origin. */
export const summaryOf = (item: Item, { url }: Channel, now: Instant) => ({
  slug: item.slug,
  id: item.id,
  url: item.url.replace(PLACEHOLDER_ORIGIN, url),
  title: item.title,
  state: stateOf(item, now),
  published: iso(item.published),
  updated: iso(item.updated),
  ...(item.expires !== undefined && { expires: iso(item.expires) }),
});

/** The keys in which two Items differ; all that say something where there was none. */
export const changesBetween = (former: Item | undefined, item: Item): readonly string[] => {
  const before = new Map(Object.entries(former ?? {}).map(([key, value]) => [key, JSON.stringify(value)]));
  const after = new Map(Object.entries(item).map(([key, value]) => [key, JSON.stringify(value)]));
  return [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key)).sort();
};

/** A story by itself: with a link at which a hidden one can be read. */
export const detailsOf = (item: Item, { channel, ownerToken }: Newsroom, now: Instant) => ({
  ...summaryOf(item, channel, now),
  ...(item.withdrawn === undefined &&
    visibilityOf(item, now) === "hidden" && { preview: previewUrl(channel, item, ownerToken, now) }),
});
