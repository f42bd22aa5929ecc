import { describe, expect, it } from "vitest";
import { memoize } from "../../src/lib/memoize.ts";

const create = () => {
  const computed: (string | null)[] = [];
  const lengthOf = memoize((header) => {
    computed.push(header);
    return header?.length;
  });
  return { computed, lengthOf };
};

describe("memoize", () => {
  it("computes once for each value, an absent header and a result of undefined included", () => {
    const { computed, lengthOf } = create();
    for (const header of ["a", "bb", null, "", "a", "bb", null, ""]) expect(lengthOf(header)).toBe(header?.length);
    expect(computed).toEqual(["a", "bb", null, ""]);
  });

  it("forgets all values when there are more than 64", () => {
    const { computed, lengthOf } = create();
    for (let index = 0; index < 64; index++) lengthOf(String(index));
    lengthOf("0");
    expect(computed).toHaveLength(64);
    lengthOf("one more");
    lengthOf("0");
    expect(computed).toHaveLength(66);
  });

  it("does not remember values longer than 256 characters", () => {
    const { computed, lengthOf } = create();
    for (const length of [256, 256, 257, 257]) expect(lengthOf("x".repeat(length))).toBe(length);
    expect(computed.map((header) => header?.length)).toEqual([256, 257, 257]);
  });
});
