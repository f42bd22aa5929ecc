/** Seconds for which an answer is fresh, and for which a stale one may be used (RFC 5861). */
export interface Freshness {
  readonly maxAge: number;
  readonly staleWhileRevalidate: number;
  readonly staleIfError: number;
}

/** Nothing may keep this answer. */
export const NO_STORE = "no-store";

const BRIEF_SECONDS = 300;

const secondsLeft = (now: number, until: number): number => Math.max(0, Math.floor((until - now) / 1000));

/**
 * Cache-Control for what is true until `until` (milliseconds, as `now`). The three spans together end before
 * then, so that no cache shows an expired story or hides a new one. Never s-maxage: it forbids serving stale
 * (RFC 9111 §5.2.2.10).
 */
export const cacheControl = (freshness: Freshness, now: number, until: number): string => {
  const left = secondsLeft(now, until);
  const maxAge = Math.min(freshness.maxAge, left);
  const whileRevalidate = Math.min(freshness.staleWhileRevalidate, left - maxAge);
  const ifError = Math.min(freshness.staleIfError, left - maxAge - whileRevalidate);
  return `public, max-age=${maxAge}, stale-while-revalidate=${whileRevalidate}, stale-if-error=${ifError}`;
};

/** For redirects and stories that are gone: long enough to spare us, short enough to change one's mind. */
export const briefly = (now: number, until: number): string =>
  `public, max-age=${Math.min(BRIEF_SECONDS, secondsLeft(now, until))}`;

/** The same for what does not depend on the time. */
export const BRIEFLY = briefly(0, Number.POSITIVE_INFINITY);
