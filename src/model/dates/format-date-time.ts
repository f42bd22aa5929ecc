import type { Instant } from "../instant.ts";
import { findByLanguage } from "../language.ts";
import { fill } from "../words/template.ts";
import { DATE_STYLES, ISO_STYLE } from "./date-styles.ts";

const twoDigits = (number: number): string => String(number).padStart(2, "0");

/** A year in four digits. */
export const formatYear = (year: number): string => String(year).padStart(4, "0");

/**
 * An instant as a date with the time of day for people, in a language (a BCP 47 tag in its canonical spelling) and as
 * clocks show it that are `utcOffsetSeconds` ahead of UTC. The tables are our own, so that no update of the platform
 * changes a byte.
 */
export const formatDateTime = (instant: Instant, utcOffsetSeconds: number, language: string): string => {
  const { months, pattern, firstDay = "1" } = findByLanguage(DATE_STYLES, language) ?? ISO_STYLE;
  // The fields that are UTC by name are those of the local clock.
  const local = new Date(instant + utcOffsetSeconds * 1000);
  const [day, month, hour] = [local.getUTCDate(), local.getUTCMonth() + 1, local.getUTCHours()];
  return fill(pattern, {
    day: day === 1 ? firstDay : day,
    dd: twoDigits(day),
    m: month,
    mm: twoDigits(month),
    month: months[month - 1] ?? "",
    year: formatYear(local.getUTCFullYear()),
    hour: twoDigits(hour),
    hour12: hour % 12 === 0 ? 12 : hour % 12,
    period: hour < 12 ? "AM" : "PM",
    minute: twoDigits(local.getUTCMinutes()),
  });
};

/** A month of a year for people, in a language: `November 2026`, or `November` if it is to stand below its year. */
export const formatMonth = (year: number, month: number, language: string, isBelowYear = false): string => {
  const style = findByLanguage(DATE_STYLES, language) ?? ISO_STYLE;
  const { months, monthsAlone = months, monthPattern = "{month}", monthOfYearPattern = "{month} {year}" } = style;
  const values = { year: formatYear(year), m: month, mm: twoDigits(month), month: monthsAlone[month - 1] ?? "" };
  return fill(isBelowYear ? monthPattern : monthOfYearPattern, values);
};
