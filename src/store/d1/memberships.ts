import { formerScopesOf } from "../../model/former-scopes.ts";
import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { scopeName, scopesOf } from "../../model/scope.ts";
import { tombstoneOf } from "../../model/tombstone.ts";
import type { StoredStory } from "./rows.ts";
import type { Prepare } from "./transaction.ts";

// A membership says that a story is in a scope. Its slot is the story's number in that scope, from the oldest on:
// archive pages are counted by it. A draft has memberships without slots.

/** SQL for the number of the story whose id is parameter ?1. */
export const STORY_NUMBER = "(SELECT number FROM stories WHERE id = ?1)";

const scopeNamesOf = (item: Item): readonly string[] =>
  scopesOf(item).flatMap((scope) => (scope.kind === "article" ? [] : [scopeName(scope)]));

/** Each scope of a story that had another name until 0.2, with that. */
const formerNamesOf = (item: Item): ReadonlyMap<string, string> =>
  new Map(formerScopesOf(item).map(({ scope, former }) => [scopeName(scope), scopeName(former)]));

/** Removes a story from a scope, and moves those behind it one slot down. */
const removeMembership = (prepare: Prepare, item: Item, scope: string) => [
  prepare(
    `UPDATE memberships SET slot = slot - 1 WHERE scope = ?2 AND slot >
      (SELECT slot FROM memberships WHERE scope = ?2 AND story = ${STORY_NUMBER})`,
    item.id,
    scope,
  ),
  prepare(`DELETE FROM memberships WHERE scope = ?2 AND story = ${STORY_NUMBER}`, item.id, scope),
  ...(formerNamesOf(item).has(scope)
    ? [
        prepare(
          "DELETE FROM former_scopes WHERE scope = ?1 AND NOT EXISTS (SELECT 1 FROM memberships WHERE scope = ?1)",
          scope,
        ),
      ]
    : []),
];

/** Adds a story to a scope, and moves those behind it one slot up. */
const addMembership = (prepare: Prepare, item: Item, scope: string) => {
  const { id, published, draft } = item;
  const slot = `COALESCE((SELECT slot + 1 FROM memberships WHERE scope = ?2 AND slot IS NOT NULL
    AND (published, id) < (?3, ?1) ORDER BY published DESC, id DESC LIMIT 1), 0)`;
  const insert = (value: string) =>
    prepare(
      `INSERT INTO memberships (scope, story, id, published, is_listed, slot) VALUES (?2, ${STORY_NUMBER}, ?1, ?3, 0, ${value})`,
      id,
      scope,
      published,
    );
  const former = formerNamesOf(item).get(scope);
  const insertFormer =
    former === undefined
      ? []
      : [prepare("INSERT OR REPLACE INTO former_scopes (scope, former) VALUES (?1, ?2)", scope, former)];
  if (draft) return [insert("NULL"), ...insertFormer];
  const makeRoom = prepare(
    `UPDATE memberships SET slot = slot + 1 WHERE scope = ?2 AND slot >= ${slot}`,
    id,
    scope,
    published,
  );
  return [makeRoom, insert(slot), ...insertFormer];
};

/** Sets the columns of all memberships of a story that do not depend on its slot. */
const updateColumns = (prepare: Prepare, item: Item, now: Instant) => {
  const hasExpired = item.expires !== undefined && item.expires <= now;
  return prepare(
    `UPDATE memberships SET is_listed = ?2, updated = ?3, departs = ?4 WHERE story = ${STORY_NUMBER}`,
    item.id,
    item.draft || item.withdrawn !== undefined || hasExpired ? 0 : 1,
    item.updated > item.published ? item.updated : null,
    tombstoneOf(item)?.at ?? null,
  );
};

/** Whether a story is in the scopes that an Item belongs to, and in no others. */
export const isInScopesOf = (item: Item, { scopes }: StoredStory): boolean =>
  new Set(scopes).symmetricDifference(new Set(scopeNamesOf(item))).size === 0;

/**
 * Statements that move a story to the scopes and slots it belongs to now. `former` is the story that was stored before:
 * the scopes it is in count, since those that its Item belonged to may have been others then.
 */
export const updateMemberships = (
  prepare: Prepare,
  former: StoredStory | undefined,
  item: Item,
  now: Instant,
): readonly D1PreparedStatement[] => {
  const before = former?.scopes ?? [];
  const after = scopeNamesOf(item);
  const keepsSlots = former?.item.published === item.published && former.item.draft === item.draft;
  return [
    ...(former === undefined
      ? []
      : before
          .filter((scope) => !keepsSlots || !after.includes(scope))
          .flatMap((scope) => removeMembership(prepare, former.item, scope))),
    ...after
      .filter((scope) => !keepsSlots || !before.includes(scope))
      .flatMap((scope) => addMembership(prepare, item, scope)),
    updateColumns(prepare, item, now),
  ];
};

/** Statements that remove a story from all its scopes. */
export const removeMemberships = (prepare: Prepare, { item, scopes }: StoredStory): readonly D1PreparedStatement[] =>
  scopes.flatMap((scope) => removeMembership(prepare, item, scope));
