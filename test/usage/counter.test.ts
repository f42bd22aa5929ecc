import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { BATCH_MS, type CountedRequest, createUsageCounter, MAX_ROWS_PER_BATCH } from "../../src/usage/counter.ts";
import type { UsageBatch } from "../../src/usage/usage.ts";
import { createFakeTime } from "./fake-time.ts";

const NOW = Date.UTC(2026, 2, 1, 12);

const REQUEST: CountedRequest = { partner: "acme", file: "rss.xml", status: 200, bytes: 100, stories: 3 };

/** A counter whose time is the test's, and an object that counts each batch once, whatever becomes of its answers. */
const open = (
  answer: (batch: UsageBatch) => "arrives" | "is lost" | "arrives, but the answer is lost" = () => "arrives",
) => {
  const { now, wait, pass } = createFakeTime(NOW);
  const last = new Map<string, number>();
  const total = { requests: 0, notModified: 0, deltas: 0, bytes: 0, stories: 0 };
  const sent: UsageBatch[] = [];
  const counter = createUsageCounter({
    now,
    wait,
    waitUntil: (work) => void work,
    newId: () => "isolate",
    async add(batch) {
      sent.push(batch);
      const outcome = answer(batch);
      if (outcome !== "is lost" && (last.get(batch.isolate) ?? 0) < batch.number) {
        last.set(batch.isolate, batch.number);
        for (const { requests, notModified, deltas, bytes, stories } of batch.rows) {
          total.requests += requests;
          total.notModified += notModified;
          total.deltas += deltas;
          total.bytes += bytes;
          total.stories += stories;
        }
      }
      if (outcome !== "arrives") throw new Error("no answer");
    },
  });
  return { counter, pass, total, sent };
};

vi.spyOn(console, "error").mockImplementation(() => {});

