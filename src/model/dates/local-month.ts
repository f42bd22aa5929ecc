import type { Instant } from "../instant.ts";
import type { Item } from "../item.ts";

/** A month of a year; `month` counts from 1. */
export interface Month {
  readonly year: number;
  readonly month: number;
}

/** The month in which a story was published, on the clocks of the publication. */
export const monthOf = ({ published, utcOffsetSeconds }: Item): Month => {
  const local = new Date(published + (utcOffsetSeconds?.published ?? 0) * 1000);
  return { year: local.getUTCFullYear(), month: local.getUTCMonth() + 1 };
};

/** Whether two months are the same. */
export const isSameMonth = (one: Month, other: Month): boolean => one.year === other.year && one.month === other.month;

/** When a month begins in UTC. */
export const monthStart = ({ year, month }: Month): Instant => {
  const date = new Date(0);
  // Not Date.UTC, to which the year 26 is 1926.
  return date.setUTCFullYear(year, month - 1, 1);
};
