import { describe, expect, it } from "vitest";
import { once } from "../../src/lib/once.ts";

describe("once", () => {
  it("does its work the first time only", async () => {
    const done: string[] = [];
    const work = once(async (name: string) => void done.push(name));
    await Promise.all([work("a"), work("b")]);
    await work("c");
    expect(done).toEqual(["a"]);
  });

  it("does it again after it has failed, and lets the failure be known", async () => {
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
