import type { SchemaStep } from "../../lib/schema-steps.ts";

/**
 * Version 1, as it was before versions had numbers. Which topics have subscribers, and in which shards these are kept.
 * Times are milliseconds since 1970.
 */
const TABLES = `
CREATE TABLE IF NOT EXISTS topics (
  topic TEXT PRIMARY KEY,
  -- Over how many shards new subscriptions are spread.
  layout INTEGER NOT NULL DEFAULT 1,
  -- 1: hubs elsewhere are told of it; -1: a last time.
  is_public INTEGER NOT NULL DEFAULT 0,
  looked INTEGER NOT NULL DEFAULT 0,
  noted INTEGER NOT NULL DEFAULT 0,
  again INTEGER NOT NULL DEFAULT 0,
  -- How often in a row checking failed.
  failures INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS topics_looked ON topics (looked);

-- From the first request to a shard on: one with a verified subscriber must be known.
CREATE TABLE IF NOT EXISTS shards (
  shard TEXT PRIMARY KEY,
  topic TEXT NOT NULL,
  -- Entity tag of the edition that it was given last, or that was current when it began.
  etag TEXT NOT NULL,
  -- Those that wait to be verified included.
  subscribers INTEGER NOT NULL DEFAULT 0,
  visits INTEGER NOT NULL DEFAULT 0,
  told INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shards_by_topic ON shards (topic);

-- Subscriptions by the name and by the address of their callback's host.
CREATE TABLE IF NOT EXISTS hosts (
  host TEXT NOT NULL,
  shard TEXT NOT NULL,
  subscribers INTEGER NOT NULL,
  PRIMARY KEY (host, shard)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS hosts_by_shard ON hosts (shard);

-- What hubs elsewhere are to be told, and the entity tags of which they were told.
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

/** Version 2. The index of version 1 goes, too: without its column, code of version 1 does not start. */
const PLAIN_NAMES = `
DROP INDEX topics_looked;
-- Number of the change after which it was checked last.
ALTER TABLE topics RENAME COLUMN looked TO checked_change;
-- How often it got shards of which nobody knew: a check that began before that counts for nothing.
ALTER TABLE topics RENAME COLUMN noted TO times_unchecked;
-- When it may be checked again.
ALTER TABLE topics RENAME COLUMN again TO next_check;
CREATE INDEX topics_checked_change ON topics (checked_change);

-- Number of the last call that was made to it: a report that names an earlier one knows nothing of it.
ALTER TABLE shards RENAME COLUMN visits TO calls;
-- Number of the last call that it has named in a report.
ALTER TABLE shards RENAME COLUMN told TO reported_calls;
`;

/** The keys of version 1, by the names that they have since version 2. */
const KEYS = { last_ping: "nudged", listed_change: "listed" } as const;

/** What the hub stores, step by step. */
export const HUB_SCHEMA: readonly SchemaStep[] = [
  ({ sql }) => void sql.exec(TABLES),
  ({ sql, kv }) => {
    sql.exec(PLAIN_NAMES);
    for (const [name, former] of Object.entries(KEYS)) {
      const value = kv.get(former);
      if (value !== undefined) kv.put(name, value);
      kv.delete(former);
    }
  },
];
