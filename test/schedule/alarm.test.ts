import { afterEach, beforeEach, describe, expect, it, type MockInstance, vi } from "vitest";
import { runAlarm, setAlarmBy } from "../../src/schedule/alarm.ts";

const NOW = Date.parse("2026-03-01T12:00:00Z");

/** The storage of an object whose alarm is set to a time, or to none. */
const alarmAt = (set: number | null) => ({
  set,
  async getAlarm() {
    return this.set;
  },
  async setAlarm(time: number | Date) {
    this.set = Number(time);
  },
});

describe("an alarm", () => {
  it.each<[string, number | null, number | null, number | null]>([
    ["is set if none is", null, NOW + 5, NOW + 5],
    ["is set again if it comes too late", NOW + 9, NOW + 5, NOW + 5],
    ["stays as it is if it comes soon enough", NOW + 3, NOW + 5, NOW + 3],
    ["is never set to this very millisecond", null, NOW, NOW + 1],
    ["is never set to the past", null, NOW - 5, NOW + 1],
    ["is set again if it is overdue, and may be lost", NOW - 1, NOW + 5, NOW + 5],
    ["is set again if it is being called", NOW, NOW + 5, NOW + 5],
    ["has whole milliseconds", null, NOW + 4.5, NOW + 5],
    ["is not set if there is nothing to wait for", null, null, null],
    ["is not set if that never comes", null, Number.POSITIVE_INFINITY, null],
    ["stays as it is if there is nothing more to wait for", NOW + 3, null, NOW + 3],
  ])("%s", async (_, set, time, expected) => {
    const alarm = alarmAt(set);
    await setAlarmBy(alarm, time, NOW);
    expect(alarm.set).toBe(expected);
  });
});

describe("the work of an alarm", () => {
  let log: MockInstance;

  beforeEach(() => {
    log = vi.spyOn(console, "error").mockImplementation(() => {});
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("has no further effect if it succeeds", async () => {
    const alarm = alarmAt(null);
    await runAlarm(
      alarm,
      "the test",
      () => NOW,
      async () => {},
    );
    expect([alarm.set, log.mock.calls]).toEqual([null, []]);
  });

  it.each<[string, number | null, number]>([
    ["is tried again in ten seconds if it fails, which is logged", null, NOW + 10_000],
    ["and sooner if something else is due before that", NOW + 500, NOW + 500],
  ])("%s", async (_, set, expected) => {
    const alarm = alarmAt(set);
    const fault = new Error("the database is down");
    await runAlarm(
      alarm,
      "the test",
      () => NOW,
      () => Promise.reject(fault),
    );
    expect(alarm.set).toBe(expected);
    expect(log).toHaveBeenCalledWith("the test failed, and will try again", fault);
  });
});
