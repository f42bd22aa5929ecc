-- What readers may know of, apart from what only editors do.

-- Number of the revision that last changed what readers see; `at` is the time of that one. `number` counts all of them.
ALTER TABLE revision ADD COLUMN public INTEGER NOT NULL DEFAULT 0;
UPDATE revision SET public = number;

-- Number of the revision that wrote the row: an embargoed story that is changed leaves no other trace until it appears.
ALTER TABLE transitions ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
CREATE INDEX transitions_by_version ON transitions (at, version);
