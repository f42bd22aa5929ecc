import type { Instant } from "../model/instant.ts";
import { firstRemoval } from "../model/tombstone.ts";
import { visibilityOf } from "../model/visibility.ts";
import type { Store, StoredMedia } from "../store/store.ts";

/** A media file that readers may see. */
export interface PublicMedia extends StoredMedia {
  /** When the last of the known stories that use it is removed; Infinity if that is not known. */
  readonly until: Instant;
}

/**
 * Looks up a media file by its path, such as `media/x.jpg`. Undefined unless the publication or a visible story uses
 * it.
 */
export const findMedia = async (store: Store, path: string, now: Instant): Promise<PublicMedia | undefined> => {
  if (!store.channel.media.includes(path) && !(await store.knows(path, now))) return undefined;
  const stored = await store.findMedia(path, now);
  if (stored?.isOfChannel) return { ...stored, until: Number.POSITIVE_INFINITY };
  const users = stored?.usedBy.filter((item) => visibilityOf(item, now) === "visible") ?? [];
  return stored && users.length > 0
    ? { ...stored, until: Math.max(...users.map((item) => firstRemoval([item]))) }
    : undefined;
};
