// JSON is YAML, but JavaScript lets U+2028 and U+2029 stand in it as they are.
const yamlOf = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u2028\u2029]/g, (end) => (end === "\u2028" ? "\\u2028" : "\\u2029"));

/** Keys with their values as lines of front matter. */
export const frontMatterLines = (keys: Readonly<Record<string, unknown>>): string =>
  Object.entries(keys)
    .map(([key, value]) => `${yamlOf(key)}: ${yamlOf(value)}\n`)
    .join("");
