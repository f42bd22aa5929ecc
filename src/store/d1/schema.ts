import { NewerDataError } from "../../lib/newer-data-error.ts";

/** The number of the last of migrations/. Every write says in the table `revision` that data of this schema exists. */
export const SCHEMA = 9;

/** Throws a `NewerDataError` if the database has data of a newer schema than this code knows. */
export const requireKnownSchema = (schema: number): void => {
  if (schema <= SCHEMA) return;
  throw new NewerDataError(
    `The database has data of schema ${schema}, but this version of the newsroom only knows schemas up to ${SCHEMA}. Nothing was changed or lost: deploy the newer version again (docs/newsroom.md, "Updating").`,
  );
};

/**
 * Throws the error of a query; if the database lacks a table or a column, one that says what to do. That is no outage:
 * the same request fails until somebody does it.
 */
export const explainMissingMigration = (error: unknown): never => {
  if (!(error instanceof Error) || !/no such (table|column)/.test(error.message)) throw error;
  throw new Error(
    `The database lacks a migration: run \`npx wrangler d1 migrations apply DB --remote --env newsroom\`. (${error.message})`,
    { cause: error },
  );
};
