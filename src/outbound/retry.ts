/** How long to wait before what failed is tried again. In milliseconds. */
export interface RetryDelays {
  /** After the first failure; after each further one twice as long as before. */
  readonly firstMs: number;
  /** Never longer than that. */
  readonly maxMs: number;
}

/**
 * Returns whole milliseconds until the next try after so many failures in a row (1 or more): exponential backoff with
 * jitter, so that those that failed together do not all come back together. Chance (`random`, from 0 to 1) shortens the
 * delay by half at most.
 */
export const retryDelayMs = ({ firstMs, maxMs }: RetryDelays, failures: number, random: () => number): number => {
  const longest = Math.min(maxMs, firstMs * 2 ** (failures - 1));
  return Math.min(maxMs, Math.ceil(longest * (0.5 + random() / 2)));
};
