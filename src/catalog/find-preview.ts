import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { visibilityOf } from "../model/visibility.ts";
import type { Store } from "../store/store.ts";

/**
 * Looks up a story for a signed preview link, hidden or visible; the only function that returns what readers may not
 * see. Undefined for a story that was withdrawn or has expired.
 */
export const findPreview = async (store: Store, slug: string, now: Instant): Promise<Item | undefined> => {
  const item = await store.findBySlug(slug);
  const visibility = item && visibilityOf(item, now);
  return item?.withdrawn === undefined && (visibility === "hidden" || visibility === "visible") ? item : undefined;
};
