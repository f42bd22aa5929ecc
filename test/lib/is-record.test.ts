import { expect, it } from "vitest";
import { isRecord } from "../../src/lib/is-record.ts";

it("takes mappings for records, and neither null nor lists nor single values", () => {
  expect([{}, { a: 1 }].map(isRecord)).toEqual([true, true]);
  expect([null, undefined, [], [{}], "a", 1, true].some(isRecord)).toBe(false);
});
