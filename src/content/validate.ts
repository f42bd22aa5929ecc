import * as v from "valibot";
import type { VFile } from "vfile";
import { problem } from "./report.ts";
import type { Yaml } from "./yaml.ts";

const nameOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (name, key) => `${name}${typeof key === "number" ? `[${key}]` : `${name && "."}${String(key)}`}`,
    "",
  );

const isKey = (value: unknown): value is PropertyKey => typeof value === "string" || typeof value === "number";

/**
 * Checks a YAML mapping against a schema. Notes every mistake at its own place in the file and then
 * gives nothing; otherwise gives the schema's output.
 */
export const validate = <Schema extends v.GenericSchema>(
  file: VFile,
  yaml: Yaml,
  schema: Schema,
): v.InferOutput<Schema> | undefined => {
  const result = v.safeParse(schema, yaml.data);
  if (result.success) return result.output;
  for (const issue of result.issues) {
    const path = (issue.path ?? []).map(({ key }) => key).filter(isKey);
    const isUnknown = issue.expected === "never";
    const rule = isUnknown ? "unknown-key" : issue.received === "undefined" ? "missing-key" : "value";
    const place = isUnknown ? yaml.placeOfKey(path) : yaml.placeOf(path);
    problem(file, rule, `\`${nameOf(path)}\` ${issue.message}`, place);
  }
  return undefined;
};
