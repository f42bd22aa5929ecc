/** How many items `mapInTurns` works on at the same time. */
export interface Concurrency {
  readonly max: number;
  /** Of those that share a key; `max` if it is absent. */
  readonly maxPerKey?: number;
}

/**
 * Maps items by `work`, some at the same time. Those are begun first of whose keys the fewest are in use, otherwise they
 * keep their order: whoever has many items does not hold up others. Rejects if `work` does, and then begins no more of it.
 */
export const mapInTurns = <Item, Result>(
  items: readonly Item[],
  keysOf: (item: Item) => readonly string[],
  work: (item: Item) => Promise<Result>,
  { max, maxPerKey = max }: Concurrency,
): Promise<readonly Result[]> =>
  new Promise((resolve, reject) => {
    const results: { readonly index: number; readonly result: Result }[] = [];
    const waiting = items.map((item, index) => ({ item, index, keys: keysOf(item) }));
    const inUse = new Map<string, number>();
    const count = (keys: readonly string[], difference: 1 | -1): void => {
      for (const key of keys) inUse.set(key, (inUse.get(key) ?? 0) + difference);
    };
    let running = 0;
    let hasFailed = false;
    const fail = (reason: unknown): void => {
      hasFailed = true;
      reject(reason);
    };
    const begin = (): void => {
      while (!hasFailed && running < max) {
        const uses = waiting.map(({ keys }) => Math.max(0, ...keys.map((key) => inUse.get(key) ?? 0)));
        const fewest = Math.min(...uses);
        const [next] = fewest < maxPerKey ? waiting.splice(uses.indexOf(fewest), 1) : [];
        if (next === undefined) break;
        const { item, index, keys } = next;
        running += 1;
        count(keys, 1);
        work(item).then((result) => {
          results.push({ index, result });
          running -= 1;
          count(keys, -1);
          begin();
        }, fail);
      }
      if (running === 0) resolve(results.toSorted((a, b) => a.index - b.index).map(({ result }) => result));
    };
    begin();
  });
