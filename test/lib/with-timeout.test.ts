import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Unavailable, withTimeout } from "../../src/lib/with-timeout.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("withTimeout", () => {
  it("resolves and rejects as the work does, and leaves no timer behind", async () => {
    const failure = new Error("no");
    expect(await withTimeout(Promise.resolve("done"), 10)).toBe("done");
    await expect(withTimeout(Promise.reject(failure), 10)).rejects.toBe(failure);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("rejects with Unavailable when the time is over", async () => {
    const result = expect(withTimeout(new Promise(() => {}), 2000)).rejects.toThrow(
      new Unavailable("no answer within 2000 ms"),
    );
    await vi.advanceTimersByTimeAsync(2000);
    await result;
  });
});
