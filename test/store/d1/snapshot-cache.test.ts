import { describe, expect, it, vi } from "vitest";
import { createSnapshotCache, readRefreshIntervalMs, type SnapshotRow } from "../../../src/store/d1/snapshot-cache.ts";
import { sampleChannel } from "../../formats/support/samples.ts";

describe("REVISION_SECONDS", () => {
  it.each([
    [undefined, 3000],
    ["", 3000],
    ["x", 3000],
    ["-1", 3000],
    ["0", 0],
    ["0.5", 500],
    ["10", 10_000],
    ["60", 60_000],
    // A withdrawal must not go unnoticed for longer.
    ["61", 60_000],
    ["86400", 60_000],
    ["1e99", 60_000],
    ["Infinity", 60_000],
  ])("%j is %i milliseconds", (text, milliseconds) => {
    expect(readRefreshIntervalMs(text)).toBe(milliseconds);
  });
});

describe("a snapshot", () => {
  const row = (revision: number): SnapshotRow => ({
    ...{
      public: revision,
      at: 0,
      departed: 0,
      epoch: "e",
      schema: 0,
      named: 0,
      additions: 0,
      lastStory: 0,
      editors: 0,
      partners: 0,
    },
    ...{ passed: null, passedVersion: null, coming: null, passedNotice: null, comingNotice: null },
  });

  /** A cache, and what answers its next question. */
  const open = (refreshIntervalMs = 3000) => {
    const questions: ((row: SnapshotRow) => void)[] = [];
    const settings = { channel: sampleChannel(), revision: { id: "r", at: 0 }, refreshIntervalMs, waitUntil: () => {} };
    const cache = createSnapshotCache(settings, () => new Promise((resolve) => questions.push(resolve)));
    return { cache, questions };
  };

  const numberAt = async (snapshot: ReturnType<ReturnType<typeof open>["cache"]["snapshotAt"]>) =>
    (await snapshot).revision.number;

  it("that was asked for before a write does not take the place of one that was asked for after it", async () => {
    const { cache, questions } = open();
    const before = cache.snapshotAt(0);
    cache.invalidate();
    const after = cache.snapshotAt(0);
    questions[1]?.(row(2));
    expect(await numberAt(after)).toBe(2);
    questions[0]?.(row(1));
    expect(await numberAt(before)).toBe(1);
    expect(await numberAt(cache.snapshotAt(1))).toBe(2);
    expect(questions).toHaveLength(2);
  });

  it("that is stale goes on to the transition that it knew, so that nothing expired is shown", async () => {
    vi.spyOn(console, "error").mockImplementation(() => {});
    let isDown = false;
    const settings = {
      channel: sampleChannel(),
      revision: { id: "r", at: 0 },
      refreshIntervalMs: 100,
      waitUntil: () => {},
    };
    const cache = createSnapshotCache(settings, async () => {
      if (isDown) throw new Error("no database");
      return { ...row(1), passed: 10, coming: 1000 };
    });
    expect(await cache.snapshotAt(50)).toMatchObject({ since: 10, until: 1000 });
    isDown = true;
    expect(await cache.snapshotAt(999)).toMatchObject({ since: 10, until: 1000, isStale: true });
    expect(await cache.snapshotAt(1000)).toMatchObject({ now: 1000, since: 1000, until: 1100, isStale: true });
    vi.restoreAllMocks();
  });

  it("is used until the interval is over, and not at that instant", async () => {
    const { cache, questions } = open(100);
    const first = cache.snapshotAt(0);
    questions[0]?.(row(1));
    await first;
    void cache.snapshotAt(99);
    expect(questions).toHaveLength(1);
    void cache.snapshotAt(100);
    expect(questions).toHaveLength(2);
  });

  it("is not used once a story appears", async () => {
    const { cache, questions } = open();
    const first = cache.snapshotAt(0);
    questions[0]?.({ ...row(1), coming: 50 });
    await first;
    void cache.snapshotAt(49);
    expect(questions).toHaveLength(1);
    void cache.snapshotAt(50);
    expect(questions).toHaveLength(2);
  });
});
