import { describe, expect, it } from "vitest";
import { findTransitions } from "../../src/schedule/find-transitions.ts";
import type { Store } from "../../src/store/store.ts";
import { openStore } from "../catalog/support/open-store.ts";
import { instant, story } from "../fixtures/publication.ts";

const NOW = instant("2026-03-01T12:00:00Z");
const HOUR = 3_600_000;

const open = async (published: number): Promise<Store> =>
  openStore({ "a.md": story("a", { published: new Date(published).toISOString() }) });

describe("the transitions of the stories", () => {
  it.each([
    ["the instant of the last check, which is over", NOW - HOUR, 0],
    ["a second after it", NOW - HOUR + 1000, 1],
    ["the instant of this check", NOW, 1],
    ["a second after that", NOW + 1000, 0],
  ])("at %s", async (_, published, count) => {
    const { items } = await findTransitions(await open(published), NOW - HOUR, NOW);
    expect(items).toHaveLength(count);
  });

  it.each([
    ["the next transition", HOUR, true, HOUR],
    ["half a second, if the store has more to do", HOUR, false, 500],
    ["the next transition, if that comes sooner", 300, false, 300],
  ])("come again after %s", async (_, until, hasAllNames, next) => {
    const store = await open(NOW - HOUR);
    const changing: Store = {
      ...store,
      snapshotAt: async (now) => ({ ...(await store.snapshotAt(now)), until: NOW + until }),
      catchUp: async () => hasAllNames,
    };
    expect((await findTransitions(changing, NOW - HOUR, NOW)).next).toBe(NOW + next);
  });

  it.each([
    [3, 3, HOUR],
    [10, 10, HOUR],
    [25, 10, 500],
  ])("let the store do its own work first: of %i steps it does %i", async (needed, done, next) => {
    const store = await open(NOW - HOUR);
    let steps = 0;
    const busy: Store = {
      ...store,
      snapshotAt: async (now) => ({ ...(await store.snapshotAt(now)), until: NOW + HOUR }),
      catchUp: async () => ++steps >= needed,
    };
    expect((await findTransitions(busy, NOW - HOUR, NOW)).next).toBe(NOW + next);
    expect(steps).toBe(done);
  });

  it("can't be told while the store does not answer", async () => {
    const store = await open(NOW);
    const stale: Store = { ...store, snapshotAt: async (now) => ({ ...(await store.snapshotAt(now)), isStale: true }) };
    await expect(findTransitions(stale, NOW - HOUR, NOW)).rejects.toThrow("does not answer");
  });
});
