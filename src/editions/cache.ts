/** A store of values that is bounded in bytes: what was used least recently goes first. */
export interface BoundedCache<Value> {
  get(key: string): Value | undefined;
  set(key: string, value: Value): void;
  /** Bytes held now. */
  readonly size: number;
}

/** `sizeOf` gives a value's bytes. A value larger than the whole cache is not kept. */
export const createCache = <Value>(mostBytes: number, sizeOf: (value: Value) => number): BoundedCache<Value> => {
  // A Map iterates in the order of insertion: its first key is the one used least recently.
  const values = new Map<string, Value>();
  let size = 0;
  const forget = (key: string, value: Value): void => {
    values.delete(key);
    size -= key.length * 2 + sizeOf(value);
  };
  return {
    get(key) {
      const value = values.get(key);
      if (value !== undefined) {
        values.delete(key);
        values.set(key, value);
      }
      return value;
    },
    set(key, value) {
      const cost = key.length * 2 + sizeOf(value);
      const former = values.get(key);
      if (former !== undefined) forget(key, former);
      if (cost > mostBytes) return;
      for (const [oldest, old] of values) {
        if (size + cost <= mostBytes) break;
        forget(oldest, old);
      }
      values.set(key, value);
      size += cost;
    },
    get size() {
      return size;
    },
  };
};
