import { type BoundedCache, createBoundedCache } from "../../lib/bounded-cache.ts";
import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import type { Partner } from "../../model/partners/partner.ts";
import type { PartnerView } from "../../model/partners/partner-view.ts";
import type { Snapshot } from "../../model/snapshot.ts";

const MAX_ITEMS_BYTES = 8 * 1024 * 1024;
const MAX_SNAPSHOTS_BYTES = 1024 * 1024;

/** What of partners' feeds stays in memory. All of it is found again by what it is made of. */
export interface PartnerCache {
  /** Stories as partners get them, so that the fragments that are rendered of them are found. */
  readonly items: BoundedCache<{ readonly source: Item; readonly item: Item }>;
  readonly snapshots: BoundedCache<Snapshot & { readonly storeSince: Instant }>;
  readonly views: WeakMap<Partner, Map<string, { readonly view: PartnerView; readonly key: string }>>;
}

/** Creates an empty cache. */
export const createPartnerCache = (): PartnerCache => ({
  items: createBoundedCache(MAX_ITEMS_BYTES, ({ item, source }) => 1024 + (item === source ? 0 : 2 * item.html.length)),
  snapshots: createBoundedCache(MAX_SNAPSHOTS_BYTES, () => 256),
  views: new WeakMap(),
});
