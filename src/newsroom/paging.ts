/** How many entries a list has at most. */
export const MAX_LISTED = 100;

/** A whole number from a query, `most` at most; `otherwise` where it is none. */
export const wholeNumber = (text: string | null, otherwise: number, limit = Number.MAX_SAFE_INTEGER): number =>
  text !== null && /^\d{1,15}$/.test(text) ? Math.min(Number(text), limit) : otherwise;

/** Where a list goes on after its last entry: null where it was not full, and so has ended. */
export const nextPage = <Entry>(
  entries: readonly Entry[],
  limit: number,
  addressAfter: (last: Entry) => string,
): string | null => {
  const last = entries.at(-1);
  return last === undefined || entries.length < limit ? null : addressAfter(last);
};
