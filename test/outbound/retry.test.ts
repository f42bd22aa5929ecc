import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { retryDelayMs } from "../../src/outbound/retry.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe("the delay until the next try", () => {
  const delays = { firstMs: MINUTE, maxMs: 6 * HOUR };

  it.each<[number, number]>([
    [1, MINUTE],
    [2, 2 * MINUTE],
    [3, 4 * MINUTE],
    [9, 256 * MINUTE],
    [10, 6 * HOUR],
    [1000, 6 * HOUR],
  ])("after %i failures is %i ms at most, and half of it at least", (failures, max) => {
    expect(retryDelayMs(delays, failures, () => 0)).toBe(max / 2);
    expect(retryDelayMs(delays, failures, () => 0.5)).toBe((max * 3) / 4);
    expect(retryDelayMs(delays, failures, () => 1)).toBe(max);
  });

  const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const failures = fc.integer({ min: 1, max: 5000 });
  const first = fc.double({ min: 100, max: 1_000_000_000, noNaN: true });

  it("is always positive and bounded", () => {
    fc.assert(
      fc.property(first, failures, random, (firstMs, count, chance) => {
        const delay = retryDelayMs({ ...delays, firstMs }, count, () => chance);
        expect(delay).toBeGreaterThan(0);
        expect(delay).toBeLessThanOrEqual(delays.maxMs);
      }),
    );
  });

  it("doubles with each failure until it is bounded, for the same chance", () => {
    fc.assert(
      fc.property(first, failures, random, (firstMs, count, chance) => {
        const [before, after] = [count, count + 1].map((number) =>
          retryDelayMs({ ...delays, firstMs }, number, () => chance),
        );
        const bound = delays.maxMs * (0.5 + chance / 2);
        // Whole milliseconds: each is rounded up.
        expect(Math.abs((after ?? 0) - Math.min(bound, (before ?? 0) * 2))).toBeLessThanOrEqual(2);
      }),
    );
  });

  it("differs by chance, so that not all come back at once", () => {
    const different = new Set(Array.from({ length: 100 }, () => retryDelayMs(delays, 5, Math.random)));
    expect(different.size).toBeGreaterThan(90);
  });
});
