import { MEDIA_COLUMNS } from "./media-row.ts";

// What each query reads, by which index. Exported for the test that reads their plans.

/** Revision and the transitions around a moment (?1); notices end ?2 milliseconds after a withdrawal. One row each. */
export const SNAPSHOT = `SELECT number, at, departed, epoch,
  (SELECT MAX(at) FROM transitions WHERE at <= ?1) AS passed,
  (SELECT MIN(at) FROM transitions WHERE at > ?1) AS coming,
  (SELECT MAX(at) FROM transitions WHERE is_withdrawal = 1 AND at <= ?1 - ?2) AS passedNotice,
  (SELECT MIN(at) FROM transitions WHERE is_withdrawal = 1 AND at > ?1 - ?2) AS comingNotice
  FROM revision WHERE only_row = 1`;

const STORY = "s.number, s.version, s.item";
const JOINED = "FROM memberships m JOIN stories s ON s.number = m.story";

/** Visible stories of a scope (?1) at a moment (?2), newest first, at most ?3; of the same second, none before ?4 (and ?5). */
export const NEWEST = `SELECT ${STORY}, m.published, m.id ${JOINED}
  WHERE m.scope = ?1 AND m.is_listed = 1 AND (m.published, m.id) < (?4, ?5) AND (m.departs IS NULL OR m.departs > ?2)
  ORDER BY m.published DESC, m.id DESC LIMIT ?3`;

/** Stories of a scope (?1) that were updated at ?2 or later, the latest update first, at most ?3. */
export const UPDATED = `SELECT ${STORY} ${JOINED}
  WHERE m.scope = ?1 AND m.is_listed = 1 AND m.updated IS NOT NULL AND m.updated >= ?2
  ORDER BY m.updated DESC, m.published DESC, m.id DESC LIMIT ?3 OFFSET ?4`;

/** Stories of a scope (?1) that had departed by ?2 (of the same moment, none before ?4 and ?5), the latest first, at most ?3. */
export const TOMBSTONES = `SELECT ${STORY}, m.departs, m.published, m.id ${JOINED}
  WHERE m.scope = ?1 AND m.departs IS NOT NULL AND (m.departs, m.published, m.id) < (?2, ?4, ?5)
  ORDER BY m.departs DESC, m.published DESC, m.id DESC LIMIT ?3`;

/** The slot of the last story of a scope (?1) that had appeared by ?2. */
export const LAST_SLOT = `SELECT slot FROM memberships
  WHERE scope = ?1 AND slot IS NOT NULL AND published <= ?2 ORDER BY published DESC, id DESC LIMIT 1`;

/** Stories of a scope (?1) from slot ?2 up to ?3. */
export const SLOTS = `SELECT ${STORY} ${JOINED}
  WHERE m.scope = ?1 AND m.slot IS NOT NULL AND m.slot >= ?2 AND m.slot < ?3 ORDER BY m.slot`;

/** Stories with a transition after ?1 and by ?2, in their order, at most ?3; one with two of them twice. */
export const CHANGING = `SELECT ${STORY} FROM transitions t JOIN stories s ON s.number = t.story
  WHERE t.at > ?1 AND t.at <= ?2 ORDER BY t.at, t.story LIMIT ?3 OFFSET ?4`;

/** Takes stories that expired after ?1 and by ?2 from among those that NEWEST looks at. */
export const RETIRE = `UPDATE memberships SET is_listed = 0 WHERE is_listed = 1 AND departs <= ?2
  AND story IN (SELECT story FROM transitions WHERE at > ?1 AND at <= ?2)`;

export const BY_SLUG = `SELECT ${STORY} FROM stories s WHERE s.slug = ?1`;

/** A story with all that its editors need, by its slug or its id (?1). */
export const STORED_BY_SLUG = "SELECT number, version, path, digest, item FROM stories WHERE slug = ?1";
export const STORED_BY_ID = "SELECT number, version, path, digest, item FROM stories WHERE id = ?1";
export const STORED_BY_PATH = "SELECT number, version, path, digest, item FROM stories WHERE path = ?1";
export const STORED_BY_ALIAS =
  "SELECT s.number, s.version, s.path, s.digest, s.item FROM aliases a JOIN stories s ON s.number = a.story WHERE a.alias = ?1";

/** Stories after number ?1, at most ?2; without their texts, which may be long. */
export const STORED_AFTER = `SELECT number, version, path, digest, json_set(item, '$.html', '') AS item FROM stories
  WHERE number > ?1 ORDER BY number LIMIT ?2`;

export const BY_ALIAS = `SELECT ${STORY} FROM aliases a JOIN stories s ON s.number = a.story WHERE a.alias = ?1`;

export const MEDIA = `SELECT ${MEDIA_COLUMNS} FROM media WHERE path = ?1`;

/** The files that a story (?1) uses, and no other does. */
export const OWN_FILES = `SELECT path FROM media_uses u WHERE u.story = ?1
  AND NOT EXISTS (SELECT 1 FROM media_uses o WHERE o.path = u.path AND o.story <> ?1)`;

/** A visible story (at ?2) that uses a file (?1). */
export const MEDIA_USE = `SELECT ${STORY} FROM media_uses u
  JOIN memberships m ON m.scope = 'all' AND m.story = u.story JOIN stories s ON s.number = u.story
  WHERE u.path = ?1 AND m.is_listed = 1 AND m.published <= ?2 AND (m.departs IS NULL OR m.departs > ?2) LIMIT 1`;
