import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { Store } from "../store/store.ts";

/** What happened by itself: embargoes that lifted, and stories that expired. */
export interface Transitions {
  /** The stories that appeared or left. */
  readonly items: readonly Item[];
  /** When the next transition comes; Infinity if none is known. */
  readonly next: Instant;
}

/**
 * Finds the transitions after `last` and up to `now`, and lets the store retire the stories that have expired. Rejects
 * if the store does not answer.
 */
export const findTransitions = async (store: Store, last: Instant, now: Instant): Promise<Transitions> => {
  store.refresh();
  const { until, isStale } = await store.snapshotAt(now);
  if (isStale) throw new Error("the store does not answer");
  await store.unlistExpired(last, now);
  return { items: await Array.fromAsync(store.itemsChangingBetween(last, now)), next: until };
};
