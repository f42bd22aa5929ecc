import type { Partner } from "../model/partners/partner.ts";

/** How often a partner may ask: requests in a period. */
interface Window {
  readonly name: "burst" | "steady";
  readonly requests: number;
  readonly seconds: 10 | 60;
}

/** The windows of each rate. wrangler.toml has the same numbers (test/partners/rates.test.ts). */
export const RATE_WINDOWS: Readonly<Record<Partner["rate"], readonly Window[]>> = {
  standard: [
    { name: "burst", requests: 20, seconds: 10 },
    { name: "steady", requests: 60, seconds: 60 },
  ],
  high: [
    { name: "burst", requests: 150, seconds: 10 },
    { name: "steady", requests: 600, seconds: 60 },
  ],
};

/** The rate limiters of Cloudflare that count partners' requests; where one is absent, nothing is limited. */
export type RateLimiters = Readonly<
  Record<Partner["rate"], Readonly<Record<Window["name"], Pick<RateLimit, "limit"> | undefined>>>
>;

/** RateLimit-Policy (draft-ietf-httpapi-ratelimit-headers): the windows of a rate. */
export const ratePolicy = (rate: Partner["rate"]): string =>
  RATE_WINDOWS[rate].map(({ name, requests, seconds }) => `"${name}";q=${requests};w=${seconds}`).join(", ");

/**
 * Counts a request under `key`. Returns after how many seconds to ask again if there were too many, otherwise undefined.
 */
export const countRequest = async (
  limiters: RateLimiters,
  rate: Partner["rate"],
  key: string,
): Promise<number | undefined> => {
  for (const { name, seconds } of RATE_WINDOWS[rate]) {
    const limiter = limiters[rate][name];
    if (limiter !== undefined && !(await limiter.limit({ key })).success) return seconds;
  }
  return undefined;
};
