import { NewerDataError } from "./newer-data-error.ts";

/** One numbered step of the schema of a Durable Object. It changes what the steps before it have made. */
export type SchemaStep = (storage: Pick<DurableObjectStorage, "kv" | "sql">) => void;

/** Key of an object's storage: the number of the last step that was applied. */
const VERSION = "schema_version";

/**
 * Brings what a Durable Object stores to the version of this code: applies the steps that were not applied yet, each in
 * a transaction together with its number. The first step must also hold for objects that were written before there were
 * numbers. Throws a `NewerDataError`, and changes nothing, if a newer version of the worker has applied more steps.
 */
export const applySchemaSteps = (
  storage: Pick<DurableObjectStorage, "kv" | "sql" | "transactionSync">,
  className: string,
  steps: readonly SchemaStep[],
): void => {
  const version = storage.kv.get<number>(VERSION) ?? 0;
  if (version > steps.length) {
    throw new NewerDataError(
      `${className} holds data of version ${version}, but this version of the worker only knows data up to version ${steps.length}. Nothing was changed or lost: deploy the newer version of the worker again.`,
    );
  }
  for (const [index, step] of steps.entries()) {
    if (index < version) continue;
    storage.transactionSync(() => {
      step(storage);
      storage.kv.put(VERSION, index + 1);
    });
  }
};
