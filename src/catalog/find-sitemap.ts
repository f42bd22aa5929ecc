import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { StoryList } from "../model/scope.ts";
import type { Store, VisibleScope } from "../store/store.ts";
import { takeVisible } from "./take-visible.ts";

/** How many sitemaps it takes for the stories of a list that have appeared by `now`, if one holds `length` of them. */
export const countSitemaps = async (store: Store, list: StoryList, length: number, now: Instant): Promise<number> =>
  Math.ceil((await store.countAppeared(list, now)) / length);

/**
 * The stories of a sitemap that readers may see at `now`. They are counted from the oldest, and those that left keep their place, so
 * that only the last sitemap changes when a story is added. Their HTML may be missing.
 */
export const findSitemapStories = (
  store: Store,
  list: StoryList,
  page: number,
  length: number,
  now: Instant,
): Promise<readonly Item[]> =>
  takeVisible(store.appearedWithoutHtml(list, (page - 1) * length, page * length), length, now);

/** The sections, authors and tags that readers know at `now`, `limit` of each at most. */
export const findScopes = (store: Store, limit: number, now: Instant): Promise<readonly VisibleScope[]> =>
  store.visibleScopes(now, limit);
