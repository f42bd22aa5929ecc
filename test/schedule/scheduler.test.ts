import { env } from "cloudflare:workers";
import { expect, it, vi } from "vitest";
import { createScheduler } from "../../src/schedule/scheduler.ts";
import { openBundled } from "../../src/store/bundled/bundled-store.ts";
import { compileText } from "../fixtures/publication.ts";
import { fireAlarm, inDurableObject, NOW } from "../push/in-durable-object.ts";

const MINUTE = 60_000;

/**
 * Opens a scheduler in an object's storage, with a store that has no stories and says which times it was asked about. Its first
 * announcements fail with these errors.
 */
const openScheduler = async (state: DurableObjectState, errors: readonly Error[] = []) => {
  const failures = [...errors];
  const store = openBundled(await compileText({}), "", { id: "one", at: 0 });
  const checked: (readonly [from: number, to: number])[] = [];
  const Scheduler = createScheduler<unknown>(() => ({
    store: {
      ...store,
      itemsChangingBetween(from, to) {
        checked.push([from, to]);
        return [];
      },
    },
    onTransitions: async () => {
      const error = failures.shift();
      if (error !== undefined) throw error;
    },
    now: () => NOW,
  }));
  return { scheduler: new Scheduler(state, env), checked };
};

it("a check goes on from the last one of version 1, and after that from its own", () =>
  inDurableObject(async (state) => {
    await state.storage.put("looked", NOW - MINUTE);
    const { scheduler, checked } = await openScheduler(state);
    await scheduler.check();
    await scheduler.check();
    expect(checked).toEqual([
      [NOW - MINUTE, NOW],
      [NOW, NOW],
    ]);
    expect(await state.storage.get("looked")).toBeUndefined();
  }));

it("a check whose announcement fails is made again from where it began", () =>
  inDurableObject(async (state) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    const { scheduler, checked } = await openScheduler(state, [new Error("the hub does not answer")]);
    await state.storage.put({ last_check: NOW - MINUTE, schema_version: 2 });
    for (let times = 0; times < 3; times++) await scheduler.check();
    log.mockRestore();
    expect(checked).toEqual([
      [NOW - MINUTE, NOW],
      [NOW - MINUTE, NOW],
      [NOW, NOW],
    ]);
  }));

it("older code leaves newer data as it is, says so in the log, and tries again", () =>
  inDurableObject(async (state) => {
    const log = vi.spyOn(console, "error").mockImplementation(() => {});
    await state.storage.put({ schema_version: 99, last_check: "in another form" });
    const { scheduler, checked } = await openScheduler(state);
    await fireAlarm(state, scheduler);
    expect(log.mock.calls.flat().join()).toMatch(/Scheduler holds data of version 99, .* up to version 3\./);
    log.mockRestore();
    expect(checked).toEqual([]);
    expect(await state.storage.get("last_check")).toBe("in another form");
    expect(await state.storage.getAlarm()).toBe(NOW + 10_000);
  }));
