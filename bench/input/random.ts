/** Pseudo-random numbers, the same on every machine and in every run (mulberry32). */
export interface Random {
  /** A whole number from 0 up to, but not including, `limit`. */
  below(limit: number): number;
  /** One of `values`, which must not be empty. */
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
}

/** Creates a generator from a seed. */
export const randomFrom = (seed: number): Random => {
  let state = seed >>> 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
  return { below, pick: (values) => values[below(values.length)] ?? values[0] };
};

/** The same values in random order. */
export const shuffled = <Value>(values: readonly Value[], random: Random): readonly Value[] =>
  values
    .map((value) => ({ value, rank: random.below(1_000_000) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ value }) => value);
