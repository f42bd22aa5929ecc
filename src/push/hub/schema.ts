/** The tables of the hub: which topics have subscribers, and where these are kept. Times are milliseconds since 1970. */
export const HUB_SCHEMA = `
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
