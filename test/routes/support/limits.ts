/** A limit as Cloudflare's: `allowed` requests for each key, of which it knows how many there were. */
export interface CountingLimit {
  readonly counts: Map<string, number>;
  readonly limit: (options: { key: string }) => Promise<{ success: boolean }>;
}

/** Creates a limit that nothing has asked yet. */
export const createLimit = (allowed: number): CountingLimit => {
  const counts = new Map<string, number>();
  return {
    counts,
    limit: async ({ key }) => {
      const count = (counts.get(key) ?? 0) + 1;
      counts.set(key, count);
      return { success: count <= allowed };
    },
  };
};

/** The limits of misses and partners, with the numbers of docs/partners.md. */
export const createLimits = () => ({
  MISS_LIMIT: createLimit(60),
  PARTNER_STANDARD: createLimit(60),
  PARTNER_STANDARD_BURST: createLimit(20),
  PARTNER_HIGH: createLimit(600),
  PARTNER_HIGH_BURST: createLimit(150),
});