describe("what partners take", () => {
  it("is sent ten seconds after the first request of a batch, as one row for each partner, file and day", async () => {
    const { counter, pass, sent } = open();
    counter.count(REQUEST);
    await pass(BATCH_MS - 1);
    counter.count({ ...REQUEST, status: 304, bytes: 0, stories: 0 });
    counter.count({ ...REQUEST, status: 226, bytes: 7, stories: 1 });
    counter.count({ ...REQUEST, file: "msn.xml", status: 206, bytes: 5, stories: 9 });
    expect(sent).toEqual([]);
    await pass(1);
    expect(sent).toEqual([
      {
        isolate: "isolate",
        number: 1,
        closedAt: NOW + BATCH_MS,
        rows: [
          {
            day: "2026-03-01",
            partner: "acme",
            file: "rss.xml",
            requests: 3,
            notModified: 1,
            deltas: 1,
            bytes: 107,
            stories: 4,
          },
          {
            day: "2026-03-01",
            partner: "acme",
            file: "msn.xml",
            requests: 1,
            notModified: 0,
            deltas: 0,
            bytes: 5,
            stories: 0,
          },
        ],
      },
    ]);
  });

  it("is exact ten seconds after the last request, however many batches there are", async () => {
    const { counter, pass, total } = open();
    for (let count = 0; count < 7; count++) {
      counter.count(REQUEST);
      await pass(4000);
    }
    await pass(BATCH_MS);
    expect(total).toEqual({ requests: 7, notModified: 0, deltas: 0, bytes: 700, stories: 21 });
  });

  it("counts once if its answer is lost, and is sent again as it was", async () => {
    const answers = ["arrives, but the answer is lost", "is lost", "arrives"] as const;
    let calls = 0;
    const { counter, pass, total, sent } = open(() => answers[calls++] ?? "arrives");
    counter.count(REQUEST);
    await pass(60_000);
    expect(sent.map(({ number }) => number)).toEqual([1, 1, 1]);
    expect(sent[2]).toEqual(sent[0]);
    expect(total.requests).toBe(1);
  });

  it("is sent with the work of a later request if it could not be sent at all", async () => {
    let isDown = true;
    const { counter, pass, total } = open(() => (isDown ? "is lost" : "arrives"));
    counter.count(REQUEST);
    await pass(60_000);
    isDown = false;
    counter.count(REQUEST);
    await pass(BATCH_MS);
    expect(total.requests).toBe(2);
  });

  it("is there but for the last ten seconds if the isolate is killed", async () => {
    const { counter, pass, total } = open();
    for (let count = 1; count <= 60; count++) {
      counter.count(REQUEST);
      await pass(1000);
      expect(total.requests).toBeGreaterThanOrEqual(count - BATCH_MS / 1000);
    }
  });

  it("belongs to the day (UTC) of its request, also where a batch goes beyond midnight", async () => {
    const { counter, pass, sent } = open();
    await pass(Date.UTC(2026, 2, 2) - NOW - 1);
    counter.count(REQUEST);
    await pass(1);
    counter.count(REQUEST);
    await pass(BATCH_MS);
    expect(sent.flatMap(({ rows }) => rows.map(({ day, requests }) => [day, requests]))).toEqual([
      ["2026-03-01", 1],
      ["2026-03-02", 1],
    ]);
  });

  it("is sent again in the same work if no answer comes", async () => {
    const { now, wait, pass } = createFakeTime(NOW);
    const sent: number[] = [];
    const add = async ({ number }: UsageBatch): Promise<void> => {
      sent.push(number);
      if (sent.length === 1) await new Promise(() => {});
    };
    createUsageCounter({ add, now, wait, waitUntil: () => {}, newId: () => "isolate" }).count(REQUEST);
    await pass(60_000);
    expect(sent).toEqual([1, 1]);
  });

  it("is not lost if the answer to a former batch comes late, when that has arrived by other work", async () => {
    const { now, wait, pass } = createFakeTime(NOW);
    const sent: (readonly [number: number, at: number])[] = [];
    let isCalm = false;
    const add = async ({ number }: UsageBatch): Promise<void> => {
      const at = now() - NOW;
      sent.push([number, at]);
      // The first work sends its batch three times; the answer to the last one comes while the second work goes on.
      if (at < 18_000) await new Promise(() => {});
      if (at === 18_000) await wait(2900);
      if (number === 2 && !isCalm) throw new Error("no answer");
    };
    const counter = createUsageCounter({ add, now, wait, waitUntil: () => {}, newId: () => "isolate" });
    counter.count(REQUEST);
    await pass(BATCH_MS + 1);
    counter.count(REQUEST);
    await pass(30_000);
    isCalm = true;
    counter.count(REQUEST);
    await pass(BATCH_MS);
    expect(sent).toEqual([
      ...[10_000, 14_000, 18_000, 20_001].map((at) => [1, at]),
      ...[20_001, 21_001, 22_001, 50_001].map((at) => [2, at]),
      [3, 50_001],
    ]);
  });

  it("takes no more memory than for so many rows", async () => {
    const { counter, pass, sent } = open();
    for (let index = 0; index < MAX_ROWS_PER_BATCH + 1; index++) counter.count({ ...REQUEST, partner: `p${index}` });
    counter.count({ ...REQUEST, partner: "p0" });
    await pass(BATCH_MS);
    expect(sent[0]?.rows).toHaveLength(MAX_ROWS_PER_BATCH);
    expect(sent[0]?.rows[0]?.requests).toBe(2);
  });

  it("is never more than happened, and all of it once everything answers again", () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            pause: fc.nat({ max: 15_000 }),
            status: fc.constantFrom(200, 226, 304),
            bytes: fc.nat({ max: 1000 }),
          }),
          { maxLength: 30 },
        ),
        fc.array(fc.constantFrom("arrives", "is lost", "arrives, but the answer is lost"), { maxLength: 30 }),
        async (requests, answers) => {
          let calls = 0;
          const { counter, pass, total } = open(() => answers[calls++] ?? "arrives");
          let made = 0;
          let bytes = 0;
          for (const { pause, status, bytes: length } of requests) {
            counter.count({ ...REQUEST, status, bytes: length });
            made += 1;
            bytes += length;
            await pass(pause);
            expect(total.requests).toBeLessThanOrEqual(made);
            expect(total.bytes).toBeLessThanOrEqual(bytes);
          }
          for (let count = 0; count < answers.length + 1; count++) {
            counter.count(REQUEST);
            made += 1;
            bytes += REQUEST.bytes;
            await pass(60_000);
          }
          expect([total.requests, total.bytes]).toEqual([made, bytes]);
        },
      ),
      { numRuns: 100 },
    ));
});
