const MAX_ENTRIES = 64;
const MAX_KEY_LENGTH = 256;

/**
 * Memoizes a pure function of a header's value (null: the header is absent). Clients send few different values, so when there
 * are more than 64, all are forgotten; values longer than 256 characters are computed each time.
 */
export const memoize = <Result>(compute: (header: string | null) => Result): ((header: string | null) => Result) => {
  const results = new Map<string | null, { readonly result: Result }>();
  return (header) => {
    const hit = results.get(header);
    if (hit !== undefined) return hit.result;
    const result = compute(header);
    if ((header ?? "").length > MAX_KEY_LENGTH) return result;
    if (results.size >= MAX_ENTRIES) results.clear();
    results.set(header, { result });
    return result;
  };
};
