import { expect, it } from "vitest";
import { createHangTracker } from "../../src/outbound/hang-tracker.ts";

const MINUTE = 60_000;

it("whoever hangs three times in a row is slow for a minute, and then at once again if that hangs, too", () => {
  const tracker = createHangTracker();
  const hang = (now: number): void => tracker.record(["a"], false, now);
  hang(1);
  hang(2);
  expect(tracker.isSlow("a", 3)).toBe(false);
  hang(3);
  expect([tracker.isSlow("a", 4), tracker.isSlow("b", 4)]).toEqual([true, false]);
  expect([tracker.isSlow("a", 2 + MINUTE), tracker.isSlow("a", 3 + MINUTE)]).toEqual([true, false]);
  hang(4 + MINUTE);
  expect(tracker.isSlow("a", 5 + MINUTE)).toBe(true);
});

it("an answer, whatever it is, ends the row for all that somebody is known by", () => {
  const tracker = createHangTracker();
  for (let times = 0; times < 3; times++) tracker.record(["host", "domain"], false, times);
  tracker.record(["other host", "domain"], true, 3);
  expect([tracker.isSlow("host", 4), tracker.isSlow("domain", 4)]).toEqual([true, false]);
  tracker.record(["host"], true, 4);
  expect(tracker.isSlow("host", 5)).toBe(false);
});

it("is bounded: those that hung last are known, however many there are", () => {
  const tracker = createHangTracker();
  for (let index = 0; index < 100_000; index++)
    for (let times = 0; times < 3; times++) tracker.record([`host ${index}`], false, index);
  expect(tracker.isSlow("host 99999", 100_000)).toBe(true);
  expect(tracker.isSlow("host 0", 1)).toBe(false);
});
