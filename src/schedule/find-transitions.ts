import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { Store } from "../store/store.ts";

/** Hears of every look: something may have changed, and these stories appeared or left by themselves. The seam to push. */
export type OnTransitions = (items: readonly Item[]) => Promise<void>;

/** What a look around found out. */
export interface Transitions {
  readonly items: readonly Item[];
  /** When there will be something to see again by itself; Infinity where nothing is to come. */
  readonly next: Instant;
}

/**
 * Finds the stories that appeared or left by themselves after `last` and by `now`, and when to look again. Lets the store put
 * those away that have expired.
 */
export const findTransitions = async (store: Store, last: Instant, now: Instant): Promise<Transitions> => {
  store.refresh();
  const { until, isStale } = await store.snapshotAt(now);
  if (isStale) throw new Error("the store does not answer");
  await store.unlistExpired(last, now);
  return { items: await Array.fromAsync(store.itemsChangingBetween(last, now)), next: until };
};
