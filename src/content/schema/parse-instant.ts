import type { Instant } from "../../model/instant.ts";
import { quote } from "../messages/messages.ts";

const DATE_ONLY = /^\d{4}-\d\d?-\d\d?$/;
const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?$/i;

/**
 * Parses an RFC 3339 date with time and zone into an Instant. Otherwise returns a message that continues the sentence
 * beginning with the key's name.
 */
export const parseInstant = (value: string): Instant | string => {
  const trimmed = value.trim();
  if (DATE_ONLY.test(trimmed)) return `has no time. Add one with its zone: ${trimmed}T18:00:00Z.`;
  if (/^now$/i.test(trimmed)) return "can't be `now` here. Write the date, such as 2026-11-22T18:00:00Z.";
  const match = RFC_3339.exec(trimmed);
  if (match === null) {
    return "is not a date with a time and a zone. Write it like 2026-11-22T18:00:00Z (RFC 3339).";
  }
  const [, year, month, day, hour, minute, second, fraction = "", zone] = match;
  if (zone === undefined) return `has no time zone. Add Z for UTC, or an offset such as +01:00: ${trimmed}Z.`;
  if (second === "60") return "is a leap second, which feeds can't carry. Write 59 for the seconds.";
  const stated = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const local = Date.parse(`${stated}Z`);
  const isReal = !Number.isNaN(local) && new Date(local).toISOString().startsWith(stated);
  const withZone = Date.parse(`${stated}${zone.toUpperCase()}`);
  if (!isReal || Number.isNaN(withZone)) {
    return `is a date that does not exist: ${quote(trimmed)}. Check month, day, hour and zone.`;
  }
  // Rounded up to the second, so that an embargo is never lifted a fraction of a second early.
  const instant = withZone + (/[1-9]/.test(fraction) ? 1000 : 0);
  const utcYear = new Date(instant).getUTCFullYear();
  return utcYear >= 1000 && utcYear <= 9999 ? instant : "is out of range. Years from 1000 to 9999 can be published.";
};
