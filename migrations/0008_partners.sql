-- The contracts with partners. A token is never stored, only its SHA-256.

CREATE TABLE partners (
  name TEXT PRIMARY KEY,
  -- The contract as JSON.
  contract TEXT NOT NULL,
  -- What it selects, as the column `terms` of selections has it; NULL if it selects all stories.
  selection TEXT,
  -- Number of the change that wrote it.
  version INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX partners_by_selection ON partners (selection) WHERE selection IS NOT NULL;

-- Number of changes of the table above.
ALTER TABLE revision ADD COLUMN partners INTEGER NOT NULL DEFAULT 0;
