import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { newestFirst } from "../model/newest-first.ts";
import { MAIN_VIEW } from "../model/view.ts";
import { visibilityOf } from "../model/visibility.ts";
import type { Store, Stories } from "../store/store.ts";

/** The stories of a time, and between which instants they are the same unless the store changes. */
export interface RecentStories {
  /** Newest first. */
  readonly items: readonly Item[];
  /** When a story last fell out; 0 if none is known to have. */
  readonly since: Instant;
  /** When the next falls out; Infinity if there is none. */
  readonly until: Instant;
}

const takeRecent = async (stories: Stories, ageMs: number, limit: number, now: Instant): Promise<RecentStories> => {
  const items: Item[] = [];
  let since = 0;
  for await (const item of stories) {
    if (item.published <= now - ageMs) {
      since = item.published + ageMs;
      break;
    }
    if (visibilityOf(item, now) === "visible") items.push(item);
    if (items.length >= limit) break;
  }
  return { items, since, until: Math.min(...items.map(({ published }) => published + ageMs)) };
};

/** The stories that readers may see and that were published less than `ageMs` ago, `limit` at most; those too that are in no feed. */
export const findRecent = async (store: Store, ageMs: number, limit: number, now: Instant): Promise<RecentStories> => {
  const { scope } = MAIN_VIEW;
  const pageSize = store.channel.feedLength;
  const lists = await Promise.all([
    takeRecent(store.stories(scope, now, pageSize), ageMs, limit, now),
    takeRecent(store.storiesWithoutFeed(scope, now, pageSize), ageMs, limit, now),
  ]);
  return {
    items: lists
      .flatMap(({ items }) => items)
      .sort(newestFirst)
      .slice(0, limit),
    since: Math.max(...lists.map((list) => list.since)),
    until: Math.min(...lists.map((list) => list.until)),
  };
};
