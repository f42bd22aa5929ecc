import type * as v from "valibot";
import type { VFile } from "vfile";
import { hasMessageAt, reportError } from "../messages/messages.ts";
import { quote } from "../messages/quote.ts";
import type { Yaml } from "../yaml/yaml.ts";
import { type Checked, checkMapping, type Shape } from "./mapping.ts";

const nameOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (name, key) => `${name}${typeof key === "number" ? `[${key}]` : `${name && "."}${String(key)}`}`,
    "",
  );

const isKey = (value: unknown): value is PropertyKey => typeof value === "string" || typeof value === "number";

/** Checks a YAML mapping. Notes every fault at its own place in the file, and gives what is right. */
export const validate = <const Entries extends v.ObjectEntries>(
  file: VFile,
  yaml: Yaml,
  shape: Shape<Entries>,
): Checked<Entries> => {
  const checked = checkMapping(shape, yaml.data);
  for (const { rule, message, path } of checked.faults) {
    const keys = path.map(({ key }) => key).filter(isKey);
    const isOfKey = rule !== "missing-key" && path.at(-1)?.origin === "key";
    const place = isOfKey ? yaml.placeOfKey(keys) : yaml.placeOf(keys);
    // What was refused as YAML stands there as an empty text, which is no second mistake.
    if (rule === "value" && hasMessageAt(file, place)) continue;
    reportError(
      file,
      rule,
      keys.at(-1) === "" ? "A key is missing before this colon. Add it." : `${quote(nameOf(keys))} ${message}`,
      place,
    );
  }
  return checked;
};
