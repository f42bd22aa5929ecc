import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { Store } from "../store/store.ts";
import { takeVisible } from "./take-visible.ts";

/** So many of these stories are listed in documents about the whole publication. */
const MAX_STORIES = 1000;

/** The newest stories that state rights of their own, as readers may see them at `now`. Their HTML may be missing. */
export const findWithRights = (store: Store, now: Instant): Promise<readonly Item[]> =>
  takeVisible(store.storiesWithRights(now, MAX_STORIES), MAX_STORIES, now);
