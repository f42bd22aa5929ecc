import { expect, it } from "vitest";
import { createHangTracker } from "../../src/outbound/hang-tracker.ts";

const MINUTE = 60_000;

const A = { host: "a.hosting.com", groups: ["domain hosting.com"] };
const B = { host: "b.hosting.com", groups: ["domain hosting.com"] };
const OTHER = { host: "other.net", groups: ["domain other.net"] };

it("whoever hangs three times in a row is slow for a minute, and then at once again if that hangs, too", () => {
  const tracker = createHangTracker();
  const hang = (now: number): void => tracker.record(A, false, now);
  hang(1);
  hang(2);
  expect(tracker.isSlow(A, "all", 3)).toBe(false);
  hang(3);
  expect([tracker.isSlow(A, "host", 4), tracker.isSlow(OTHER, "all", 4)]).toEqual([true, false]);
  expect([tracker.isSlow(A, "all", 2 + MINUTE), tracker.isSlow(A, "all", 3 + MINUTE)]).toEqual([true, false]);
  hang(4 + MINUTE);
  expect(tracker.isSlow(A, "all", 5 + MINUTE)).toBe(true);
});

it("its domain is slow with it, unless only the host is to count; and an answer of anybody there ends that", () => {
  const tracker = createHangTracker();
  for (let times = 0; times < 3; times++) tracker.record(A, false, times);
  expect([tracker.isSlow(B, "all", 4), tracker.isSlow(B, "host", 4)]).toEqual([true, false]);
  tracker.record(B, true, 4);
  expect([tracker.isSlow(A, "all", 5), tracker.isSlow(B, "all", 5)]).toEqual([true, false]);
  tracker.record(A, true, 5);
  expect(tracker.isSlow(A, "all", 6)).toBe(false);
});

it("hangs in a row only count: one answer among them, and it takes three again", () => {
  const tracker = createHangTracker();
  for (const [index, hasAnswered] of [false, false, true, false, false].entries())
    tracker.record(A, hasAnswered, index);
  expect(tracker.isSlow(A, "all", 5)).toBe(false);
  tracker.record(A, false, 5);
  expect(tracker.isSlow(A, "all", 6)).toBe(true);
});

it("is bounded: those that hung last are known, however many there are", () => {
  const tracker = createHangTracker();
  const at = (index: number) => ({ host: `host ${index}`, groups: [] });
  for (let index = 0; index < 100_000; index++)
    for (let times = 0; times < 3; times++) tracker.record(at(index), false, index);
  expect(tracker.isSlow(at(99_999), "all", 100_000)).toBe(true);
  expect(tracker.isSlow(at(0), "all", 1)).toBe(false);
});
