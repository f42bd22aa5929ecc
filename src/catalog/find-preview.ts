import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { visibilityOf } from "../model/visibility.ts";
import type { Store } from "../store/store.ts";

/**
 * Looks up a story for whoever holds a signed link to it, also before readers may see it: the one way around the gate.
 * Undefined for a story that was withdrawn or has expired.
 */
export const findPreview = async (store: Store, slug: string, now: Instant): Promise<Item | undefined> => {
  const item = await store.find(slug);
  const visibility = item && visibilityOf(item, now);
  return item?.withdrawn === undefined && (visibility === "hidden" || visibility === "visible") ? item : undefined;
};
