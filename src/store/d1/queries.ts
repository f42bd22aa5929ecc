import { MEDIA_COLUMNS } from "./rows.ts";

// Queries that must read by an index and sort nothing: test/newsroom/queries.test.ts checks the plan of each string
// that is exported here.

/**
 * The current revision, and the transitions around an instant (?1), where the notice of a withdrawal ends ?2
 * milliseconds after it. Each subquery reads one row.
 */
export const SNAPSHOT = `SELECT public, at, departed, epoch, schema, named, additions, editors, partners,
  (SELECT MAX(at) FROM transitions WHERE at <= ?1) AS passed,
  (SELECT version FROM transitions WHERE at <= ?1 ORDER BY at DESC, version DESC LIMIT 1) AS passedVersion,
  (SELECT MIN(at) FROM transitions WHERE at > ?1) AS coming,
  (SELECT MAX(at) FROM transitions WHERE is_withdrawal = 1 AND at <= ?1 - ?2) AS passedNotice,
  (SELECT MIN(at) FROM transitions WHERE is_withdrawal = 1 AND at > ?1 - ?2) AS comingNotice,
  (SELECT MAX(number) FROM stories) AS lastStory
  FROM revision WHERE only_row = 1`;

const STORY = "s.number, MAX(s.version, s.recompiled) AS version, s.item";
const JOINED = "FROM memberships m JOIN stories s ON s.number = m.story";

const newestOf = (story: string, condition = ""): string => `SELECT ${story}, m.published, m.id ${JOINED}
  WHERE m.scope = ?1 AND m.is_listed = 1 AND (m.published, m.id) < (?4, ?5) AND (m.departs IS NULL OR m.departs > ?2)
  ${condition}
  ORDER BY m.published DESC, m.id DESC LIMIT ?3`;

/**
 * Stories of a scope (?1) that are visible at ?2, newest first, ?3 at most: those after (published, id) = (?4, ?5) in
 * that order.
 */
export const NEWEST = newestOf(STORY);

/** An Item without its HTML, and without what follows from it. */
const WITHOUT_HTML =
  "json_remove(json_set(s.item, '$.html', ''), '$.blocks', '$.opening', '$.replacedBlocks', '$.markdown')";

/** The same without their HTML, for what needs many stories; those published after ?6. */
export const NEWEST_WITHOUT_HTML = newestOf(`${WITHOUT_HTML} AS item`, "AND m.published > ?6");

/** Stories of a scope (?1) that were updated at ?2 or later, the latest update first, ?3 at most from number ?4 on. */
export const UPDATED = `SELECT ${STORY} ${JOINED}
  WHERE m.scope = ?1 AND m.is_listed = 1 AND m.updated IS NOT NULL AND m.updated >= ?2
  ORDER BY m.updated DESC, m.published DESC, m.id DESC LIMIT ?3 OFFSET ?4`;

/**
 * Stories of a scope (?1) that were withdrawn or have expired, the latest first, ?3 at most: those after
 * (departs, published, id) = (?2, ?4, ?5) in that order.
 */
export const TOMBSTONES = `SELECT ${STORY}, m.departs, m.published, m.id ${JOINED}
  WHERE m.scope = ?1 AND m.departs IS NOT NULL AND (m.departs, m.published, m.id) < (?2, ?4, ?5)
  ORDER BY m.departs DESC, m.published DESC, m.id DESC LIMIT ?3`;

/** The slot of the last story of a scope (?1) that had appeared by ?2. */
export const LAST_SLOT = `SELECT slot FROM memberships
  WHERE scope = ?1 AND slot IS NOT NULL AND published <= ?2 ORDER BY published DESC, id DESC LIMIT 1`;

const LISTED_AT = "m.scope = ?1 AND m.is_listed = 1 AND (m.departs IS NULL OR m.departs > ?2)";
const NEWEST_FIRST = "ORDER BY m.published DESC, m.id DESC LIMIT 1";

