/** The strings of a JSON text, those that are keys with their colon, and the signs that nest and part its values. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[{}[\],]/g;

interface OpenValue {
  /** The names that stand in an object so far. */
  readonly names: Set<string>;
  /** The key, or the index of a list, at which the reading is. */
  at: string | number;
}

/**
 * Finds the first key that stands in the same object of a JSON text for the second time, which JSON.parse takes in place of the
 * first without a word. Returns its path. `json` must be valid.
 */
export const findDuplicateKey = (json: string): readonly (string | number)[] | undefined => {
  const open: OpenValue[] = [];
  for (const [token, colon] of json.matchAll(TOKEN)) {
    const inner = open.at(-1);
    if (token === "{" || token === "[") open.push({ names: new Set(), at: token === "{" ? "" : 0 });
    else if (token === "}" || token === "]") open.pop();
    else if (inner !== undefined && token === ",") {
      if (typeof inner.at === "number") inner.at++;
    } else if (inner !== undefined && colon !== undefined) {
      const name = String(JSON.parse(token.slice(0, -colon.length)));
      inner.at = name;
      if (inner.names.has(name)) return open.map(({ at }) => at);
      inner.names.add(name);
    }
  }
  return undefined;
};
