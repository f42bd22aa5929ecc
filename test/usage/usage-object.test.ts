import { env } from "cloudflare:workers";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
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

const log = vi.spyOn(console, "error");
beforeAll(() => {
  log.mockImplementation(() => {});
});
afterAll(() => log.mockRestore());

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

  it("forgets an isolate long after its last batch could count again", () =>
    inDurableObject(async (state) => {
      const clock = { now: NOW };
      const usage = open(state, clock);
      await usage.add(batch(1));
      clock.now = NOW + 12 * HOUR_MS;
      await usage.add(batch(1, [], { isolate: "two", closedAt: clock.now }));
      expect(state.storage.sql.exec("SELECT isolate FROM isolates").toArray()).toHaveLength(2);
      clock.now += HOUR_MS;
      await usage.add(batch(2, [], { isolate: "two", closedAt: clock.now }));
      expect(state.storage.sql.exec("SELECT isolate, last_batch FROM isolates").toArray()).toEqual([
        { isolate: "two", last_batch: 2 },
      ]);
      await usage.add(batch(1));
      expect(await usage.read("acme")).toMatchObject({ days: [{ requests: 5 }] });
    }));

  it("counts no day that has not begun anywhere near", () =>
    inDurableObject(async (state) => {
      const usage = open(state);
      await usage.add(
        batch(
          1,
          ["2026-03-01", "2026-03-02", "2026-03-03"].map((day) => ({ ...ROW, day })),
        ),
      );
      expect((await usage.read("acme")).days.map(({ day }) => day)).toEqual(["2026-03-01", "2026-03-02"]);
    }));

  it("adds all of a batch or nothing, and then takes it when it is sent again", () =>
    inDurableObject(async (state) => {
      const usage = open(state, { now: NOW }, { maxRowsPerDay: 2 });
      // What is no row: SQLite refuses it, as it would on a full disk.
      const broken = JSON.parse(JSON.stringify({ ...ROW, file: "b", bytes: null }));
      await expect(usage.add(batch(1, [{ ...ROW, file: "a" }, broken]))).rejects.toThrow("NOT NULL");
      expect(await usage.read("acme")).toEqual({ days: [] });
      await usage.add(
        batch(1, [
          { ...ROW, file: "a" },
          { ...ROW, file: "b" },
        ]),
      );
      expect((await usage.read("acme")).days.map(({ file, requests }) => [file, requests])).toEqual([
        ["a", 5],
        ["b", 5],
      ]);
    }));

  it("stops with a sentence on data of newer code, and changes nothing", () =>
    inDurableObject(async (state) => {
      await open(state).add(batch(1));
      await state.storage.put("schema_version", 99);
      const sentence =
        /^Usage holds data of version 99, .* version 1\. .*deploy the newer version of the worker again\.$/;
      await expect(open(state).add(batch(2))).rejects.toThrow(sentence);
      await expect(open(state).read("acme")).rejects.toThrow(sentence);
      await state.storage.put("schema_version", 1);
      expect(await open(state).read("acme")).toMatchObject({ days: [{ requests: 5 }] });
    }));
});
