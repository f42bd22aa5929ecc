import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inParallel } from "../../src/outbound/concurrency.ts";

const turn = () => new Promise<void>((done) => setImmediate(done));

describe("working in parallel", () => {
  it("gives the outcomes in the order of the values, whichever comes first", async () => {
    const gates = [0, 1, 2].map(() => Promise.withResolvers<void>());
    const outcomes = inParallel(["a", "b", "c"], 3, async (value) => {
      await gates["abc".indexOf(value)]?.promise;
      return value.toUpperCase();
    });
    for (const gate of gates.toReversed()) {
      gate.resolve();
      await turn();
    }
    expect(await outcomes).toEqual(["A", "B", "C"]);
  });

  it("never works on more than it may, and always on as many as it can", async () => {
    const cases = fc.tuple(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 25 }), fc.integer({ min: 1, max: 8 }));
    await fc.assert(
      fc.asyncProperty(cases, async ([waits, atOnce]) => {
        let working = 0;
        let most = 0;
        const worked = waits.map(() => 0);
        const outcomes = await inParallel([...waits.entries()], atOnce, async ([index, wait]) => {
          working += 1;
          most = Math.max(most, working);
          worked[index] = (worked[index] ?? 0) + 1;
          for (let turns = 0; turns < wait; turns++) await Promise.resolve();
          working -= 1;
          return index;
        });
        expect(outcomes).toEqual([...waits.keys()]);
        expect(worked).toEqual(waits.map(() => 1));
        expect(most).toBe(Math.min(atOnce, waits.length));
      }),
    );
  });

  it("does not wait for a slow one to begin the others", async () => {
    const slow = Promise.withResolvers<void>();
    const done: number[] = [];
    const all = inParallel([0, 1, 2, 3, 4], 2, async (value) => {
      if (value === 0) await slow.promise;
      done.push(value);
    });
    await turn();
    expect(done).toEqual([1, 2, 3, 4]);
    slow.resolve();
    await all;
    expect(done).toEqual([1, 2, 3, 4, 0]);
  });

  it("has nothing to do for no values", async () => {
    expect(await inParallel([], 6, () => Promise.reject(new Error("not to be called")))).toEqual([]);
  });

  it("keeps outcomes that are undefined", async () => {
    expect(await inParallel([1, 2, 3], 2, async (value) => (value === 2 ? undefined : value))).toEqual([
      1,
      undefined,
      3,
    ]);
  });

  it("fails with the first failure, also where the work throws at once", async () => {
    const work = async (value: number) => {
      if (value === 2) throw new Error("two");
      return value;
    };
    await expect(inParallel([1, 2, 3, 4], 2, work)).rejects.toThrow("two");
    const atOnce = (): Promise<number> => {
      throw new Error("at once");
    };
    await expect(inParallel([1], 1, atOnce)).rejects.toThrow("at once");
  });
});
