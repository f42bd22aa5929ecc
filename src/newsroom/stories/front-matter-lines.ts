import { toYamlValue } from "../../lib/yaml-value.ts";

/** Keys with their values as lines of front matter. */
export const frontMatterLines = (keys: Readonly<Record<string, unknown>>): string =>
  Object.entries(keys)
    .map(([key, value]) => `${toYamlValue(key)}: ${toYamlValue(value)}\n`)
    .join("");
