import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BRIEFLY, briefly, cacheControl, type Freshness } from "../../src/http/cache-control.ts";

const usual: Freshness = { maxAge: 300, staleWhileRevalidate: 60, staleIfError: 86_400 };

/** max-age, stale-while-revalidate and stale-if-error. */
const secondsOf = (header: string): readonly number[] =>
  /^public, max-age=(\d+), stale-while-revalidate=(\d+), stale-if-error=(\d+)$/.exec(header)?.slice(1).map(Number) ??
  [];

describe("Cache-Control", () => {
  it.each([
    ["nothing is to come", Number.POSITIVE_INFINITY, [300, 60, 86_400]],
    ["what comes is far away", 10_000_000, [300, 60, 86_400 - 76_760]],
    ["exactly all three fit", 86_760_000, [300, 60, 86_400]],
    ["stale-if-error must be cut", 86_759_999, [300, 60, 86_399]],
    ["stale-while-revalidate must be cut", 330_000, [300, 30, 0]],
    ["max-age must be cut", 12_999, [12, 0, 0]],
    ["less than a second is left", 999, [0, 0, 0]],
    ["it is over already", -5000, [0, 0, 0]],
  ])("where %s", (_, left, expected) => {
    const now = 1_000_000_000_123;
    expect(secondsOf(cacheControl(usual, now, now + left))).toEqual(expected);
  });

  it("uses all of what the site allows, and no moment beyond the next transition", () => {
    const seconds = fc.nat({ max: 31_536_000 });
    const freshness = fc.record({ maxAge: seconds, staleWhileRevalidate: seconds, staleIfError: seconds });
    const until = fc.oneof(fc.maxSafeNat(), fc.constant(Number.POSITIVE_INFINITY));
    fc.assert(
      fc.property(freshness, fc.maxSafeNat(), until, (allowed, now, end) => {
        const spans = secondsOf(cacheControl(allowed, now, end));
        const most = [allowed.maxAge, allowed.staleWhileRevalidate, allowed.staleIfError];
        expect(spans).toHaveLength(3);
        const sum = spans.reduce((a, b) => a + b, 0);
        if (sum > 0) expect(now + sum * 1000).toBeLessThanOrEqual(end);
        // A span is cut only where the one before was given whole and the time is used up.
        const left = Math.max(0, Math.floor((end - now) / 1000));
        expect(sum).toBe(
          Math.min(
            left,
            most.reduce((a, b) => a + b, 0),
          ),
        );
        for (const [index, span] of spans.entries()) {
          expect(span).toBeLessThanOrEqual(most[index] ?? 0);
          if (span > 0) expect(spans.slice(0, index)).toEqual(most.slice(0, index));
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
  ])("is brief where %d milliseconds are left", (left, expected) => {
    expect(briefly(500, 500 + left)).toBe(expected);
  });

  it("never says s-maxage, which forbids serving stale (RFC 9111 §5.2.2.10)", () => {
    expect(cacheControl(usual, 0, 1e9) + BRIEFLY).not.toContain("s-maxage");
  });
});
