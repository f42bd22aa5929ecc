/** Seconds for which an answer is fresh, and for which a stale one may be used (RFC 5861). */
export interface Freshness {
  readonly maxAge: number;
  readonly staleWhileRevalidate: number;
  readonly staleIfError: number;
}

/** Nothing may keep this answer. */
export const NO_STORE = "no-store";

/** For redirects and withdrawn stories: long enough to spare us, short enough to change one's mind. */
export const SHORT = "public, max-age=300";

/**
 * Cache-Control for what is true until `until` (milliseconds, as `now`). The three spans together end before
 * then, so that no cache shows an expired story or hides a new one. Never s-maxage: it forbids serving stale
 * (RFC 9111 §5.2.2.10).
 */
export const cacheControl = (freshness: Freshness, now: number, until: number): string => {
  const left = Math.max(0, Math.floor((until - now) / 1000));
  const maxAge = Math.min(freshness.maxAge, left);
  const whileRevalidate = Math.min(freshness.staleWhileRevalidate, left - maxAge);
  const ifError = Math.min(freshness.staleIfError, left - maxAge - whileRevalidate);
  return `public, max-age=${maxAge}, stale-while-revalidate=${whileRevalidate}, stale-if-error=${ifError}`;
};
