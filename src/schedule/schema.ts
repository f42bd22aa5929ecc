import type { SchemaStep } from "../lib/schema-steps.ts";

/** Key of the object's storage: when it checked last. */
export const LAST_CHECK = "last_check";

/** What the scheduler stores, step by step: version 1 had another key, version 3 brought publications that are loaded. */
export const SCHEDULER_SCHEMA: readonly SchemaStep[] = [
  () => {},
  ({ kv }) => {
    const last = kv.get("looked");
    if (last !== undefined) kv.put(LAST_CHECK, last);
    kv.delete("looked");
  },
  ({ sql }) => {
    sql.exec(
      "CREATE TABLE loaded_stories (id TEXT PRIMARY KEY, slug TEXT NOT NULL, text TEXT NOT NULL, item TEXT NOT NULL)",
    );
  },
];
