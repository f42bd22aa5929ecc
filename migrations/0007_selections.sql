-- Which stories a feed of site.yaml has, by their sections, tags, authors and languages. Its members are memberships with the
-- scope `selection/` and the number, kept with every story that is written; those stored before are compared in steps.

CREATE TABLE selections (
  number INTEGER PRIMARY KEY,
  -- What it chooses, as JSON: two that choose the same are one.
  terms TEXT NOT NULL UNIQUE,
  -- The last story, by (published, id), that was compared.
  published INTEGER NOT NULL DEFAULT -9007199254740991,
  id TEXT NOT NULL DEFAULT '',
  -- 1 once all were.
  is_complete INTEGER NOT NULL DEFAULT 0
);

-- Number of changes of the table above.
ALTER TABLE revision ADD COLUMN selections INTEGER NOT NULL DEFAULT 0;
