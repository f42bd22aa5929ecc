import type { Instant } from "../model/instant.ts";
import { visibilityOf } from "../model/visibility.ts";
import type { Store, StoredMedia } from "../store/store.ts";

/**
 * Looks up a media file by its path, such as `media/x.jpg`. Undefined unless the publication or a visible story uses
 * it.
 */
export const findMedia = async (store: Store, path: string, now: Instant): Promise<StoredMedia | undefined> => {
  const stored = await store.findMedia(path, now);
  const isVisible = stored?.isOfChannel || stored?.usedBy.some((item) => visibilityOf(item, now) === "visible");
  return isVisible ? stored : undefined;
};
