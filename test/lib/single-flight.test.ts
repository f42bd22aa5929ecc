import { describe, expect, it } from "vitest";
import { createSingleFlight } from "../../src/lib/single-flight.ts";

describe("single flight", () => {
  const create = () => {
    const waited: Promise<unknown>[] = [];
    const flight = createSingleFlight<string>((work) => waited.push(work));
    return { flight, waited };
  };

  it("does the work once for ten callers at the same time, and returns the same to all", async () => {
    const { flight, waited } = create();
    let works = 0;
    const { promise, resolve } = Promise.withResolvers<string>();
    const results = Array.from({ length: 10 }, () =>
      flight("a", () => {
        works += 1;
        return promise;
      }),
    );
    resolve("done");
    expect(await Promise.all(results)).toEqual(Array.from({ length: 10 }, () => "done"));
    expect([works, waited.length]).toEqual([1, 1]);
  });

  it("does the work again for a call after it has ended", async () => {
    const { flight } = create();
    let works = 0;
    const work = async () => `work ${++works}`;
    expect([await flight("a", work), await flight("a", work)]).toEqual(["work 1", "work 2"]);
  });

  it("does the work of different keys separately", async () => {
    const { flight } = create();
    const results = ["a", "b", "a"].map((key, index) => flight(key, async () => `${key}${index}`));
    expect(await Promise.all(results)).toEqual(["a0", "b1", "a0"]);
  });

  it("rejects for all callers if the work fails, and forgets the failure", async () => {
    const { flight, waited } = create();
    const { promise, reject } = Promise.withResolvers<string>();
    const results = Array.from({ length: 10 }, () => flight("a", () => promise));
    const heard = Promise.allSettled(results);
    const failure = new Error("no store");
    reject(failure);
    expect(await heard).toEqual(Array.from({ length: 10 }, () => ({ status: "rejected", reason: failure })));
    expect(await flight("a", async () => "done")).toBe("done");
    expect(await Promise.all(waited), "what waitUntil gets does not reject").toHaveLength(2);
  });

  it("goes on when its first caller does not wait", async () => {
    const { flight, waited } = create();
    const { promise, resolve } = Promise.withResolvers<string>();
    flight("a", () => promise);
    const second = flight("a", async () => "other work");
    resolve("done");
    expect([await second, await waited[0]]).toEqual(["done", "done"]);
  });
});
