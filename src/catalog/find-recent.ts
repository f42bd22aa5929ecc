import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { Store } from "../store/store.ts";
import { takeVisible } from "./take-visible.ts";

/** The stories of a time, and between which instants they are the same unless the store changes. */
export interface RecentStories {
  /** Newest first. Their HTML may be missing. */
  readonly items: readonly Item[];
  /** When a story last fell out; 0 if none has. */
  readonly since: Instant;
  /** When the next falls out; Infinity if there is none. */
  readonly until: Instant;
}

/** The stories that readers may see and that were published less than `ageMs` ago, `limit` at most; those too that are in no feed. */
export const findRecent = async (store: Store, ageMs: number, limit: number, now: Instant): Promise<RecentStories> => {
  const take = (since: Instant, until: Instant, count: number): Promise<readonly Item[]> =>
    takeVisible(store.storiesBetween(since, until, now, count), count, now);
  const oldest = now - ageMs;
  const [items, [fallen]] = await Promise.all([take(oldest, now, limit), take(Number.MIN_SAFE_INTEGER, oldest, 1)]);
  return {
    items,
    since: fallen === undefined ? 0 : fallen.published + ageMs,
    until: Math.min(...items.map(({ published }) => published + ageMs)),
  };
};
