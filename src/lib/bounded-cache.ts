/** A store of values that is bounded in bytes: what was used least recently goes first. */
export interface BoundedCache<Value> {
  get(key: string): Value | undefined;
  /** Keeps a value, or counts one anew that has grown. */
  set(key: string, value: Value): void;
  /** Bytes held now. */
  readonly size: number;
}

/**
 * `sizeOf` gives a value's bytes. `onForget` hears of each value that is not held any longer; a value larger than the
 * whole cache never is.
 */
export const createBoundedCache = <Value>(
  maxBytes: number,
  sizeOf: (value: Value) => number,
  onForget: (value: Value) => void = () => {},
): BoundedCache<Value> => {
  // A Map iterates in the order of insertion: its first key is the one used least recently.
  const held = new Map<string, { readonly value: Value; readonly cost: number }>();
  let size = 0;
  const remove = (key: string): Value | undefined => {
    const entry = held.get(key);
    if (entry === undefined) return undefined;
    held.delete(key);
    size -= entry.cost;
    return entry.value;
  };
  return {
    get(key) {
      const entry = held.get(key);
      if (entry === undefined) return undefined;
      held.delete(key);
      held.set(key, entry);
      return entry.value;
    },
    set(key, value) {
      const former = remove(key);
      if (former !== undefined && former !== value) onForget(former);
      const cost = key.length * 2 + sizeOf(value);
      if (cost > maxBytes) {
        onForget(value);
        return;
      }
      for (const [oldest, { value: old }] of held) {
        if (size + cost <= maxBytes) break;
        remove(oldest);
        onForget(old);
      }
      held.set(key, { value, cost });
      size += cost;
    },
    get size() {
      return size;
    },
  };
};
