import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cacheControl, SHORT_CACHE_CONTROL, shortCacheControl } from "../../src/http/cache-control.ts";
import type { Freshness } from "../../src/model/channel.ts";

const usual: Freshness = { maxAge: 300, staleWhileRevalidate: 60, staleIfError: 86_400 };

/** max-age, stale-while-revalidate and stale-if-error. */
const secondsOf = (header: string): readonly number[] =>
  /^public, max-age=(\d+), stale-while-revalidate=(\d+), stale-if-error=(\d+)$/.exec(header)?.slice(1).map(Number) ??
  [];

describe("Cache-Control", () => {
  it.each([
    ["no end is known", Number.POSITIVE_INFINITY, [300, 60, 86_400]],
    ["the end is far away", 10_000_000, [300, 60, 86_400 - 76_760]],
    ["all three fit exactly", 86_760_000, [300, 60, 86_400]],
    ["stale-if-error must be cut", 86_759_999, [300, 60, 86_399]],
    ["stale-while-revalidate must be cut", 330_000, [300, 30, 0]],
    ["max-age must be cut", 12_999, [12, 0, 0]],
    ["less than a second is left", 999, [0, 0, 0]],
    ["the end has passed", -5000, [0, 0, 0]],
  ])("allots the time that is left where %s", (_, left, expected) => {
    const now = 1_000_000_000_123;
    expect(secondsOf(cacheControl(usual, now, now + left))).toEqual(expected);
  });

  it("uses all that the site allows, but no time after the next transition", () => {
    const seconds = fc.nat({ max: 31_536_000 });
    const freshness = fc.record({ maxAge: seconds, staleWhileRevalidate: seconds, staleIfError: seconds });
    const until = fc.oneof(fc.maxSafeNat(), fc.constant(Number.POSITIVE_INFINITY));
    fc.assert(
      fc.property(freshness, fc.maxSafeNat(), until, (allowed, now, end) => {
        const spans = secondsOf(cacheControl(allowed, now, end));
        const allowedSpans = [allowed.maxAge, allowed.staleWhileRevalidate, allowed.staleIfError];
        expect(spans).toHaveLength(3);
        const sum = spans.reduce((a, b) => a + b, 0);
        if (sum > 0) expect(now + sum * 1000).toBeLessThanOrEqual(end);
        // A span is cut only where the one before was given whole and the time is used up.
        const left = Math.max(0, Math.floor((end - now) / 1000));
        expect(sum).toBe(
          Math.min(
            left,
            allowedSpans.reduce((a, b) => a + b, 0),
          ),
        );
        for (const [index, span] of spans.entries()) {
          expect(span).toBeLessThanOrEqual(allowedSpans[index] ?? 0);
          if (span > 0) expect(spans.slice(0, index)).toEqual(allowedSpans.slice(0, index));
        }
      }),
    );
  });

  it.each([
    [Number.POSITIVE_INFINITY, "public, max-age=300"],
    [300_000, "public, max-age=300"],
    [299_999, "public, max-age=299"],
    [0, "public, max-age=0"],
    [-1, "public, max-age=0"],
  ])("is short-lived where %d milliseconds are left", (left, expected) => {
    expect(shortCacheControl(500, 500 + left)).toBe(expected);
  });

  it("has no s-maxage, which forbids to serve stale answers (RFC 9111 §5.2.2.10)", () => {
    expect(cacheControl(usual, 0, 1e9) + SHORT_CACHE_CONTROL).not.toContain("s-maxage");
  });
});
