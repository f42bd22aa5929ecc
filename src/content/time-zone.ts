import type { Instant } from "../model/instant.ts";

// The names of three letters in the IANA database. ICU knows more, of which many mean several zones.
const IANA_ABBREVIATIONS = new Set("CET EET EST GMT HST MET MST PRC ROC ROK UCT UTC WET".split(" "));

const FIELDS: Intl.DateTimeFormatOptions = {
  ...{ year: "numeric", month: "numeric", day: "numeric" },
  ...{ hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23" },
};

const formatIn = (timeZone: string): Intl.DateTimeFormat => new Intl.DateTimeFormat("en-US", { ...FIELDS, timeZone });

/** Whether a name is that of a time zone in the IANA database. */
export const isTimeZone = (name: string): boolean => {
  if (/^[+-]/.test(name) || (/^\w{3}$/.test(name) && !IANA_ABBREVIATIONS.has(name))) return false;
  try {
    formatIn(name);
    return true;
  } catch {
    return false;
  }
};

// A publication has one time zone, and a formatter takes longer to make than to use.
let latest: { readonly timeZone: string; readonly format: Intl.DateTimeFormat } | undefined;

/**
 * How many seconds a time zone (IANA) is ahead of UTC at an instant. This is all that Feedwright asks Intl about dates,
 * and only when it compiles: zones change by law, so the answer stands in what was compiled.
 */
export const utcOffsetSeconds = (timeZone: string, instant: Instant): number => {
  if (timeZone === "UTC") return 0;
  if (latest?.timeZone !== timeZone) latest = { timeZone, format: formatIn(timeZone) };
  const fields = new Map(latest.format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const field = (name: Intl.DateTimeFormatPartTypes): number => fields.get(name) ?? 0;
  const local = Date.UTC(
    field("year"),
    field("month") - 1,
    field("day"),
    field("hour"),
    field("minute"),
    field("second"),
  );
  return (local - Math.floor(instant / 1000) * 1000) / 1000;
};
