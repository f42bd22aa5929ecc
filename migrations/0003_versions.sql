-- What each Item was compiled by, so that the newsroom compiles its source again once that is another version.

ALTER TABLE stories ADD COLUMN compiler INTEGER NOT NULL DEFAULT 0;
-- Digest of what of site.yaml stands in the Item; empty if it is not known.
ALTER TABLE stories ADD COLUMN site TEXT NOT NULL DEFAULT '';
-- Number of the revision that compiled the Item again; 0 if it is as it was written.
ALTER TABLE stories ADD COLUMN recompiled INTEGER NOT NULL DEFAULT 0;
CREATE INDEX stories_by_compiler ON stories (compiler, site);

-- Stories whose source is refused by the version that compiled it last; their Item is of an earlier one.
CREATE TABLE refusals (
  story INTEGER PRIMARY KEY REFERENCES stories (number) ON DELETE CASCADE,
  -- Why, as JSON: messages with file, line and column.
  messages TEXT NOT NULL
);

-- The newest schema (number of a migration) of which anything was written: code that does not know it must not go on.
ALTER TABLE revision ADD COLUMN schema INTEGER NOT NULL DEFAULT 2;