/** SQL for how many seconds the clocks of the site were ahead of UTC when the story `p` was published, and for when that was on them. */
const OFFSET = "IFNULL(json_extract(p.item, '$.utcOffsetSeconds.published'), 0)";
const LOCAL = `(json_extract(p.item, '$.published') / 1000 + ${OFFSET})`;
const LOCAL_MONTH = `unixepoch(${LOCAL}, 'unixepoch', 'start of month')`;

/** By so many seconds clocks are put forward at most (in Antarctica/Troll). */
const MAX_SHIFT_SECONDS = 7200;

/**
 * Of each month with a story of a scope (?1) that is visible at ?2, the newest, without its HTML; newest first. Reads a few rows
 * for each month, however many stories it has. Where clocks were put forward, a month began later than by the offset of its newest
 * story; so there may be a second story of a month, of its first hours, by whose offset it began.
 */
export const NEWEST_OF_MONTHS = `WITH RECURSIVE selected (story) AS (
    SELECT (SELECT m.story FROM memberships m WHERE ${LISTED_AT} AND m.published <= ?2 ${NEWEST_FIRST})
    UNION ALL SELECT (SELECT m.story FROM memberships m WHERE ${LISTED_AT} AND m.published <
        (SELECT (${LOCAL_MONTH} - ${OFFSET} + IIF(${LOCAL} - ${LOCAL_MONTH} < ${MAX_SHIFT_SECONDS}, 0, ${MAX_SHIFT_SECONDS})) * 1000
          FROM stories p WHERE p.number = selected.story)
      ${NEWEST_FIRST})
      FROM selected WHERE selected.story IS NOT NULL LIMIT 2400)
  SELECT json_set(s.item, '$.html', '') AS item FROM selected CROSS JOIN stories s ON s.number = selected.story`;

const LASTING = "scope = ?1 AND is_listed = 1 AND (departs IS NULL OR departs > published + ?3)";

/**
 * The latest date of a story of a scope (?1) that is not after ?2, and the earliest that is; without stories that leave within ?3
 * milliseconds of their date.
 */
export const PUBLISHED_AROUND = `SELECT
  (SELECT published FROM memberships WHERE ${LASTING} AND published <= ?2 ORDER BY published DESC LIMIT 1) AS before,
  (SELECT published FROM memberships WHERE ${LASTING} AND published > ?2 ORDER BY published LIMIT 1) AS after`;

/** Stories of a scope (?1) from slot ?2 up to, but without, ?3. */
export const SLOTS = `SELECT ${STORY} ${JOINED}
  WHERE m.scope = ?1 AND m.slot IS NOT NULL AND m.slot >= ?2 AND m.slot < ?3 ORDER BY m.slot`;

/** The same without their HTML, and without what follows from it. */
export const SLOTS_WITHOUT_HTML = `SELECT ${WITHOUT_HTML} AS item ${JOINED}
  WHERE m.scope = ?1 AND m.slot IS NOT NULL AND m.slot >= ?2 AND m.slot < ?3 ORDER BY m.slot`;

/** Whether the story of a membership is visible at ?2. */
const IS_VISIBLE = "is_listed = 1 AND published <= ?2 AND (departs IS NULL OR departs > ?2)";

/**
 * Scopes with names from ?1 up to, but without, ?4 in which a story is visible at ?2, ascending by name, ?3 at most, each with when
 * the newest of those stories leaves, as a JSON list: null if it stays. Reads three rows for each, however many stories it has:
 * DISTINCT would read all.
 */
