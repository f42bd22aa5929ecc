import { isRecord } from "../../lib/is-record.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * JSON Merge Patch (RFC 7396 §2): `null` deletes a key, objects are merged, and everything else replaces what is there. An object is
 * made of its entries, so that no key, not even `__proto__`, is special.
 */
export const mergePatch = (target: unknown, patch: JsonObject): JsonObject => {
  const merged = new Map(isRecord(target) ? Object.entries(target) : []);
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, isRecord(value) ? mergePatch(merged.get(key), value) : value);
  }
  return Object.fromEntries(merged);
};
