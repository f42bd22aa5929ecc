import { isSameMonth, type Month, monthOf, monthStart } from "../model/dates/local-month.ts";
import { DAY_MS, type Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import { type Lookup, MISSING } from "../model/lookup.ts";
import { visibilityOf } from "../model/visibility.ts";
import type { Store } from "../store/store.ts";
import { takeVisible } from "./take-visible.ts";

/** All stories that readers may see, by months. */
export interface Archive {
  /** The months that have stories, the newest first. */
  readonly months: readonly Month[];
  /** The newest stories, newest first. Their HTML may be missing. */
  readonly items: readonly Item[];
  /** The newest story of each month. Their HTML may be missing. */
  readonly newest: readonly Item[];
}

/** The stories of a month. */
export interface MonthOfStories {
  readonly month: Month;
  /** The months before and after that have stories. */
  readonly older?: Month;
  readonly newer?: Month;
  /** Newest first. Their HTML may be missing. */
  readonly items: readonly Item[];
  /** The newest story of each of those months. Their HTML may be missing. */
  readonly neighbours: readonly Item[];
}

/** So many titles are on one page. */
const MAX_TITLES = 100;
const MAX_TITLES_OF_MONTH = 1000;

const newestOfMonths = async (store: Store, now: Instant): Promise<readonly Item[]> =>
  (await store.newestOfMonths(now)).filter((item) => visibilityOf(item, now) === "visible");

/** The archive as readers may see it at `now`: every month, and the newest titles. */
export const findArchive = async (store: Store, now: Instant): Promise<Archive> => {
  const newest = await newestOfMonths(store, now);
  const stories = store.storiesBetween(Number.MIN_SAFE_INTEGER, now, now, MAX_TITLES);
  return { months: newest.map(monthOf), items: await takeVisible(stories, MAX_TITLES, now), newest };
};

/** The stories of a month, or nothing if readers see none of it. */
export const findMonth = async (store: Store, month: Month, now: Instant): Promise<Lookup<MonthOfStories>> => {
  const newest = await newestOfMonths(store, now);
  const months = newest.map(monthOf);
  const index = months.findIndex((one) => isSameMonth(one, month));
  if (index === -1) return MISSING;
  const [newer, older] = [months[index - 1], months[index + 1]];
  const start = monthStart(month);
  const end = monthStart({ ...month, month: month.month + 1 });
  // A day more on both sides: nobody's clocks are farther from UTC.
  const stories = store.storiesBetween(start - DAY_MS, Math.min(now, end + DAY_MS), now, MAX_TITLES_OF_MONTH);
  const items = await takeVisible(stories, MAX_TITLES_OF_MONTH, now);
  const value = {
    month,
    items: items.filter((item) => isSameMonth(monthOf(item), month)),
    neighbours: [newest[index - 1], newest[index + 1]].filter((item) => item !== undefined),
    ...(newer && { newer }),
    ...(older && { older }),
  };
  return { kind: "found", value };
};
