// Cache-Control: RFC 9111 §5.2 (https://www.rfc-editor.org/rfc/rfc9111#section-5.2), with the directives for stale answers of
// RFC 5861 (https://www.rfc-editor.org/rfc/rfc5861).
import type { Freshness } from "../model/channel.ts";

/** Cache-Control of an answer that must not be stored (RFC 9111 §5.2.2.5). */
export const NO_STORE = "no-store";

const SHORT_MAX_AGE_SECONDS = 300;

const secondsUntil = (until: number, now: number): number => Math.max(0, Math.floor((until - now) / 1000));

/**
 * Cache-Control of an answer in which something is taken from readers at `until` (milliseconds, as `now`; may be Infinity).
 * max-age, stale-while-revalidate and stale-if-error together end before then, so that no cache shows an expired story.
 * `until` must never be the moment at which something appears: whoever reads the header would know of it beforehand.
 * There is no s-maxage, since that forbids to serve stale answers (RFC 9111 §5.2.2.10).
 */
export const cacheControl = (freshness: Freshness, now: number, until: number): string => {
  const left = secondsUntil(until, now);
  const maxAge = Math.min(freshness.maxAge, left);
  const whileRevalidate = Math.min(freshness.staleWhileRevalidate, left - maxAge);
  const ifError = Math.min(freshness.staleIfError, left - maxAge - whileRevalidate);
  return `public, max-age=${maxAge}, stale-while-revalidate=${whileRevalidate}, stale-if-error=${ifError}`;
};

/**
 * Cache-Control of redirects and of stories that are gone, until `until` at the latest, when the target of a redirect is
 * taken from readers: long enough to spare the worker requests, short enough for a publisher who takes the change back.
 */
export const shortCacheControl = (now: number, until: number): string =>
  `public, max-age=${Math.min(SHORT_MAX_AGE_SECONDS, secondsUntil(until, now))}`;

/** The same for an answer that does not depend on the time. */
export const SHORT_CACHE_CONTROL = shortCacheControl(0, Number.POSITIVE_INFINITY);
