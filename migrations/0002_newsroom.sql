-- Who may write, and who did.

CREATE TABLE editors (
  name TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('write', 'publish', 'withdraw', 'owner')),
  -- SHA-256 of the token, in hex: the token itself is shown once and kept nowhere.
  token_hash TEXT NOT NULL UNIQUE,
  at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE log (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  editor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,
  -- Id of the story that it is about, if it is about one: erasing that takes all names out of here.
  story TEXT,
  -- What changed, as JSON: names of keys, never texts.
  changes TEXT NOT NULL
);

CREATE INDEX log_by_story ON log (story) WHERE story IS NOT NULL;

-- Answers to writes that may be sent again.
CREATE TABLE answers (
  editor TEXT NOT NULL,
  key TEXT NOT NULL,
  -- Digest of the request: the key of another request is a mistake.
  request TEXT NOT NULL,
  status INTEGER NOT NULL,
  version INTEGER NOT NULL,
  body TEXT NOT NULL,
  -- Id of the story that it is about.
  story TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (editor, key)
) WITHOUT ROWID;
CREATE INDEX answers_by_age ON answers (at);
CREATE INDEX answers_by_story ON answers (story);
