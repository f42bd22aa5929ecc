/**
 * A value (anything JSON can hold) as YAML on one line: JSON is YAML. U+2028 and U+2029 are escaped, since JavaScript's
 * regular expressions take them for ends of lines where front matter is read line by line.
 */
export const toYamlValue = (value: unknown): string =>
  JSON.stringify(value).replace(/[\u2028\u2029]/g, (separator) => (separator === "\u2028" ? "\\u2028" : "\\u2029"));
