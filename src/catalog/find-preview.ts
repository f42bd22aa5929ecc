import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { visibilityOf } from "../model/visibility.ts";
import type { Store, StoredMedia } from "../store/store.ts";

// The only file that returns what readers may not see, to whoever has a signed link.

/** Looks up a story for its preview, hidden or visible. Undefined for a story that was withdrawn or has expired. */
export const findPreview = async (store: Store, slug: string, now: Instant): Promise<Item | undefined> => {
  const item = await store.findBySlug(slug);
  const visibility = item && visibilityOf(item, now);
  return item?.withdrawn === undefined && (visibility === "hidden" || visibility === "visible") ? item : undefined;
};

/** Looks up a media file for the preview of a story. Undefined unless the story or the publication uses it. */
export const findPreviewMedia = async (
  store: Store,
  item: Item,
  path: string,
  now: Instant,
): Promise<StoredMedia | undefined> =>
  [...item.media, ...store.channel.media].includes(path) ? store.findMedia(path, now) : undefined;
