/** A cache of values by key, bounded in bytes: the least recently used values leave first. */
export interface BoundedCache<Value> {
  /** Returns a key's value, which thereby becomes the most recently used one. */
  get(key: string): Value | undefined;
  /** Stores a value as the most recently used one. Storing it again after it has grown measures it anew. */
  set(key: string, value: Value): void;
  /** Bytes in use. */
  readonly size: number;
}

/** Entries are linked in the order of their use: twice as fast as moving keys within the Map. */
interface Entry<Value> {
  readonly key: string;
  readonly value: Value;
  readonly bytes: number;
  older: Entry<Value> | undefined;
  newer: Entry<Value> | undefined;
}

/**
 * Creates an empty cache for `maxBytes` bytes. An entry takes the bytes that `sizeOf` returns for its value, and those of
 * its key. A value that is larger than the whole cache is not stored. `onForget` is called once for each value that is not
 * or no longer stored: evicted, replaced by another one, or too large.
 *
 * Why this is not lru-cache: docs/decisions/bounded-cache.md.
 */
export const createBoundedCache = <Value>(
  maxBytes: number,
  sizeOf: (value: Value) => number,
  onForget: (value: Value) => void = () => {},
): BoundedCache<Value> => {
  const entries = new Map<string, Entry<Value>>();
  let oldest: Entry<Value> | undefined;
  let newest: Entry<Value> | undefined;
  let size = 0;

  const unlink = ({ older, newer }: Entry<Value>): void => {
    if (older === undefined) oldest = newer;
    else older.newer = newer;
    if (newer === undefined) newest = older;
    else newer.older = older;
  };

  const linkAsNewest = (entry: Entry<Value>): void => {
    entry.older = newest;
    entry.newer = undefined;
    if (newest === undefined) oldest = entry;
    else newest.newer = entry;
    newest = entry;
  };

  const remove = (entry: Entry<Value>): void => {
    unlink(entry);
    entries.delete(entry.key);
    size -= entry.bytes;
  };

  return {
    get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      if (entry !== newest) {
        unlink(entry);
        linkAsNewest(entry);
      }
      return entry.value;
    },
    set(key, value) {
      const former = entries.get(key);
      if (former !== undefined) {
        remove(former);
        if (former.value !== value) onForget(former.value);
      }
      const bytes = key.length * 2 + sizeOf(value);
      if (bytes > maxBytes) {
        onForget(value);
        return;
      }
      while (oldest !== undefined && size + bytes > maxBytes) {
        const { value: evicted } = oldest;
        remove(oldest);
        onForget(evicted);
      }
      const entry: Entry<Value> = { key, value, bytes, older: undefined, newer: undefined };
      entries.set(key, entry);
      linkAsNewest(entry);
      size += bytes;
    },
    get size() {
      return size;
    },
  };
};
