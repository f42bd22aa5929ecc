-- The newsroom's stories. Times are milliseconds since 1970. Every read of src/store/d1/d1-store.ts goes by one of these indexes
-- and reads as many rows as it returns; test/newsroom/queries.test.ts makes sure of it.

-- One row: changes in the same transaction as anything else does.
CREATE TABLE revision (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  number INTEGER NOT NULL,
  at INTEGER NOT NULL,
  -- Number of the revision that last took something from readers.
  departed INTEGER NOT NULL,
  -- Another one for every database, so that no two have the same revision.
  epoch TEXT NOT NULL
);
INSERT INTO revision (only_row, number, at, departed, epoch) VALUES (1, 0, 0, 0, lower(hex(randomblob(8))));

CREATE TABLE stories (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  -- Where its file would lie below content/.
  path TEXT NOT NULL UNIQUE,
  -- Number of the revision that changed it last.
  version INTEGER NOT NULL,
  -- SHA-256 of the source, in hex.
  digest TEXT NOT NULL,
  -- The Item as JSON, on the placeholder origin.
  item TEXT NOT NULL
);

-- What the writer sent, to the byte. Apart from the Item: a row holds 2 MB at most.
CREATE TABLE sources (
  story INTEGER PRIMARY KEY REFERENCES stories (number) ON DELETE CASCADE,
  source BLOB NOT NULL
);

CREATE TABLE aliases (
  alias TEXT PRIMARY KEY,
  story INTEGER NOT NULL REFERENCES stories (number) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX aliases_by_story ON aliases (story);

-- In which feeds a story is: `all`, `tag/…`, `author/…`, `section/…`.
CREATE TABLE memberships (
  scope TEXT NOT NULL,
  story INTEGER NOT NULL REFERENCES stories (number) ON DELETE CASCADE,
  id TEXT NOT NULL,
  published INTEGER NOT NULL,
  -- Neither a draft nor withdrawn; nor expired, once the scheduler has noticed that.
  is_listed INTEGER NOT NULL,
  -- NULL where it was not changed after it was published.
  updated INTEGER,
  -- When it was withdrawn or expires; NULL where it stays.
  departs INTEGER,
  -- Its number in the scope by (published, id), from 0; NULL for a draft.
  slot INTEGER,
  PRIMARY KEY (scope, story)
) WITHOUT ROWID;
CREATE INDEX memberships_newest ON memberships (scope, published DESC, id DESC) WHERE is_listed = 1;
CREATE INDEX memberships_updated ON memberships (scope, updated DESC, published DESC, id DESC)
  WHERE is_listed = 1 AND updated IS NOT NULL;
CREATE INDEX memberships_departed ON memberships (scope, departs DESC, published DESC, id DESC) WHERE departs IS NOT NULL;
CREATE INDEX memberships_slots ON memberships (scope, slot) WHERE slot IS NOT NULL;
CREATE INDEX memberships_appeared ON memberships (scope, published DESC, id DESC) WHERE slot IS NOT NULL;
CREATE INDEX memberships_by_story ON memberships (story);

-- When something appears or disappears by itself.
CREATE TABLE transitions (
  at INTEGER NOT NULL,
  story INTEGER NOT NULL REFERENCES stories (number) ON DELETE CASCADE,
  -- A withdrawal changes feeds twice more: its notice ends, by the days that site.yaml says.
  is_withdrawal INTEGER NOT NULL,
  PRIMARY KEY (at, story)
) WITHOUT ROWID;
CREATE INDEX transitions_withdrawals ON transitions (at) WHERE is_withdrawal = 1;
CREATE INDEX transitions_by_story ON transitions (story);

CREATE TABLE media (
  path TEXT PRIMARY KEY,
  type TEXT NOT NULL,
  length INTEGER NOT NULL,
  -- SHA-256 of the bytes, in hex.
  digest TEXT NOT NULL,
  width INTEGER,
  height INTEGER,
  -- Key of the bytes in the bucket: never used for any others.
  object TEXT NOT NULL UNIQUE
) WITHOUT ROWID;

-- Objects that are to be deleted, and from when on: what no media file has, whether it was taken from one or never came so far.
CREATE TABLE doomed (
  object TEXT PRIMARY KEY,
  due INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX doomed_by_due ON doomed (due);

CREATE TABLE media_uses (
  path TEXT NOT NULL,
  story INTEGER NOT NULL REFERENCES stories (number) ON DELETE CASCADE,
  PRIMARY KEY (path, story)
) WITHOUT ROWID;
CREATE INDEX media_uses_by_story ON media_uses (story);

-- Ids of stories that were erased: none may be given to another story.
CREATE TABLE erased (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) WITHOUT ROWID;

-- A transaction that inserts a condition which does not hold fails as a whole.
CREATE TABLE conditions (holds INTEGER NOT NULL CHECK (holds = 1));
