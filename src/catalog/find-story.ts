import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { type Lookup, MISSING } from "../model/lookup.ts";
import { visibilityOf } from "../model/visibility.ts";
import type { Store } from "../store/store.ts";

/** Looks up a story by its slug, or by a slug it had before, as readers may know it at `now`. */
export const findStory = async (store: Store, slug: string, now: Instant): Promise<Lookup<Item>> => {
  const item = await store.find(slug);
  if (item === undefined) {
    const renamed = await store.findAlias(slug);
    if (renamed === undefined) return MISSING;
    const found = await findStory(store, renamed.slug, now);
    return found.kind === "found" ? { kind: "moved", slug: renamed.slug } : found;
  }
  const visibility = visibilityOf(item, now);
  if (visibility === "visible") return { kind: "found", value: item };
  if (visibility === "hidden") return MISSING;
  return item.withdrawn === undefined ? { kind: "gone" } : { kind: "gone", reason: item.withdrawn.reason };
};
