-- What readers may know of, apart from what only editors do.

-- Number of the revision that last changed what readers see; `at` is the time of that one. `number` counts all of them.
ALTER TABLE revision ADD COLUMN public INTEGER NOT NULL DEFAULT 0;
UPDATE revision SET public = number;

-- Number of the revision that wrote the row: an embargoed story that is changed leaves no other trace until it appears.
ALTER TABLE transitions ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
CREATE INDEX transitions_by_version ON transitions (at, version);

-- So that the first story which makes a media file public is found by an index; NULL for a draft.
ALTER TABLE media_uses ADD COLUMN published INTEGER;
UPDATE media_uses SET published =
  (SELECT published FROM memberships m WHERE m.scope = 'all' AND m.story = media_uses.story AND m.slot IS NOT NULL);
CREATE INDEX media_uses_by_published ON media_uses (path, published) WHERE published IS NOT NULL;

-- The names of what is or will be public (slugs, aliases, tags, authors, sections, media files) and since when, in 32
-- lists by a hash of the name: src/store/d1/names.ts describes them. NULL: too long to list.
CREATE TABLE names (
  bucket INTEGER PRIMARY KEY,
  version INTEGER NOT NULL,
  entries TEXT
);
INSERT INTO names (bucket, version, entries)
  WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 31) SELECT i, 0, '' FROM n;

-- The names of all stories up to this number are listed. The scheduler lists those of stories that were there before, and
-- counts how often it did.
ALTER TABLE revision ADD COLUMN named INTEGER NOT NULL DEFAULT 0;
ALTER TABLE revision ADD COLUMN additions INTEGER NOT NULL DEFAULT 0;

-- Counts the changes of the table editors, so that their tokens are read again.
ALTER TABLE revision ADD COLUMN editors INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER editors_inserted AFTER INSERT ON editors BEGIN UPDATE revision SET editors = editors + 1; END;
CREATE TRIGGER editors_updated AFTER UPDATE ON editors BEGIN UPDATE revision SET editors = editors + 1; END;
CREATE TRIGGER editors_deleted AFTER DELETE ON editors BEGIN UPDATE revision SET editors = editors + 1; END;
