-- What editors may do ends with their token.

-- Each editor has a key that signs the links to previews. It is valid as long as the token.
CREATE TABLE preview_keys (
  -- Names the key in the links.
  id TEXT PRIMARY KEY,
  -- SHA-256 of the editor's token, in hex; the owner's token is not in the table editors.
  token_hash TEXT NOT NULL UNIQUE,
  secret TEXT NOT NULL
) WITHOUT ROWID;

-- The column `editor` of answers now has the SHA-256 of the editor's token, so that nobody gets them with a name. Those that are
-- there have names, and would be deleted within a day anyway.
DELETE FROM answers;
-- What it took to get the answer.
ALTER TABLE answers ADD COLUMN role TEXT NOT NULL DEFAULT 'owner';

-- New names differ in more than capitals.
CREATE INDEX editors_by_name ON editors (name COLLATE NOCASE);

-- The aliases of a draft are nobody's until it is published.
DELETE FROM aliases WHERE story IN (SELECT story FROM memberships WHERE scope = 'all' AND slot IS NULL);