export const VISIBLE_SCOPES = `WITH RECURSIVE selected (scope) AS (
    SELECT MIN(scope) FROM memberships WHERE scope >= ?1 AND scope < ?4
    UNION ALL SELECT (SELECT MIN(m.scope) FROM memberships m WHERE m.scope > selected.scope AND m.scope < ?4)
      FROM selected WHERE selected.scope IS NOT NULL)
  SELECT scope, until FROM (SELECT scope, (SELECT json_array(m.departs) FROM memberships m
      WHERE m.scope = selected.scope AND ${IS_VISIBLE} ORDER BY published DESC, id DESC LIMIT 1) AS until FROM selected)
  WHERE until IS NOT NULL LIMIT ?3`;

/**
 * Stories with a transition after ?1 and by ?2, in the order of transitions, ?3 at most from number ?4 on; a story with
 * two, twice.
 */
export const CHANGING_BETWEEN = `SELECT ${STORY} FROM transitions t JOIN stories s ON s.number = t.story
  WHERE t.at > ?1 AND t.at <= ?2 ORDER BY t.at, t.story LIMIT ?3 OFFSET ?4`;

/** Takes stories that expired after ?1 and by ?2 off the list that NEWEST reads. */
export const UNLIST_EXPIRED = `UPDATE memberships SET is_listed = 0 WHERE is_listed = 1 AND departs <= ?2
  AND story IN (SELECT story FROM transitions WHERE at > ?1 AND at <= ?2)`;

/** The contract with a partner (?1). */
export const CONTRACT = "SELECT contract, version FROM partners WHERE name = ?1";

/** Contracts with partners whose names come after ?1, ascending by name, ?2 at most. */
export const CONTRACTS_AFTER = "SELECT contract, version FROM partners WHERE name > ?1 ORDER BY name LIMIT ?2";

/** What contracts with partners select, each once. Reads two rows for each, however many contracts have it: DISTINCT would read all. */
export const PARTNER_SELECTIONS = `WITH RECURSIVE selected (selection) AS (
    SELECT MIN(selection) FROM partners WHERE selection IS NOT NULL
    UNION ALL SELECT (SELECT MIN(p.selection) FROM partners p WHERE p.selection > selected.selection)
      FROM selected WHERE selected.selection IS NOT NULL)
  SELECT selection FROM selected WHERE selection IS NOT NULL`;

/** The selection with these terms (?1). */
export const SELECTION = "SELECT number, is_complete AS isComplete FROM selections WHERE terms = ?1";

/**
 * Stories of a scope (?1) after (published, id) = (?2, ?3), oldest first, ?4 at most; no drafts, and without their HTML.
 */
export const APPEARED_AFTER = `SELECT m.published, m.id, json_set(s.item, '$.html', '') AS item ${JOINED}
  WHERE m.scope = ?1 AND m.slot IS NOT NULL AND (m.published, m.id) > (?2, ?3) ORDER BY m.published, m.id LIMIT ?4`;

/** The story with a slug (?1). */
export const BY_SLUG = `SELECT ${STORY} FROM stories s WHERE s.slug = ?1`;

/** The story with an alias (?1). */
export const BY_ALIAS = `SELECT ${STORY} FROM aliases a JOIN stories s ON s.number = a.story WHERE a.alias = ?1`;

/** The story with an id (?1). */
export const BY_ID = `SELECT ${STORY} FROM stories s WHERE s.id = ?1`;

const TRANSLATION = `SELECT s.id, s.slug, json_extract(s.item, '$.language') AS language,
  json_extract(s.item, '$.translationOf') AS translationOf`;

/** What matters for translations of the story with an id (?1). */
export const TRANSLATION_BY_ID = `${TRANSLATION} FROM stories s WHERE s.id = ?1`;

/** What matters for translations of the stories of a list (?1), ?2 at most. */
export const TRANSLATIONS_IN = `${TRANSLATION} FROM memberships m JOIN stories s ON s.number = m.story
  WHERE m.scope = ?1 LIMIT ?2`;

const IDENTITY = "s.number, s.version, MAX(s.version, s.recompiled) AS itemVersion, s.path, s.digest";
const STORED = `SELECT ${IDENTITY}, s.item,
  (SELECT json_group_array(m.scope) FROM memberships m WHERE m.story = s.number) AS scopes`;

