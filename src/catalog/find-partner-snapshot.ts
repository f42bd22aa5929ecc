import type { PartnerView } from "../model/partners/partner-view.ts";
import type { Snapshot } from "../model/snapshot.ts";
import type { Store } from "../store/store.ts";

/**
 * The snapshot of a store as partners with a view see it: beside the store's own transitions there are those at which a story's
 * delay ends, or a story becomes too old. A story that left before has none.
 */
export const findPartnerSnapshot = async (
  store: Store,
  { list, delayMs, maxAgeMs = Number.POSITIVE_INFINITY }: PartnerView,
  snapshot: Snapshot,
): Promise<Snapshot> => {
  const ages = delayMs < maxAgeMs ? [delayMs, maxAgeMs].filter((age) => age > 0 && Number.isFinite(age)) : [];
  const transitions = await Promise.all(
    ages.map(async (age) => {
      const { before, after } = await store.publishedAround(list, snapshot.now - age, age);
      return {
        since: before === undefined ? 0 : before + age,
        until: after === undefined ? Number.POSITIVE_INFINITY : after + age,
      };
    }),
  );
  return {
    ...snapshot,
    since: Math.max(snapshot.since, ...transitions.map(({ since }) => since)),
    until: Math.min(snapshot.until, ...transitions.map(({ until }) => until)),
  };
};
