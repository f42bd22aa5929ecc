import { describe, expect, it } from "vitest";
import { createSingleFlight } from "../../src/lib/single-flight.ts";

describe("a single flight", () => {
  const create = () => {
    const going: Promise<unknown>[] = [];
    const flight = createSingleFlight<string>((work) => going.push(work));
    return { flight, going };
  };

  it("does the work once for ten who ask at the same time, and gives all of them the same", async () => {
    const { flight, going } = create();
    let works = 0;
    const { promise, resolve } = Promise.withResolvers<string>();
    const asked = Array.from({ length: 10 }, () =>
      flight("a", () => {
        works += 1;
        return promise;
      }),
    );
    resolve("done");
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 10 }, () => "done"));
    expect([works, going.length]).toEqual([1, 1]);
  });

  it("does it anew for who asks afterwards", async () => {
    const { flight } = create();
    let works = 0;
    const work = async () => `work ${++works}`;
    expect([await flight("a", work), await flight("a", work)]).toEqual(["work 1", "work 2"]);
  });

  it("keeps keys apart", async () => {
    const { flight } = create();
    const asked = ["a", "b", "a"].map((key, index) => flight(key, async () => `${key}${index}`));
    expect(await Promise.all(asked)).toEqual(["a0", "b1", "a0"]);
  });

  it("fails for all who wait, and is not kept", async () => {
    const { flight, going } = create();
    const { promise, reject } = Promise.withResolvers<string>();
    const asked = Array.from({ length: 10 }, () => flight("a", () => promise));
    const heard = Promise.allSettled(asked);
    const failure = new Error("no store");
    reject(failure);
    expect(await heard).toEqual(Array.from({ length: 10 }, () => ({ status: "rejected", reason: failure })));
    expect(await flight("a", async () => "done")).toBe("done");
    expect(await Promise.all(going), "what goes on by itself does not fail").toHaveLength(2);
  });

  it("goes on where its first asker does not wait", async () => {
    const { flight, going } = create();
    const { promise, resolve } = Promise.withResolvers<string>();
    flight("a", () => promise);
    const second = flight("a", async () => "other work");
    resolve("done");
    expect([await second, await going[0]]).toEqual(["done", "done"]);
  });
});