/**
 * Names of the scopes whose key was that of another one (?1) until 0.2 and that have a story which had appeared by ?2,
 * ?3 at most.
 */
export const FORMER_SCOPES = `SELECT f.scope FROM former_scopes f WHERE f.former = ?1 AND EXISTS
  (SELECT 1 FROM memberships m WHERE m.scope = f.scope AND m.slot IS NOT NULL AND m.published <= ?2)
  ORDER BY f.scope LIMIT ?3`;

/** A story with all that its editors need, by its slug (?1). */
export const STORED_BY_SLUG = `${STORED} FROM stories s WHERE s.slug = ?1`;

/** A story with all that its editors need, by its id (?1). */
export const STORED_BY_ID = `${STORED} FROM stories s WHERE s.id = ?1`;

const WITH_SOURCE = `${STORED}, x.source FROM stories s LEFT JOIN sources x ON x.story = s.number`;

/** A story and its source, by its slug (?1). */
export const WITH_SOURCE_BY_SLUG = `${WITH_SOURCE} WHERE s.slug = ?1`;

/** Stories with these numbers (?1, a JSON list) and their sources. */
export const WITH_SOURCES = `${WITH_SOURCE} WHERE s.number IN (SELECT value FROM json_each(?1))`;

/** Which of these names (?2, a JSON list of slugs and aliases) and which path (?3) other stories than ?1 (an id) have. */
export const TAKEN_NAMES = `SELECT 'slug' AS kind, slug AS name FROM stories
    WHERE slug IN (SELECT value FROM json_each(?2)) AND id <> ?1
  UNION ALL SELECT 'alias', a.alias FROM aliases a JOIN stories s ON s.number = a.story
    WHERE a.alias IN (SELECT value FROM json_each(?2)) AND s.id <> ?1
  UNION ALL SELECT 'path', path FROM stories WHERE path = ?3 AND id <> ?1`;

const LISTED = `SELECT ${IDENTITY}, json_set(s.item, '$.html', '') AS item`;

/** Stories after number ?1, ?2 at most; without their HTML, which may be long. */
export const LISTED_AFTER = `${LISTED} FROM stories s WHERE s.number > ?1 ORDER BY s.number LIMIT ?2`;

/** Stories after number ?1 whose source was refused, ?2 at most, with the messages; without their HTML. */
export const REFUSED_AFTER = `${LISTED}, r.messages FROM refusals r JOIN stories s ON s.number = r.story
  WHERE r.story > ?1 ORDER BY r.story LIMIT ?2`;

const OUTDATED = `SELECT s.number, IFNULL(LENGTH(x.source), 0) AS length
  FROM stories s LEFT JOIN sources x ON x.story = s.number`;

/** Stories whose Item was made by an older compiler than (?1, ?2), the newest first, ?3 at most. */
export const OUTDATED_BEFORE = `${OUTDATED} WHERE (s.compiler, s.site) < (?1, ?2)
  ORDER BY s.compiler DESC, s.site DESC, s.number DESC LIMIT ?3`;

/** Stories whose Item was made by compiler ?1 with another site.yaml, whose digest is greater than ?2; likewise. */
export const OUTDATED_AFTER = `${OUTDATED} WHERE s.compiler = ?1 AND s.site > ?2
  ORDER BY s.site DESC, s.number DESC LIMIT ?3`;

/** The media file with a path (?1). */
export const MEDIA = `SELECT ${MEDIA_COLUMNS} FROM media WHERE path = ?1`;

/** A story that is visible at ?2 and uses a media file (?1). */
export const MEDIA_USE = `SELECT ${STORY} FROM media_uses u
  JOIN memberships m ON m.scope IN ('all', 'pages/all') AND m.story = u.story JOIN stories s ON s.number = u.story
  WHERE u.path = ?1 AND m.is_listed = 1 AND m.published <= ?2 AND (m.departs IS NULL OR m.departs > ?2) LIMIT 1`;

