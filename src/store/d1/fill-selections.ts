import { withTimeout } from "../../lib/with-timeout.ts";
import type { Channel } from "../../model/channel.ts";
import type { Instant } from "../../model/instant.ts";
import { newestFirst } from "../../model/newest-first.ts";
import { selectionName } from "../../model/selection.ts";
import { APPEARED_AFTER, PARTNER_SELECTIONS } from "./queries.ts";
import { type Prepare, readItem, readRows } from "./rows.ts";
import { explainMissingMigration } from "./schema.ts";
import { isMember, requireSelections, type SelectionRow, type Selections, selectionScope } from "./selections.ts";
import { isConflict, recordSchema } from "./transaction.ts";

/** How many stories of each list a step compares, and how many memberships one deletes. */
const STEP = 200;

type SelectionsRow = { readonly version: number } & (SelectionRow | { readonly number: null });

/** The scopes of the stories with these numbers (?1, a JSON list). */
const SCOPES = `SELECT value AS story, (SELECT json_group_array(scope) FROM memberships WHERE story = value) AS scopes
  FROM json_each(?1)`;

/** All selections, and how often they had changed; one row with nulls if there is none. */
const SELECTIONS = `SELECT r.selections AS version, s.number, s.terms, s.published, s.id, s.is_complete AS isComplete
  FROM revision r LEFT JOIN selections s ON TRUE WHERE r.only_row = 1`;

/** Reads all selections, and at the same time the scopes of the stories with these numbers. */
export const readSelections = async (
  database: D1Database,
  timeoutMs: number,
  stories: readonly number[],
): Promise<Selections> => {
  const batch = database.batch<SelectionsRow | { readonly story: number; readonly scopes: string }>([
    database.prepare(SELECTIONS),
    database.prepare(SCOPES).bind(JSON.stringify(stories)),
  ]);
  const rows = (await withTimeout(batch, timeoutMs).catch(explainMissingMigration)).flatMap(({ results }) => results);
  const selections = rows.filter((row) => "version" in row);
  const scopes = rows.flatMap((row) => ("story" in row ? [[row.story, JSON.parse(row.scopes)] as const] : []));
  return {
    version: selections[0]?.version ?? 0,
    rows: selections.flatMap((row) => (row.number === null ? [] : [row])),
    scopes: new Map(scopes),
  };
};

const NEXT_VERSION = "UPDATE revision SET selections = selections + 1 WHERE only_row = 1";

/** Adds members in the order of feeds: each gets the slot after the last one. They are in one of two lists already. */
const ADD_MEMBERS = `INSERT INTO memberships (scope, story, id, published, is_listed, updated, departs, slot)
  SELECT ?1, story, id, published, is_listed, updated, departs,
    COALESCE((SELECT MAX(slot) FROM memberships WHERE scope = ?1 AND slot IS NOT NULL), -1)
      + ROW_NUMBER() OVER (ORDER BY published, id)
  FROM memberships WHERE scope IN ('all', 'pages/all')
    AND story IN (SELECT number FROM stories WHERE id IN (SELECT value FROM json_each(?2)))`;

/** Statements that delete memberships of a selection, and the selection if there are no others. */
const removeSelection = (prepare: Prepare, { number }: SelectionRow): readonly D1PreparedStatement[] => [
  prepare(
    `DELETE FROM memberships WHERE scope = ?1 AND story IN
      (SELECT story FROM memberships WHERE scope = ?1 ORDER BY story LIMIT ${STEP})`,
    selectionScope(number),
  ),
  prepare(
    "DELETE FROM selections WHERE number = ?1 AND NOT EXISTS (SELECT 1 FROM memberships WHERE scope = ?2)",
    number,
    selectionScope(number),
  ),
];

/** Statements that compare the next stories with a selection. */
const fillSelection = async (
  prepare: Prepare,
  read: (scope: string, published: Instant, id: string) => Promise<readonly { readonly item: string }[]>,
  row: SelectionRow,
): Promise<readonly D1PreparedStatement[]> => {
  const lists = await Promise.all(["all", "pages/all"].map((scope) => read(scope, row.published, row.id)));
  const items = lists
    .flat()
    .map(({ item }) => readItem(item))
    .sort((a, b) => newestFirst(b, a))
    .slice(0, STEP);
  const members = items.filter((item) => isMember(row, item)).map(({ id }) => id);
  const { published, id } = items.at(-1) ?? row;
  return [
    ...(members.length === 0 ? [] : [prepare(ADD_MEMBERS, selectionScope(row.number), JSON.stringify(members))]),
    prepare(
      "UPDATE selections SET published = ?2, id = ?3, is_complete = ?4 WHERE number = ?1",
      ...[row.number, published, id, items.length < STEP ? 1 : 0],
    ),
  ];
};

/** The statements of the next step, of which there are none if all is done. */
const nextStatements = async (
  prepare: Prepare,
  { rows }: Selections,
  wanted: ReadonlySet<string>,
  fill: (row: SelectionRow) => Promise<readonly D1PreparedStatement[]>,
): Promise<readonly D1PreparedStatement[]> => {
  const missing = wanted.difference(new Set(rows.map(({ terms }) => terms)));
  if (missing.size > 0)
    return [prepare("INSERT INTO selections (terms) SELECT value FROM json_each(?1)", JSON.stringify([...missing]))];
  const incomplete = rows.find(({ terms, isComplete }) => isComplete === 0 && wanted.has(terms));
  if (incomplete !== undefined) return fill(incomplete);
  const unwanted = rows.find(({ terms }) => !wanted.has(terms));
  return unwanted === undefined ? [] : removeSelection(prepare, unwanted);
};

/**
 * Does a step of making the memberships of the named feeds and of partners: adds a selection that is missing, compares some more stories
 * with one, or deletes what no feed needs any longer. Resolves to whether all is done. A step may be interrupted, or run
 * twice at a time; it does nothing if a story is written meanwhile. Rejects if the database fails, or does not answer
 * within `timeoutMs`.
 */
export const fillSelections = async (database: D1Database, timeoutMs: number, channel: Channel): Promise<boolean> => {
  const prepare: Prepare = (query, ...values) => database.prepare(query).bind(...values);
  const [{ number: revision } = { number: 0 }] = await readRows<{ number: number }>(
    database,
    timeoutMs,
    "SELECT number FROM revision WHERE only_row = 1",
    [],
  );
  const selections = await readSelections(database, timeoutMs, []);
  const ofPartners = await readRows<{ selection: string }>(database, timeoutMs, PARTNER_SELECTIONS, []);
  const wanted = new Set([
    ...channel.feeds.map(({ key, selection }) => selectionName(selection, channel.language, key)),
    ...ofPartners.map(({ selection }) => selection),
  ]);
  const statements = await nextStatements(prepare, selections, wanted, (row) =>
    fillSelection(prepare, (...position) => readRows(database, timeoutMs, APPEARED_AFTER, [...position, STEP]), row),
  );
  if (statements.length === 0) return true;
  const conditions = [
    requireSelections(prepare, selections),
    prepare("INSERT INTO conditions (holds) SELECT (SELECT number FROM revision WHERE only_row = 1) = ?1", revision),
  ];
  const batch = database.batch([
    ...conditions,
    ...statements,
    prepare(NEXT_VERSION),
    recordSchema(prepare),
    prepare("DELETE FROM conditions"),
  ]);
  await withTimeout(batch, timeoutMs).catch((error: unknown) => {
    if (!isConflict(error)) throw error;
  });
  return false;
};
