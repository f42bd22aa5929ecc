import { describe, expect, it } from "vitest";
import { readRefreshIntervalMs } from "../../../src/store/d1/snapshot-cache.ts";

describe("REVISION_SECONDS", () => {
  it.each([
    [undefined, 3000],
    ["", 3000],
    ["x", 3000],
    ["-1", 3000],
    ["0", 0],
    ["0.5", 500],
    ["10", 10_000],
    ["60", 60_000],
    // A withdrawal must not go unnoticed for longer.
    ["61", 60_000],
    ["86400", 60_000],
    ["1e99", 60_000],
    ["Infinity", 60_000],
  ])("%j is %i milliseconds", (text, milliseconds) => {
    expect(readRefreshIntervalMs(text)).toBe(milliseconds);
  });
});
