import type { SchemaStep } from "../lib/schema-steps.ts";

/** Version 1. Times are milliseconds since 1970. */
const TABLES = `
CREATE TABLE usage (
  partner TEXT NOT NULL,
  -- UTC, such as 2026-03-01.
  day TEXT NOT NULL,
  file TEXT NOT NULL,
  requests INTEGER NOT NULL,
  not_modified INTEGER NOT NULL,
  deltas INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  stories INTEGER NOT NULL,
  PRIMARY KEY (partner, day, file)
) WITHOUT ROWID;
CREATE INDEX usage_by_day ON usage (day);

-- The last batch of each isolate. They come in the order of their numbers.
CREATE TABLE isolates (
  isolate TEXT PRIMARY KEY,
  last_batch INTEGER NOT NULL,
  closed_at INTEGER NOT NULL
) WITHOUT ROWID;
`;

/** What the object of usage stores, step by step. */
export const USAGE_SCHEMA: readonly SchemaStep[] = [({ sql }) => void sql.exec(TABLES)];
