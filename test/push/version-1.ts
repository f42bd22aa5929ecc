// What commit 3902dc2 stored, before versions had numbers: its schemas to the letter.

/** Of the hub. */
export const HUB_SCHEMA_OF_VERSION_1 = `
CREATE TABLE IF NOT EXISTS topics (
  topic TEXT PRIMARY KEY,
  -- Into how many shards new subscriptions go.
  layout INTEGER NOT NULL DEFAULT 1,
  -- 1: hubs elsewhere are told of it; -1: a last time.
  is_public INTEGER NOT NULL DEFAULT 0,
  -- Number of the change after which it was looked at last.
  looked INTEGER NOT NULL DEFAULT 0,
  -- How often it got shards that nobody knew of: a look that began before counts for nothing.
  noted INTEGER NOT NULL DEFAULT 0,
  -- When it may be looked at, and how often in a row that failed.
  again INTEGER NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS topics_looked ON topics (looked);

-- From the first request on: who is verified must not wait to be known.
CREATE TABLE IF NOT EXISTS shards (
  shard TEXT PRIMARY KEY,
  topic TEXT NOT NULL,
  -- Tag of the edition that it was given last, or that was there when it began.
  etag TEXT NOT NULL,
  -- With those that wait to be verified.
  subscribers INTEGER NOT NULL DEFAULT 0,
  -- Number of the last request that was sent to it: what it says of itself is told from what it said before that.
  visits INTEGER NOT NULL DEFAULT 0,
  -- Number of the last request of which it has said what became of it.
  told INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shards_by_topic ON shards (topic);

-- Subscriptions by the name and the address of their callback's host.
CREATE TABLE IF NOT EXISTS hosts (
  host TEXT NOT NULL,
  shard TEXT NOT NULL,
  subscribers INTEGER NOT NULL,
  PRIMARY KEY (host, shard)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS hosts_by_shard ON hosts (shard);

-- What hubs elsewhere are to be told, and the tags of which they were.
CREATE TABLE IF NOT EXISTS pings (
  hub TEXT NOT NULL,
  topic TEXT NOT NULL,
  etag TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- NULL once it was told.
  due INTEGER,
  PRIMARY KEY (hub, topic)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pings_due ON pings (due) WHERE due IS NOT NULL;
`;

/** Of a shard. */
export const SHARD_SCHEMA_OF_VERSION_1 = `
CREATE TABLE IF NOT EXISTS subscriptions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  callback TEXT NOT NULL UNIQUE,
  protocol TEXT NOT NULL CHECK (protocol IN ('websub', 'rsscloud')),
  host TEXT NOT NULL,
  address TEXT,
  secret TEXT,
  expires INTEGER NOT NULL,
  -- When something is to be done for it; NULL where it has everything.
  due INTEGER,
  -- In which batch it is handed out; below 0 once somebody has taken the batch.
  batch INTEGER,
  -- In which batch it was when it was renewed: what it said of that no longer counts.
  renewed INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  failing_since INTEGER,
  reason TEXT
);
CREATE INDEX IF NOT EXISTS subscriptions_due ON subscriptions (due, id) WHERE due IS NOT NULL AND failing_since IS NULL;
CREATE INDEX IF NOT EXISTS subscriptions_due_again ON subscriptions (due, id) WHERE due IS NOT NULL AND failing_since IS NOT NULL;
CREATE INDEX IF NOT EXISTS subscriptions_batch ON subscriptions (batch) WHERE batch IS NOT NULL;
CREATE INDEX IF NOT EXISTS subscriptions_expires ON subscriptions (expires);
CREATE INDEX IF NOT EXISTS subscriptions_host ON subscriptions (host);
CREATE INDEX IF NOT EXISTS subscriptions_address ON subscriptions (address) WHERE address IS NOT NULL;
CREATE INDEX IF NOT EXISTS subscriptions_failing ON subscriptions (failing_since) WHERE failing_since IS NOT NULL;

-- What is to be asked or told, one a callback: the latest counts.
CREATE TABLE IF NOT EXISTS errands (
  callback TEXT PRIMARY KEY,
  protocol TEXT NOT NULL CHECK (protocol IN ('websub', 'rsscloud')),
  host TEXT NOT NULL,
  address TEXT,
  mode TEXT NOT NULL CHECK (mode IN ('subscribe', 'unsubscribe', 'denied')),
  secret TEXT,
  lease INTEGER NOT NULL,
  reason TEXT,
  -- Of the question that is out now; a newer request has another one.
  challenge TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- Those of subscribers go first (0), then of others (1), then again of who did not answer; denials last.
  rank INTEGER NOT NULL,
  due INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS errands_due ON errands (due);
CREATE INDEX IF NOT EXISTS errands_rank ON errands (rank, due);
CREATE INDEX IF NOT EXISTS errands_host ON errands (host);
CREATE INDEX IF NOT EXISTS errands_address ON errands (address) WHERE address IS NOT NULL;

-- One row: what is delivered now.
CREATE TABLE IF NOT EXISTS edition (
  etag TEXT NOT NULL,
  content_type TEXT NOT NULL
);
-- In pieces: a row holds 2 MB at most.
CREATE TABLE IF NOT EXISTS pieces (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL);

-- Names and addresses of hosts whose number of subscriptions the hub has not been told yet.
CREATE TABLE IF NOT EXISTS uncounted (host TEXT PRIMARY KEY) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
`;
