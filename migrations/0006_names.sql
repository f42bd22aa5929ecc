-- Scopes of tags and authors whose key was another one until 0.2, such as `tag/c~plus-plus~` and `tag/c`: what was served below
-- the former is redirected. A scope is here as long as a story is in it.
CREATE TABLE former_scopes (
  scope TEXT PRIMARY KEY,
  former TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX former_scopes_by_former ON former_scopes (former, scope);
