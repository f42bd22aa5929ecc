import type { PartnerView } from "../model/partners/partner-view.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Store } from "../store/store.ts";

/**
 * The snapshot of a store as partners with a view see it: beside the store's own transitions there are those at which a story's
 * delay ends, or a story becomes too old.
 */
export const findPartnerSnapshot = async (
  store: Store,
  { list, delayMs, maxAgeMs }: PartnerView,
  snapshot: Snapshot,
): Promise<Snapshot> => {
  const shifts = [delayMs, maxAgeMs ?? 0].filter((shift) => shift > 0);
  const transitions = await Promise.all(
    shifts.map(async (shift) => {
      const { before, after } = await store.publishedAround(list, snapshot.now - shift);
      return {
        since: before === undefined ? 0 : before + shift,
        until: after === undefined ? Number.POSITIVE_INFINITY : after + shift,
      };
    }),
  );
  return {
    ...snapshot,
    since: Math.max(snapshot.since, ...transitions.map(({ since }) => since)),
    until: Math.min(snapshot.until, ...transitions.map(({ until }) => until)),
  };
};
