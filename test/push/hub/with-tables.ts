import { applySchemaSteps } from "../../../src/lib/schema-steps.ts";
import { HUB_SCHEMA } from "../../../src/push/hub/schema.ts";
import { inDurableObject } from "../in-durable-object.ts";

/** Runs a test with the tables of a hub, which are empty. */
export const withTables = (test: (sql: SqlStorage) => void | Promise<void>): Promise<void> =>
  inDurableObject(async ({ storage }) => {
    applySchemaSteps(storage, "Hub", HUB_SCHEMA);
    await test(storage.sql);
  });
