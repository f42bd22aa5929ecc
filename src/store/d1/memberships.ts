import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { formerScopesOf } from "../../model/names/former-scopes.ts";
import { hasOwnRights } from "../../model/rights.ts";
import { type Scope, scopeName, scopesOf } from "../../model/scope.ts";
import { tombstoneOf } from "../../model/tombstone.ts";
import type { Prepare, StoredStory } from "./rows.ts";
import { isSelectionScope } from "./selections.ts";

// A membership says that a story is in a scope. Its slot is the story's number in that scope, from the oldest on:
// archive pages are counted by it. A draft has memberships without slots. Each statement is about all of a story's
// scopes at once, as a story may have hundreds.

/** SQL for the number of the story whose id is parameter ?1. */
export const STORY_NUMBER = "(SELECT number FROM stories WHERE id = ?1)";

/** The name of the list of the stories of a scope that no feed of the scope has. */
export const pagesOnly = (scope: Scope): string => `pages/${scopeName(scope)}`;

/** The name of the list of the stories that state rights of their own. */
export const WITH_RIGHTS = "rights";

/** The name of the list of the stories that name the one with this id as their original. */
export const translationsList = (id: string): string => `translation/${id}`;

const scopeNamesOf = (item: Item): readonly string[] => [
  ...scopesOf(item).flatMap((scope) =>
    scope.kind === "article" ? [] : [item.feeds === undefined ? scopeName(scope) : pagesOnly(scope)],
  ),
  ...(hasOwnRights(item) ? [WITH_RIGHTS] : []),
  ...(item.translationOf === undefined ? [] : [translationsList(item.translationOf)]),
];

/**
 * SQL that moves the other stories of scopes (?2, a JSON list) by `step` slots, from the slot on that the story whose id
 * is ?1 has there.
 */
export const moveSlots = (step: "+ 1" | "- 1"): string =>
  `UPDATE memberships SET slot = memberships.slot ${step} FROM
    (SELECT scope, story, slot FROM memberships
      WHERE story = ${STORY_NUMBER} AND slot IS NOT NULL AND scope IN (SELECT value FROM json_each(?2))) AS own
    WHERE memberships.scope = own.scope AND memberships.slot >= own.slot AND memberships.story <> own.story`;

/** Each scope of a story that had another name until 0.2, with that. */
const formerNamesOf = (item: Item): ReadonlyMap<string, string> =>
  new Map(formerScopesOf(item).map(({ scope, former }) => [scopeName(scope), scopeName(former)]));

/** Removes a story from scopes that it is in, and moves those behind it one slot down. */
const removeFromScopes = (prepare: Prepare, id: string, scopes: readonly string[]): readonly D1PreparedStatement[] => {
  if (scopes.length === 0) return [];
  const names = JSON.stringify(scopes);
  return [
    prepare(moveSlots("- 1"), id, names),
    prepare(
      `DELETE FROM memberships WHERE story = ${STORY_NUMBER} AND scope IN (SELECT value FROM json_each(?2))`,
      id,
      names,
    ),
    prepare(
      `DELETE FROM former_scopes WHERE scope IN (SELECT value FROM json_each(?1))
        AND NOT EXISTS (SELECT 1 FROM memberships m WHERE m.scope = former_scopes.scope)`,
      names,
    ),
  ];
};

/**
 * SQL that adds the story whose id is ?1, published at ?3, to scopes (?2, a JSON list): to each in the slot behind the
 * last story before it, or, if it is a draft (?4 is 1), without a slot.
 */
export const INSERT_MEMBERSHIPS = `INSERT INTO memberships (scope, story, id, published, is_listed, slot)
  SELECT value, ${STORY_NUMBER}, ?1, ?3, 0, CASE WHEN ?4 = 1 THEN NULL ELSE
    COALESCE((SELECT slot + 1 FROM memberships WHERE scope = value AND slot IS NOT NULL
      AND (published, id) < (?3, ?1) ORDER BY published DESC, id DESC LIMIT 1), 0) END
  FROM json_each(?2)`;

/** Adds a story to scopes, and moves those behind it one slot up. */
const addToScopes = (prepare: Prepare, item: Item, scopes: readonly string[]): readonly D1PreparedStatement[] => {
  if (scopes.length === 0) return [];
  const { id, published, draft } = item;
  const names = JSON.stringify(scopes);
  const renamed = [...formerNamesOf(item)].filter(([scope]) => scopes.includes(scope));
  return [
    prepare(INSERT_MEMBERSHIPS, id, names, published, draft ? 1 : 0),
    ...(draft ? [] : [prepare(moveSlots("+ 1"), id, names)]),
    prepare(
      "INSERT OR REPLACE INTO former_scopes (scope, former) SELECT key, value FROM json_each(?1)",
      JSON.stringify(Object.fromEntries(renamed)),
    ),
  ];
};

/** When a story leaves. A withdrawal counts at once, even one that is dated after `now`. */
const departureOf = (item: Item, now: Instant): Instant | null => {
  const at = tombstoneOf(item)?.at ?? null;
  return at === null || item.withdrawn === undefined ? at : Math.min(at, now);
};

/** Sets the columns of all memberships of a story that do not depend on its slot. */
const updateColumns = (prepare: Prepare, item: Item, now: Instant) => {
  const hasExpired = item.expires !== undefined && item.expires <= now;
  return prepare(
    `UPDATE memberships SET is_listed = ?2, updated = ?3, departs = ?4 WHERE story = ${STORY_NUMBER}`,
    item.id,
    item.draft || item.withdrawn !== undefined || hasExpired ? 0 : 1,
    item.updated > item.published ? item.updated : null,
    departureOf(item, now),
  );
};

/** Whether a story is in the scopes that an Item belongs to, and in no others; selections apart. */
export const isInScopesOf = (item: Item, { scopes }: StoredStory): boolean =>
  new Set(scopes.filter((scope) => !isSelectionScope(scope))).symmetricDifference(new Set(scopeNamesOf(item))).size ===
  0;

/**
 * Statements that move a story to the scopes and slots it belongs to at `now`. `former` is the story that was stored
 * before: the scopes it is in count, since those that its Item belonged to may have been others then. `selectionScopes` are
 * those of the selections that have it.
 */
export const updateMemberships = (
  prepare: Prepare,
  former: StoredStory | undefined,
  item: Item,
  now: Instant,
  selectionScopes: readonly string[],
): readonly D1PreparedStatement[] => {
  const before = former?.scopes ?? [];
  const after = [...scopeNamesOf(item), ...selectionScopes];
  const keepsSlots = former?.item.published === item.published && former.item.draft === item.draft;
  return [
    ...removeFromScopes(
      prepare,
      item.id,
      before.filter((scope) => !keepsSlots || !after.includes(scope)),
    ),
    ...addToScopes(
      prepare,
      item,
      after.filter((scope) => !keepsSlots || !before.includes(scope)),
    ),
    updateColumns(prepare, item, now),
  ];
};

/** Statements that remove a story from all its scopes. */
export const removeMemberships = (prepare: Prepare, { item, scopes }: StoredStory): readonly D1PreparedStatement[] =>
  removeFromScopes(prepare, item.id, scopes);
