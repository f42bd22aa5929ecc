import type { Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { newestFirst } from "../model/newest-first.ts";
import type { Scope } from "../model/scope.ts";
import { MAIN_VIEW } from "../model/view.ts";
import { visibilityOf } from "../model/visibility.ts";
import type { Store } from "../store/store.ts";
import { takeVisible } from "./take-visible.ts";

/** Where readers may go on from a story. */
export interface RelatedStories {
  /** Stories with the same tags, or of the same section; those with more in common first. */
  readonly related: readonly Item[];
  /** The stories that were published before and after it. */
  readonly previous?: Item;
  readonly next?: Item;
}

/** So many stories are named, of so many for each tag, of so many tags. */
const MAX_RELATED = 3;
const MAX_CANDIDATES = 4;
const MAX_TAGS = 3;

/** So many stories on each side may be hidden before none is named. */
const MAX_PASSED_OVER = 3;

const likeness = (item: Item, other: Item): number => {
  const tags = new Set(item.tags.map(({ key }) => key));
  const shared = other.tags.filter(({ key }) => tags.has(key)).length;
  return 2 * shared + (item.section !== undefined && item.section.key === other.section?.key ? 1 : 0);
};

const findNeighbours = async (store: Store, item: Item, now: Instant): Promise<readonly Item[]> => {
  const { scope } = MAIN_VIEW;
  const slot = (await store.countPublished(scope, item.published)) - 1;
  const stories = store.appeared(scope, Math.max(0, slot - MAX_PASSED_OVER), slot + 1 + MAX_PASSED_OVER);
  const visible: Item[] = [];
  for await (const one of stories) {
    if (visibilityOf(one, now) === "visible" && one.id !== item.id) visible.push(one);
  }
  return visible.sort(newestFirst);
};

/** Where readers may go on from a visible story at `now`. */
export const findRelated = async (store: Store, item: Item, now: Instant): Promise<RelatedStories> => {
  const scopes: readonly Scope[] = [
    ...item.tags.slice(0, MAX_TAGS).map(({ key }): Scope => ({ kind: "tag", key })),
    ...(item.section === undefined ? [] : [{ kind: "section", key: item.section.key } satisfies Scope]),
  ];
  const lists = await Promise.all([
    findNeighbours(store, item, now),
    ...scopes.map((scope) => takeVisible(store.stories(scope, now, MAX_CANDIDATES), MAX_CANDIDATES, now)),
  ]);
  const [neighbours = [], ...candidates] = lists;
  const previous = neighbours.find((one) => newestFirst(item, one) < 0);
  const next = neighbours.findLast((one) => newestFirst(item, one) > 0);
  const named = new Set([item.id, previous?.id, next?.id]);
  const byId = new Map(candidates.flat().map((one) => [one.id, one]));
  const related = [...byId.values()]
    .filter(({ id }) => !named.has(id))
    .sort((a, b) => likeness(item, b) - likeness(item, a) || newestFirst(a, b))
    .slice(0, MAX_RELATED);
  return { related, ...(previous && { previous }), ...(next && { next }) };
};
