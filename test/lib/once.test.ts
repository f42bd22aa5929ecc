import { describe, expect, it } from "vitest";
import { once } from "../../src/lib/once.ts";

describe("once", () => {
  it("does its work on the first call only", async () => {
    const done: string[] = [];
    const work = once(async (name: string) => void done.push(name));
    await Promise.all([work("a"), work("b")]);
    await work("c");
    expect(done).toEqual(["a"]);
  });

  it("rejects if its work fails, and does it again on the next call", async () => {
    const done: string[] = [];
    const work = once(async (name: string) => {
      if (name === "bad") throw new Error("no");
      done.push(name);
    });
    await expect(work("bad")).rejects.toThrow("no");
    await work("good");
    await work("late");
    expect(done).toEqual(["good"]);
  });
});
