import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { Store } from "../store/store.ts";

/** What happened by itself: embargoes that lifted, and stories that expired. */
export interface Transitions {
  /** The stories that appeared or left. */
  readonly items: readonly Item[];
  /** When the next transition comes, or more work of the store; Infinity if none is known. */
  readonly next: Instant;
}

/** How many steps of the store's own work are done one after the other. */
const MAX_STEPS = 10;

/** Between so many steps and the next ones, so that readers' queries come in between. */
const PAUSE_MS = 500;

/** Lets a store do its own work; resolves to whether all is done. */
const catchUp = async (store: Store): Promise<boolean> => {
  for (let steps = 0; steps < MAX_STEPS; steps++) if (await store.catchUp()) return true;
  return false;
};

/**
 * Finds the transitions after `last` and up to `now`, and lets the store retire the stories that have expired and catch
 * up with others. Rejects if the store does not answer.
 */
export const findTransitions = async (store: Store, last: Instant, now: Instant): Promise<Transitions> => {
  store.refresh();
  const { until, isStale } = await store.snapshotAt(now);
  if (isStale) throw new Error("the store does not answer");
  await store.unlistExpired(last, now);
  const isUpToDate = await catchUp(store);
  return {
    items: await Array.fromAsync(store.itemsChangingBetween(last, now)),
    next: isUpToDate ? until : Math.min(until, now + PAUSE_MS),
  };
};
