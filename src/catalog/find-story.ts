import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { type Lookup, MISSING } from "../model/lookup.ts";
import { firstRemoval } from "../model/tombstone.ts";
import { visibilityOf } from "../model/visibility.ts";
import type { Store } from "../store/store.ts";

/** Looks up a story by its slug, or by a former one, as readers may see it at `now`. */
export const findStory = async (store: Store, slug: string, now: Instant): Promise<Lookup<Item>> => {
  const item = (await store.findBySlug(slug)) ?? (await store.findByAlias(slug));
  const visibility = item && visibilityOf(item, now);
  if (item === undefined || visibility === "hidden") return MISSING;
  if (visibility === "visible") {
    return item.slug === slug
      ? { kind: "found", value: item }
      : { kind: "moved", slug: item.slug, until: firstRemoval([item]) };
  }
  const { withdrawn, expires, updated, utcOffsetSeconds, language } = item;
  const gone = {
    kind: "gone",
    utcOffsetSeconds: utcOffsetSeconds?.updated ?? 0,
    ...(language !== undefined && { language }),
  } as const;
  return withdrawn === undefined
    ? { ...gone, at: expires ?? updated }
    : { ...gone, at: withdrawn.at, reason: withdrawn.reason };
};
