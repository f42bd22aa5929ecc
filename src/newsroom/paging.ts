/** How many entries a response lists at most. */
export const MAX_LISTED = 100;

/** Parses a whole number of a query string, at most `max`; returns `fallback` if it is absent or no number. */
export const readWholeNumber = (text: string | null, fallback: number, max = Number.MAX_SAFE_INTEGER): number =>
  text !== null && /^\d{1,15}$/.test(text) ? Math.min(Number(text), max) : fallback;

/** The address of the page after these entries; null if there are fewer than `limit`, so that the list has ended. */
export const nextPage = <Entry>(
  entries: readonly Entry[],
  limit: number,
  addressAfter: (last: Entry) => string,
): string | null => {
  const last = entries.at(-1);
  return last === undefined || entries.length < limit ? null : addressAfter(last);
};
