import { isRecord } from "../../lib/is-record.ts";
import { readIfPresent } from "./read-if-present.ts";

/** The object in a JSON file; an empty one if there is no such file, or something else in it. */
export const readJson = async (path: string): Promise<Readonly<Record<string, unknown>>> => {
  const text = await readIfPresent(path);
  const value: unknown = text === undefined ? {} : JSON.parse(text);
  return isRecord(value) ? value : {};
};

/** The text that an object has under a key; undefined if there is none, or it is no object. */
export const textOf = (record: unknown, key: string): string | undefined => {
  const value = isRecord(record) ? record[key] : undefined;
  return typeof value === "string" ? value : undefined;
};
