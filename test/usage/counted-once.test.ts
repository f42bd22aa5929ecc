import { env } from "cloudflare:workers";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type CountedRequest, createUsageCounter } from "../../src/usage/counter.ts";
import type { DailyUsage, UsageBatch } from "../../src/usage/usage.ts";
import { createUsageObject } from "../../src/usage/usage-object.ts";
import { inDurableObject } from "../push/in-durable-object.ts";
import { createFakeTime, type FakeTime } from "./fake-time.ts";

// The counters of several isolates, and the real object, with a network between them that fails in every way.

const NOON = Date.UTC(2026, 2, 1, 12);

/** What becomes of a call: how many milliseconds later it arrives, if it does, and whether its answer comes back. */
interface CallResult {
  readonly arrivesAfterMs: number | undefined;
  readonly answer: "comes" | "is an error" | "never comes";
}

const arrives: CallResult = { arrivesAfterMs: 0, answer: "comes" };

const callResult: fc.Arbitrary<CallResult> = fc.record({
  // Up to a time at which later batches have long arrived.
  arrivesAfterMs: fc.option(fc.oneof(fc.constant(0), fc.nat({ max: 120_000 })), { nil: undefined }),
  answer: fc.constantFrom("comes", "is an error", "never comes"),
});

const request = fc.record({
  isolate: fc.nat({ max: 1 }),
  pauseMs: fc.nat({ max: 15_000 }),
  /** Whether the platform ends the work that the request began, if it did begin any. */
  isCancelled: fc.boolean(),
  file: fc.constantFrom("rss.xml", "msn.xml"),
  status: fc.constantFrom(200, 226, 304, 206),
  bytes: fc.nat({ max: 1000 }),
  stories: fc.nat({ max: 20 }),
});

const sum = (days: readonly DailyUsage[]) =>
  days.reduce(
    (total, one) => ({
      requests: total.requests + one.requests,
      notModified: total.notModified + one.notModified,
      deltas: total.deltas + one.deltas,
      bytes: total.bytes + one.bytes,
      stories: total.stories + one.stories,
    }),
    { requests: 0, notModified: 0, deltas: 0, bytes: 0, stories: 0 },
  );

const asUsage = ({ file, status, bytes, stories }: Omit<CountedRequest, "partner">): DailyUsage => ({
  ...{ day: "2026-03-01", file, bytes },
  requests: 1,
  notModified: Number(status === 304),
  deltas: Number(status === 226),
  stories: status === 200 || status === 226 ? stories : 0,
});

/** The object, as an isolate calls it through this network. */
const openNetwork = (state: DurableObjectState, time: FakeTime, results: readonly CallResult[]) => {
  const left = [...results];
  const network = { isCalm: false };
  const Usage = createUsageObject<unknown>(() => ({ now: time.now }));
  const object = new Usage(state, env);
  const add = async (batch: UsageBatch): Promise<void> => {
    const { arrivesAfterMs, answer } = network.isCalm ? arrives : (left.shift() ?? arrives);
    if (arrivesAfterMs === 0) await object.add(batch);
    else if (arrivesAfterMs !== undefined) {
      const late = time.wait(arrivesAfterMs).then(() => object.add(batch));
      if (answer === "comes") await late;
    }
    if (answer === "never comes") await new Promise<never>(() => {});
    if (answer === "is an error" || arrivesAfterMs === undefined) throw new Error("network connection lost");
  };
  return { object, add, network };
};

describe("what several isolates count", () => {
  const log = vi.spyOn(console, "error");
  beforeAll(() => {
    log.mockImplementation(() => {});
  });
  afterAll(() => log.mockRestore());

  it("is never more in the object than happened, and all of it once the network is calm", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(request, { maxLength: 25 }),
        fc.array(callResult, { maxLength: 25 }),
        (requests, results) =>
          inDurableObject(async (state) => {
            const time = createFakeTime(NOON);
            const { object, add, network } = openNetwork(state, time, results);
            let isCancelled = false;
            const counters = ["one", "two"].map((id) =>
              createUsageCounter({
                ...{ now: time.now, add, newId: () => id },
                // A work that was cancelled goes on nowhere: neither its timers nor its calls are answered.
                wait: (ms) => (isCancelled ? new Promise(() => {}) : time.wait(ms)),
                waitUntil: (work) => void work,
              }),
            );
            const happened: DailyUsage[] = [];
            const count = (index: number, one: Omit<CountedRequest, "partner">): void => {
              counters[index]?.count({ partner: "acme", ...one });
              happened.push(asUsage(one));
            };
            for (const { isolate, pauseMs, isCancelled: isEnded, ...one } of requests) {
              isCancelled = isEnded;
              count(isolate, one);
              isCancelled = false;
              await time.pass(pauseMs);
              const counted = sum((await object.read("acme")).days);
              const most = sum(happened);
              expect(
                Object.entries(most).filter(([key, value]) =>
                  Object.entries(counted).some(([k, v]) => k === key && v > value),
                ),
              ).toEqual([]);
            }
            network.isCalm = true;
            // The work of the last request may have been cancelled: the next one's sends what it left behind.
            await time.pass(60_000);
            for (const index of [0, 1]) count(index, { file: "rss.xml", status: 200, bytes: 1, stories: 1 });
            await time.pass(300_000);
            expect(sum((await object.read("acme")).days)).toEqual(sum(happened));
          }),
      ),
      { numRuns: 60 },
    ));
});
