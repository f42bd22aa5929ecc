import type { SchemaStep } from "../../lib/schema-steps.ts";

/**
 * Version 1, as it was before versions had numbers: some of a topic's subscriptions, and what is to be delivered to
 * them. Times are milliseconds since 1970.
 */
const TABLES = `
CREATE TABLE IF NOT EXISTS subscriptions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  callback TEXT NOT NULL UNIQUE,
  protocol TEXT NOT NULL CHECK (protocol IN ('websub', 'rsscloud')),
  host TEXT NOT NULL,
  address TEXT,
  secret TEXT,
  expires INTEGER NOT NULL,
  -- When something is to be delivered; NULL if nothing is.
  due INTEGER,
  -- In which batch it is; negated once somebody has taken the batch.
  batch INTEGER,
  -- In which batch it was when it was renewed: that the subscriber wants no more (410) counts no longer for that batch.
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

-- What callbacks are to be asked (verification) or told (denial), one row for each: the latest request counts.
CREATE TABLE IF NOT EXISTS errands (
  callback TEXT PRIMARY KEY,
  protocol TEXT NOT NULL CHECK (protocol IN ('websub', 'rsscloud')),
  host TEXT NOT NULL,
  address TEXT,
  mode TEXT NOT NULL CHECK (mode IN ('subscribe', 'unsubscribe', 'denied')),
  secret TEXT,
  lease INTEGER NOT NULL,
  reason TEXT,
  -- Of the question that is under way now; a newer request has another one.
  challenge TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  -- Subscribers are asked first (0), then others (1), then those that did not answer; denials come last (3).
  rank INTEGER NOT NULL,
  due INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS errands_due ON errands (due);
CREATE INDEX IF NOT EXISTS errands_rank ON errands (rank, due);
CREATE INDEX IF NOT EXISTS errands_host ON errands (host);
CREATE INDEX IF NOT EXISTS errands_address ON errands (address) WHERE address IS NOT NULL;

-- The edition that is delivered: one row, or none.
CREATE TABLE IF NOT EXISTS edition (
  etag TEXT NOT NULL,
  content_type TEXT NOT NULL
);
-- Its body in pieces, as a row holds 2 MB at most.
CREATE TABLE IF NOT EXISTS pieces (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL);

-- Names and addresses of hosts whose number of subscribers may have changed since the hub was told.
CREATE TABLE IF NOT EXISTS uncounted (host TEXT PRIMARY KEY) WITHOUT ROWID;

-- What the shard knows about itself.
CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
`;

/** Version 2. Indexes of version 1 go, too: without their columns, code of version 1 does not start. */
const PLAIN_NAMES = `
DROP INDEX subscriptions_host;
ALTER TABLE subscriptions RENAME COLUMN host TO hostname;
CREATE INDEX subscriptions_hostname ON subscriptions (hostname);

DROP INDEX errands_due;
DROP INDEX errands_rank;
DROP INDEX errands_host;
DROP INDEX errands_address;
ALTER TABLE errands RENAME TO pending_verifications;
ALTER TABLE pending_verifications RENAME COLUMN host TO hostname;
ALTER TABLE pending_verifications RENAME COLUMN lease TO lease_ms;
CREATE INDEX pending_verifications_due ON pending_verifications (due);
CREATE INDEX pending_verifications_rank ON pending_verifications (rank, due);
CREATE INDEX pending_verifications_hostname ON pending_verifications (hostname);
CREATE INDEX pending_verifications_address ON pending_verifications (address) WHERE address IS NOT NULL;

ALTER TABLE pieces RENAME TO edition_pieces;

ALTER TABLE uncounted RENAME TO changed_hosts;

ALTER TABLE facts RENAME TO identity;
UPDATE identity SET name = 'calls' WHERE name = 'visits';
UPDATE identity SET name = 'last_batch' WHERE name = 'batch';
UPDATE identity SET name = 'last_delivery' WHERE name = 'delivery';
`;

/** Version 3: hub.verify_token, which is echoed. */
const VERIFY_TOKEN = "ALTER TABLE pending_verifications ADD COLUMN verify_token TEXT";

/**
 * Version 4: nobody holds up others. Verifications go through the queue in batches, too; subscriptions have a patience,
 * each with an index of its own for what is due.
 */
const TURNS = `
-- In which batch it is; its challenge is set once somebody has taken the batch.
ALTER TABLE pending_verifications ADD COLUMN batch INTEGER;
UPDATE pending_verifications SET rank = 2 WHERE rank < 3 AND attempts > 0;
-- What was asked by the alarm is asked again.
UPDATE pending_verifications SET challenge = NULL;
DROP INDEX pending_verifications_due;
CREATE INDEX pending_verifications_batch ON pending_verifications (rank, batch) WHERE batch IS NOT NULL;

-- 0: it has accepted a delivery in time; 1: nothing was delivered to it yet; 2: it takes long to answer, or does not.
ALTER TABLE subscriptions ADD COLUMN patience INTEGER NOT NULL DEFAULT 1;
-- Nothing was recorded of that: whoever does not fail is taken for proven.
UPDATE subscriptions SET patience = 0 WHERE failing_since IS NULL;
DROP INDEX subscriptions_due;
DROP INDEX subscriptions_due_again;
CREATE INDEX subscriptions_due ON subscriptions (due, id) WHERE due IS NOT NULL AND failing_since IS NULL AND patience = 0;
CREATE INDEX subscriptions_due_unproven ON subscriptions (due, id) WHERE due IS NOT NULL AND failing_since IS NULL AND patience = 1;
CREATE INDEX subscriptions_due_again ON subscriptions (due, id) WHERE due IS NOT NULL AND failing_since IS NOT NULL AND patience < 2;
CREATE INDEX subscriptions_due_patient ON subscriptions (due, id) WHERE due IS NOT NULL AND patience = 2;
CREATE INDEX subscriptions_batch_patient ON subscriptions (batch) WHERE batch IS NOT NULL AND patience = 2;
`;

/** What a shard stores, step by step. */
export const SHARD_SCHEMA: readonly SchemaStep[] = [
  ({ sql }) => void sql.exec(TABLES),
  ({ sql }) => void sql.exec(PLAIN_NAMES),
  ({ sql }) => void sql.exec(VERIFY_TOKEN),
  ({ sql }) => void sql.exec(TURNS),
];
