import { basePathOf } from "../model/address.ts";
import type { Channel } from "../model/channel.ts";

/** How many entries a response lists at most. */
export const MAX_LISTED = 100;

/** Parses a whole number of a query string, at most `max`; returns `fallback` if it is absent or no number. */
export const readWholeNumber = (text: string | null, fallback: number, max = Number.MAX_SAFE_INTEGER): number =>
  text !== null && /^\d{1,15}$/.test(text) ? Math.min(Number(text), max) : fallback;

/**
 * The address of the page after these entries, by its path on the site; null if there are fewer than `limit`, so that the list has
 * ended. The address has the path below which the site lies, so it leads there from whatever address of the API (RFC 3986 §5).
 */
export const nextPage = <Entry>(
  { url }: Pick<Channel, "url">,
  entries: readonly Entry[],
  limit: number,
  pathAfter: (last: Entry) => string,
): string | null => {
  const last = entries.at(-1);
  return last === undefined || entries.length < limit ? null : basePathOf(url) + pathAfter(last);
};
