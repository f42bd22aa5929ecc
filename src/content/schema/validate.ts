import type * as v from "valibot";
import type { VFile } from "vfile";
import { hasErrorAt, quote, reportError } from "../messages/messages.ts";
import type { YamlMapping } from "../yaml/yaml.ts";
import { checkMapping, type MappingResult, type MappingSchema } from "./mapping.ts";

/** A path into a mapping as messages show it, such as `corrections[0].at`. */
export const formatPath = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (name, key) => `${name}${typeof key === "number" ? `[${key}]` : `${name && "."}${String(key)}`}`,
    "",
  );

const isPropertyKey = (value: unknown): value is PropertyKey => typeof value === "string" || typeof value === "number";

/** Validates a YAML mapping: reports every issue at its own place in the file, and returns what is valid. */
export const validateMapping = <const Entries extends v.ObjectEntries>(
  file: VFile,
  yaml: YamlMapping,
  schema: MappingSchema<Entries>,
): MappingResult<Entries> => {
  const result = checkMapping(schema, yaml.data);
  for (const { rule, message, path } of result.issues) {
    const keys = path.map(({ key }) => key).filter(isPropertyKey);
    const isAboutKey = rule !== "missing-key" && path.at(-1)?.origin === "key";
    const place = isAboutKey ? yaml.placeOfKey(keys) : yaml.placeOf(keys);
    // YAML that was refused has been replaced by an empty text, which is no second error.
    if (rule === "value" && hasErrorAt(file, place)) continue;
    reportError(
      file,
      rule,
      keys.at(-1) === "" ? "A key is missing before this colon. Add it." : `${quote(formatPath(keys))} ${message}`,
      place,
    );
  }
  return result;
};
