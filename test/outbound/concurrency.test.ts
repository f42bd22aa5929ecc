import fc from "fast-check";
import pMap from "p-map";
import { describe, expect, it } from "vitest";

// What push relies on when it sends requests to many callbacks.

const turn = () => new Promise<void>((done) => setImmediate(done));

describe("mapping values concurrently with p-map", () => {
  it("returns the outcomes in the order of the values, whichever comes first", async () => {
    const calls = [0, 1, 2].map(() => Promise.withResolvers<void>());
    const outcomes = pMap(
      ["a", "b", "c"],
      async (value) => {
        await calls["abc".indexOf(value)]?.promise;
        return value.toUpperCase();
      },
      { concurrency: 3 },
    );
    for (const call of calls.toReversed()) {
      call.resolve();
      await turn();
    }
    expect(await outcomes).toEqual(["A", "B", "C"]);
  });

  it("never runs more calls than it may, and always as many as it can", async () => {
    const cases = fc.tuple(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 25 }), fc.integer({ min: 1, max: 8 }));
    await fc.assert(
      fc.asyncProperty(cases, async ([waits, concurrency]) => {
        let working = 0;
        let most = 0;
        const worked = waits.map(() => 0);
        const outcomes = await pMap(
          [...waits.entries()],
          async ([index, wait]) => {
            working += 1;
            most = Math.max(most, working);
            worked[index] = (worked[index] ?? 0) + 1;
            for (let turns = 0; turns < wait; turns++) await turn();
            working -= 1;
            return index;
          },
          { concurrency },
        );
        expect(outcomes).toEqual([...waits.keys()]);
        expect(worked).toEqual(waits.map(() => 1));
        expect(most).toBe(Math.min(concurrency, waits.length));
      }),
    );
  });

  it("does not wait for a slow call before it starts the others", async () => {
    const slow = Promise.withResolvers<void>();
    const done: number[] = [];
    const all = pMap(
      [0, 1, 2, 3, 4],
      async (value) => {
        if (value === 0) await slow.promise;
        done.push(value);
      },
      { concurrency: 2 },
    );
    await turn();
    expect(done).toEqual([1, 2, 3, 4]);
    slow.resolve();
    await all;
    expect(done).toEqual([1, 2, 3, 4, 0]);
  });

  it("calls nothing for an empty list", async () => {
    expect(await pMap([], () => Promise.reject(new Error("not to be called")), { concurrency: 6 })).toEqual([]);
  });

  it("keeps outcomes that are undefined", async () => {
    expect(await pMap([1, 2, 3], async (value) => (value === 2 ? undefined : value), { concurrency: 2 })).toEqual([
      1,
      undefined,
      3,
    ]);
  });

  it("rejects with the first error, also if the function throws synchronously", async () => {
    const work = async (value: number) => {
      if (value === 2) throw new Error("two");
      return value;
    };
    await expect(pMap([1, 2, 3, 4], work, { concurrency: 2 })).rejects.toThrow("two");
    const throwing = (): Promise<number> => {
      throw new Error("at once");
    };
    await expect(pMap([1], throwing, { concurrency: 1 })).rejects.toThrow("at once");
  });

  it("starts nothing more after an error, and does not wait for what was started", async () => {
    const started: number[] = [];
    const slow = Promise.withResolvers<void>();
    const work = async (value: number): Promise<void> => {
      started.push(value);
      if (value === 1) throw new Error("one");
      await slow.promise;
    };
    await expect(pMap([0, 1, 2, 3], work, { concurrency: 2 })).rejects.toThrow("one");
    slow.resolve();
    await turn();
    expect(started).toEqual([0, 1]);
  });
});
