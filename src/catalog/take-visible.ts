import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { visibilityOf } from "../model/visibility.ts";
import type { Stories } from "../store/store.ts";

/** The first `limit` stories that readers may see. */
export const takeVisible = async (stories: Stories, limit: number, now: Instant): Promise<readonly Item[]> => {
  const taken: Item[] = [];
  for await (const item of stories) {
    if (visibilityOf(item, now) === "visible") taken.push(item);
    if (taken.length >= limit) break;
  }
  return taken;
};
