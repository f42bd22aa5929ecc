/** The tables of the hub: which topics have subscribers, and where these are kept. */
export const HUB_SCHEMA = `
CREATE TABLE IF NOT EXISTS topics (
  topic TEXT PRIMARY KEY,
  -- Tag of the edition that was announced last, or was there when the first subscriber came.
  etag TEXT NOT NULL,
  -- Into how many shards new subscriptions go.
  shards INTEGER NOT NULL DEFAULT 1
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS shards (
  shard TEXT PRIMARY KEY,
  topic TEXT NOT NULL,
  subscribers INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shards_by_topic ON shards (topic);

CREATE TABLE IF NOT EXISTS hosts (
  host TEXT NOT NULL,
  shard TEXT NOT NULL,
  subscribers INTEGER NOT NULL,
  PRIMARY KEY (host, shard)
) WITHOUT ROWID;

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
