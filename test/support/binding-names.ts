import { isRecord } from "../../src/lib/is-record.ts";

/** What names a binding: `binding`, but of Durable Objects and rate limits `name`. */
const namesIn = (value: unknown, path: string): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((one) => namesIn(one, path));
  if (!isRecord(value)) return [];
  const name = ["durable_objects.bindings", "ratelimits"].includes(path) ? value.name : value.binding;
  return [
    ...(typeof name === "string" ? [name] : []),
    ...Object.entries(value).flatMap(([key, inner]) => namesIn(inner, path === "" ? key : `${path}.${key}`)),
  ];
};

/** The names of all bindings and variables in a configuration of wrangler, as wrangler reads it. */
export const bindingNames = (config: unknown): readonly string[] => {
  const variables = isRecord(config) && isRecord(config.vars) ? Object.keys(config.vars) : [];
  return [...namesIn(config, ""), ...variables];
};
