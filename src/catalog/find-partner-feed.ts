import type { Channel } from "../model/channel.ts";
import type { BareFeed } from "../model/feed.ts";
import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { PartnerView } from "../model/partners/partner-view.ts";
import type { Tombstone } from "../model/tombstone.ts";
import { MAIN_VIEW } from "../model/view.ts";
import type { Store } from "../store/store.ts";
import { type FeedLimits, takeNewest, takeNotices } from "./newest-stories.ts";

const primaryLanguage = (tag: string): string | undefined => tag.split("-")[0];

const limitsOf = (view: PartnerView, siteLanguage: string): FeedLimits => {
  const { format, language, length, delayMs, maxAgeMs = Number.POSITIVE_INFINITY } = view;
  const mayHaveHad = (item: Item): boolean =>
    language === undefined || primaryLanguage(item.language ?? siteLanguage) === primaryLanguage(language);
  const accepts = (item: Item): boolean => item.unfitFor?.includes(format) !== true && mayHaveHad(item);
  return { length, delayMs, maxAgeMs, accepts, mayHaveHad };
};

/** The publication as a partner's feed has it: in the one language of that, and under the contract's licence. */
const channelFor = ({ language, license }: PartnerView, channel: Channel): Channel =>
  language === undefined && license === undefined
    ? channel
    : { ...channel, ...(language !== undefined && { language }), ...(license !== undefined && { license }) };

/**
 * The feed of a partner's view at `now`: what the contract selects and the format accepts, of what readers may see. It has the
 * Items as the public has them; `key` names the view. A withdrawal is told as long as its notice stands, however old the story
 * is; of what was withdrawn before the contract's delay was over nothing is told.
 */
export const findPartnerFeed = async (
  store: Store,
  view: PartnerView,
  key: string,
  now: Instant,
): Promise<BareFeed> => {
  const { channel } = store;
  const { items, tombstones, notices } = await takeNewest(store, view.list, limitsOf(view, channel.language), now);
  return {
    channel: channelFor(view, channel),
    view: { ...MAIN_VIEW, text: view.text === "summary" ? "summary" : "full" },
    id: `${channel.id.replace(/\/$/, "")}/partners/${key}`,
    title: channel.title,
    page: `${channel.url}/`,
    hubs: [],
    updated: Math.max(0, ...items.map(({ updated }) => updated), ...tombstones.map(({ at }) => at)),
    items,
    notices,
    tombstones,
  };
};

/** The withdrawals that a partner is told of at `now` in any of its views, all of one contract; the latest first. */
export const findPartnerNotices = async (
  store: Store,
  views: readonly PartnerView[],
  now: Instant,
): Promise<readonly Tombstone[]> => {
  const all = views.map((view) => limitsOf(view, store.channel.language));
  const [view] = views;
  const [limits] = all;
  if (view === undefined || limits === undefined) return [];
  const maxAgeMs = Math.max(...all.map((one) => one.maxAgeMs));
  const mayHaveHad = (item: Item): boolean => all.some((one) => one.mayHaveHad(item));
  return takeNotices(store, view.list, { ...limits, maxAgeMs, mayHaveHad }, now);
};
