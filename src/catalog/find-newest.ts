import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { newestFirst } from "../model/newest-first.ts";
import { MAIN_VIEW } from "../model/view.ts";
import type { Store } from "../store/store.ts";
import { findFeed } from "./find-feed.ts";
import { takeVisible } from "./take-visible.ts";

/** The stories of the front page: those of the main feed, and as new ones that are in no such feed. Newest first. */
export const findNewest = async (store: Store, now: Instant): Promise<readonly Item[]> => {
  const { scope } = MAIN_VIEW;
  const { feedLength } = store.channel;
  const found = await findFeed(store, MAIN_VIEW, now);
  const ofFeed = found.kind === "found" ? found.value.items : [];
  const others = await takeVisible(store.storiesWithoutFeed(scope, now, feedLength), feedLength, now);
  if (others.length === 0) return ofFeed;
  return [...ofFeed, ...others].sort(newestFirst).slice(0, Math.max(feedLength, ofFeed.length));
};
