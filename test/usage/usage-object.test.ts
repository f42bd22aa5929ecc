import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import type { PartnerUsageRow, UsageBatch } from "../../src/usage/usage.ts";
import { createUsageObject, type UsageDependencies } from "../../src/usage/usage-object.ts";
import { inDurableObject } from "../push/in-durable-object.ts";

const NOW = Date.UTC(2026, 2, 1, 12);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const ROW: PartnerUsageRow = {
  ...{ day: "2026-03-01", partner: "acme", file: "rss.xml" },
  ...{ requests: 5, notModified: 2, deltas: 1, bytes: 900, stories: 4 },
};

const batch = (
  number: number,
  rows: readonly PartnerUsageRow[] = [ROW],
  more: Partial<UsageBatch> = {},
): UsageBatch => ({
  ...{ isolate: "one", number, closedAt: NOW, rows },
  ...more,
});

const { partner: _, ...DAY_OF_ROW } = ROW;

const open = (state: DurableObjectState, clock = { now: NOW }, more: Partial<UsageDependencies> = {}) => {
  const Usage = createUsageObject<unknown>(() => ({ now: () => clock.now, ...more }));
  return new Usage(state, env);
};

vi.spyOn(console, "error").mockImplementation(() => {});

describe("the object that sums up what partners took", () => {
  it("adds what the isolates have counted, by partner, file and day", () =>
    inDurableObject(async (state) => {
      const usage = open(state);
      await usage.add(batch(1));
      await usage.add(batch(2, [ROW, { ...ROW, file: "msn.xml" }, { ...ROW, partner: "other" }]));
      await usage.add(batch(1, [{ ...ROW, day: "2026-02-28" }], { isolate: "two" }));
      expect(await usage.read("acme")).toEqual({
        days: [
          { ...DAY_OF_ROW, day: "2026-02-28" },
          { ...DAY_OF_ROW, file: "msn.xml" },
          { ...DAY_OF_ROW, requests: 10, notModified: 4, deltas: 2, bytes: 1800, stories: 8 },
        ],
      });
      expect(await usage.read("acme", "2026-03-01")).toMatchObject({
        days: [{ file: "msn.xml" }, { file: "rss.xml" }],
      });
      expect(await usage.read("nobody")).toEqual({ days: [] });
    }));

  it("counts a batch once that is sent twice, also after the object was opened anew", () =>
    inDurableObject(async (state) => {
      await open(state).add(batch(1));
      await open(state).add(batch(1));
      await open(state).add(batch(2, [{ ...ROW, requests: 1 }]));
      await open(state).add(batch(1));
      expect(await open(state).read("acme")).toMatchObject({ days: [{ requests: 6 }] });
    }));

  it("does not count a batch of which nobody knows any more whether it counted", () =>
    inDurableObject(async (state) => {
      const usage = open(state);
      await usage.add(batch(1, [ROW], { closedAt: NOW - 6 * HOUR_MS - 1 }));
      expect(await usage.read("acme")).toEqual({ days: [] });
      await usage.add(batch(1, [ROW], { closedAt: NOW - 6 * HOUR_MS }));
      expect(await usage.read("acme")).toMatchObject({ days: [{ requests: 5 }] });
    }));

  it("drops days after four hundred, and tells of none that is older", () =>
    inDurableObject(async (state) => {
      const clock = { now: NOW };
      const usage = open(state, clock);
      await usage.add(batch(1));
      clock.now = NOW + 399 * DAY_MS;
      expect((await usage.read("acme")).days).toHaveLength(1);
      clock.now = NOW + 400 * DAY_MS;
      expect((await usage.read("acme")).days).toHaveLength(0);
      await usage.add(batch(2, [{ ...ROW, day: "2027-04-05" }], { closedAt: clock.now }));
      expect(state.storage.sql.exec("SELECT day FROM usage").toArray()).toEqual([{ day: "2027-04-05" }]);
    }));

  it("has no more rows a day than it may, and adds to those that it has", () =>
    inDurableObject(async (state) => {
      const usage = open(state, { now: NOW }, { maxRowsPerDay: 2 });
      const files = ["a", "b", "c"].map((file) => ({ ...ROW, file }));
      await usage.add(batch(1, files));
      await usage.add(batch(2, files));
      expect((await usage.read("acme")).days.map(({ file, requests }) => [file, requests])).toEqual([
        ["a", 10],
        ["b", 10],
      ]);
    }));

  it("remembers no more isolates than it may", () =>
    inDurableObject(async (state) => {
      const usage = open(state, { now: NOW }, { maxIsolates: 1 });
      await usage.add(batch(1));
      await usage.add(batch(1, [ROW], { isolate: "two" }));
      await usage.add(batch(2));
      expect(await usage.read("acme")).toMatchObject({ days: [{ requests: 10 }] });
    }));
});
