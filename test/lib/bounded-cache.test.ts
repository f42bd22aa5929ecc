import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createCache } from "../../src/lib/bounded-cache.ts";

// Keys of one letter cost 2 bytes; a value costs its own number.
const create = (most: number) => createCache<number>(most, (value) => value);

describe("the bounded cache", () => {
  it("gives back what was put into it, and nothing else", () => {
    const cache = create(100);
    cache.set("a", 10);
    expect(cache.get("a")).toBe(10);
    expect(cache.get("b")).toBeUndefined();
    expect(cache.size).toBe(12);
  });

  it("forgets what was used least recently first", () => {
    const cache = create(36);
    for (const key of ["a", "b", "c"]) cache.set(key, 10);
    cache.get("a");
    cache.set("d", 10);
    expect(["a", "b", "c", "d"].map((key) => cache.get(key))).toEqual([10, undefined, 10, 10]);
  });

  it("counts setting as using", () => {
    const cache = create(24);
    cache.set("a", 10);
    cache.set("b", 10);
    cache.set("a", 10);
    cache.set("c", 10);
    expect([cache.get("a"), cache.get("b")]).toEqual([10, undefined]);
  });

  it("forgets as many as it must", () => {
    const cache = create(36);
    for (const key of ["a", "b", "c"]) cache.set(key, 10);
    cache.set("d", 20);
    expect(["a", "b", "c", "d"].map((key) => cache.get(key))).toEqual([undefined, undefined, 10, 20]);
    expect(cache.size).toBe(34);
  });

  it("takes a value that fills it, and keeps none that is larger", () => {
    const cache = create(12);
    cache.set("a", 10);
    expect(cache.get("a")).toBe(10);
    cache.set("b", 11);
    expect([cache.get("a"), cache.get("b"), cache.size]).toEqual([10, undefined, 12]);
  });

  it("does not give an old value for a key whose new one is too large", () => {
    const cache = create(12);
    cache.set("a", 10);
    cache.set("a", 11);
    expect([cache.get("a"), cache.size]).toEqual([undefined, 0]);
  });

  it("counts a replaced value once, larger or smaller", () => {
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

  it("behaves like a list that is searched from the front", () => {
    const key = fc.constantFrom("a", "b", "cc", "ddd");
    const operation = fc.oneof(
      fc.record({ key, value: fc.nat({ max: 60 }) }),
      fc.record({ key, value: fc.constant(undefined) }),
    );
    const cost = (name: string, value: number) => name.length * 2 + value;
    fc.assert(
      fc.property(fc.nat({ max: 100 }), fc.array(operation, { maxLength: 60 }), (most, operations) => {
        const cache = create(most);
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
            if (cost(key, value) <= most) {
              while (total() + cost(key, value) > most) entries = entries.slice(1);
              entries = [...entries, [key, value]];
            }
          }
          expect(cache.size).toBe(total());
          expect(cache.size).toBeLessThanOrEqual(most);
        }
        for (const [name, value] of entries) expect(cache.get(name)).toBe(value);
      }),
      { numRuns: 300 },
    );
  });
});

describe("what the bounded cache says it forgot", () => {
  interface Value {
    readonly cost: number;
  }

  const watched = (most: number) => {
    const forgotten: Value[] = [];
    const cache = createCache<Value>(
      most,
      ({ cost }) => cost,
      (value) => forgotten.push(value),
    );
    return { cache, forgotten };
  };

  const value = (cost: number): Value => ({ cost });

  it("is what had to make room, the oldest first", () => {
    const { cache, forgotten } = watched(36);
    const [a, b, c, d] = [value(10), value(10), value(10), value(20)];
    for (const [key, one] of Object.entries({ a, b, c, d })) cache.set(key, one);
    expect(forgotten).toEqual([a, b]);
    expect(forgotten[0]).toBe(a);
  });

  it("is what another one took the place of", () => {
    const { cache, forgotten } = watched(36);
    const [former, latter] = [value(10), value(10)];
    cache.set("a", former);
    cache.set("a", latter);
    expect(forgotten).toHaveLength(1);
    expect(forgotten[0]).toBe(former);
  });

  it("is not what is set again, though it has grown", () => {
    const { cache, forgotten } = watched(36);
    const growing = { cost: 10 };
    cache.set("a", growing);
    growing.cost = 30;
    cache.set("a", growing);
    expect([forgotten, cache.size, cache.get("a")]).toEqual([[], 32, growing]);
  });

  it("is what is too large, at once, and what stood under its key", () => {
    const { cache, forgotten } = watched(12);
    const [small, large] = [value(10), value(11)];
    cache.set("a", small);
    cache.set("b", large);
    expect(forgotten).toEqual([large]);
    cache.set("a", large);
    expect(forgotten).toEqual([large, small, large]);
  });

  it("is what has outgrown the cache, once", () => {
    const { cache, forgotten } = watched(12);
    const growing = { cost: 10 };
    cache.set("a", growing);
    growing.cost = 11;
    cache.set("a", growing);
    expect([forgotten.length, cache.size, cache.get("a")]).toEqual([1, 0, undefined]);
  });

  it("is each value that is not held any longer, once, and none that is", () => {
    const operation = fc.record({ key: fc.constantFrom("a", "b", "cc", "ddd"), cost: fc.nat({ max: 60 }) });
    fc.assert(
      fc.property(fc.nat({ max: 100 }), fc.array(operation, { maxLength: 60 }), (most, operations) => {
        const { cache, forgotten } = watched(most);
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