/** The list of names in a bucket (?1), unless it still has the version ?2. */
export const NAMES = `SELECT version, version = ?2 AS isSame, CASE version WHEN ?2 THEN NULL ELSE entries END AS entries
  FROM names WHERE bucket = ?1`;

/** The numbers of the first stories whose names are not listed yet, ?1 at most. */
export const UNNAMED = `SELECT number FROM stories
  WHERE number > (SELECT named FROM revision WHERE only_row = 1) ORDER BY number LIMIT ?1`;

/** The names of the stories with a number from ?1 to ?2, some of them more than once. */
export const NAMES_OF_STORIES = `SELECT 'article/' || slug AS name FROM stories WHERE number BETWEEN ?1 AND ?2
  UNION ALL SELECT 'article/' || alias FROM aliases WHERE story BETWEEN ?1 AND ?2
  UNION ALL SELECT replace(scope, 'pages/', '') FROM memberships WHERE story BETWEEN ?1 AND ?2
    AND scope NOT IN ('all', 'pages/all') AND scope NOT LIKE 'selection/%' AND scope NOT LIKE 'translation/%'
  UNION ALL SELECT f.former FROM memberships m JOIN former_scopes f ON f.scope = replace(m.scope, 'pages/', '')
    WHERE m.story BETWEEN ?1 AND ?2
  UNION ALL SELECT path FROM media_uses WHERE story BETWEEN ?1 AND ?2`;

/** The paths of media files that a story (?1) uses and no other does. */
export const EXCLUSIVE_MEDIA = `SELECT path FROM media_uses u WHERE u.story = ?1
  AND NOT EXISTS (SELECT 1 FROM media_uses o WHERE o.path = u.path AND o.story <> ?1)`;

/** The slugs of the stories that have these paths (?1, a JSON list). */
export const SLUGS_BY_PATHS = "SELECT path, slug FROM stories WHERE path IN (SELECT value FROM json_each(?1))";

/** The media files that have these paths (?1, a JSON list). */
export const MEDIA_BY_PATHS = `SELECT ${MEDIA_COLUMNS} FROM media WHERE path IN (SELECT value FROM json_each(?1))`;

/** Which of some scopes (?1, a JSON list of names) no story is in. */
export const UNUSED_SCOPES = `SELECT value AS scope FROM json_each(?1)
  WHERE NOT EXISTS (SELECT 1 FROM memberships WHERE scope = value)`;

/** Which of some media files (?1, a JSON list of paths) other stories than the one with a path (?2) mark as not distributable. */
export const MARKED_BY_OTHERS = `SELECT DISTINCT path FROM media_uses WHERE is_marked = 1
  AND path IN (SELECT value FROM json_each(?1)) AND story <> COALESCE((SELECT number FROM stories WHERE path = ?2), 0)`;

/** The editor whose token has a hash (?1). */
export const EDITOR_BY_TOKEN = "SELECT name, role, at FROM editors WHERE token_hash = ?1";

/** Editors whose name comes after ?1, ?2 at most. */
export const EDITORS_AFTER = "SELECT name, role, at FROM editors WHERE name > ?1 ORDER BY name LIMIT ?2";

/** The preview key of the editor whose token has a hash (?1). */
export const PREVIEW_KEY_OF = "SELECT id, secret FROM preview_keys WHERE token_hash = ?1";

/** The preview key with an id (?1), if its editor has not been revoked or is the owner, whose token has the hash ?2. */
export const VALID_PREVIEW_KEY = `SELECT k.id FROM preview_keys k WHERE k.id = ?1
  AND (k.token_hash = ?2 OR EXISTS (SELECT 1 FROM editors e WHERE e.token_hash = k.token_hash))`;
