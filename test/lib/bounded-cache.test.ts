import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBoundedCache } from "../../src/lib/bounded-cache.ts";

// Keys of one letter cost 2 bytes; a value costs its own number.
const create = (maxBytes: number) => createBoundedCache<number>(maxBytes, (value) => value);

describe("the bounded cache", () => {
  it("returns the values that were stored, and undefined for other keys", () => {
    const cache = create(100);
    cache.set("a", 10);
    expect(cache.get("a")).toBe(10);
    expect(cache.get("b")).toBeUndefined();
    expect(cache.size).toBe(12);
  });

  it("evicts the least recently used value first", () => {
    const cache = create(36);
    for (const key of ["a", "b", "c"]) cache.set(key, 10);
    cache.get("a");
    cache.set("d", 10);
    expect(["a", "b", "c", "d"].map((key) => cache.get(key))).toEqual([10, undefined, 10, 10]);
  });

  it("counts storing a value as using it", () => {
    const cache = create(24);
    cache.set("a", 10);
    cache.set("b", 10);
    cache.set("a", 10);
    cache.set("c", 10);
    expect([cache.get("a"), cache.get("b")]).toEqual([10, undefined]);
  });

  it("evicts as many values as it takes", () => {
    const cache = create(36);
    for (const key of ["a", "b", "c"]) cache.set(key, 10);
    cache.set("d", 20);
    expect(["a", "b", "c", "d"].map((key) => cache.get(key))).toEqual([undefined, undefined, 10, 20]);
    expect(cache.size).toBe(34);
  });

  it("stores a value that fills it exactly, and none that is larger", () => {
    const cache = create(12);
    cache.set("a", 10);
    expect(cache.get("a")).toBe(10);
    cache.set("b", 11);
    expect([cache.get("a"), cache.get("b"), cache.size]).toEqual([10, undefined, 12]);
  });

  it("does not return the old value of a key whose new one is too large", () => {
    const cache = create(12);
    cache.set("a", 10);
    cache.set("a", 11);
    expect([cache.get("a"), cache.size]).toEqual([undefined, 0]);
  });

  it("measures the new value only when one is replaced", () => {
    const cache = create(100);
    for (const [value, size] of [
      [10, 12],
      [50, 52],
      [5, 7],
    ] as const) {
      cache.set("a", value);
      expect(cache.size).toBe(size);
    }
  });

  it("behaves like a list in the order of use", () => {
    const key = fc.constantFrom("a", "b", "cc", "ddd");
    const operation = fc.oneof(
      fc.record({ key, value: fc.nat({ max: 60 }) }),
      fc.record({ key, value: fc.constant(undefined) }),
    );
    const cost = (name: string, value: number) => name.length * 2 + value;
    fc.assert(
      fc.property(fc.nat({ max: 100 }), fc.array(operation, { maxLength: 60 }), (maxBytes, operations) => {
        const cache = create(maxBytes);
        // The model: entries from the least to the most recently used.
        let entries: readonly (readonly [string, number])[] = [];
        const total = () => entries.reduce((sum, [name, value]) => sum + cost(name, value), 0);
        for (const { key, value } of operations) {
          const found = entries.find(([name]) => name === key);
          const others = entries.filter((entry) => entry !== found);
          if (value === undefined) {
            expect(cache.get(key)).toBe(found?.[1]);
            entries = found === undefined ? others : [...others, found];
          } else {
            cache.set(key, value);
            entries = others;
            if (cost(key, value) <= maxBytes) {
              while (total() + cost(key, value) > maxBytes) entries = entries.slice(1);
              entries = [...entries, [key, value]];
            }
          }
          expect(cache.size).toBe(total());
          expect(cache.size).toBeLessThanOrEqual(maxBytes);
        }
        for (const [name, value] of entries) expect(cache.get(name)).toBe(value);
      }),
      { numRuns: 300 },
    );
  });
});

describe("onForget of the bounded cache", () => {
  interface Value {
    readonly cost: number;
  }

  const createWatched = (maxBytes: number) => {
    const forgotten: Value[] = [];
    const cache = createBoundedCache<Value>(
      maxBytes,
      ({ cost }) => cost,
      (value) => forgotten.push(value),
    );
    return { cache, forgotten };
  };

  const value = (cost: number): Value => ({ cost });

  it("is called for evicted values, the oldest first", () => {
    const { cache, forgotten } = createWatched(36);
    const [a, b, c, d] = [value(10), value(10), value(10), value(20)];
    for (const [key, one] of Object.entries({ a, b, c, d })) cache.set(key, one);
    expect(forgotten).toEqual([a, b]);
    expect(forgotten[0]).toBe(a);
  });

  it("is called for a value that another one replaces", () => {
    const { cache, forgotten } = createWatched(36);
    const [former, latter] = [value(10), value(10)];
    cache.set("a", former);
    cache.set("a", latter);
    expect(forgotten).toHaveLength(1);
    expect(forgotten[0]).toBe(former);
  });

  it("is not called for a value that is stored again after it has grown", () => {
    const { cache, forgotten } = createWatched(36);
    const growing = { cost: 10 };
    cache.set("a", growing);
    growing.cost = 30;
    cache.set("a", growing);
    expect([forgotten, cache.size, cache.get("a")]).toEqual([[], 32, growing]);
  });

  it("is called for a value that is too large, and for the former value of its key", () => {
    const { cache, forgotten } = createWatched(12);
    const [small, large] = [value(10), value(11)];
    cache.set("a", small);
    cache.set("b", large);
    expect(forgotten).toEqual([large]);
    cache.set("a", large);
    expect(forgotten).toEqual([large, small, large]);
  });

  it("is called once for a value that has outgrown the cache", () => {
    const { cache, forgotten } = createWatched(12);
    const growing = { cost: 10 };
    cache.set("a", growing);
    growing.cost = 11;
    cache.set("a", growing);
    expect([forgotten.length, cache.size, cache.get("a")]).toEqual([1, 0, undefined]);
  });

  it("is called once for each value that is not stored any longer, and for no other", () => {
    const operation = fc.record({ key: fc.constantFrom("a", "b", "cc", "ddd"), cost: fc.nat({ max: 60 }) });
    fc.assert(
      fc.property(fc.nat({ max: 100 }), fc.array(operation, { maxLength: 60 }), (maxBytes, operations) => {
        const { cache, forgotten } = createWatched(maxBytes);
        const values = operations.map(({ key, cost }) => {
          const one = value(cost);
          cache.set(key, one);
          return one;
        });
        const held = ["a", "b", "cc", "ddd"].flatMap((key) => cache.get(key) ?? []);
        expect(new Set(forgotten).size).toBe(forgotten.length);
        expect(new Set([...held, ...forgotten])).toEqual(new Set(values));
        expect(held.length + forgotten.length).toBe(values.length);
      }),
      { numRuns: 300 },
    );
  });
});
