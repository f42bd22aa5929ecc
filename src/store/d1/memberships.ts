import type { Item } from "../../model/item.ts";
import { scopeName, scopesOf } from "../../model/scope.ts";
import { tombstoneOf } from "../../model/tombstone.ts";

/** Prepares a statement with its values. */
export type Bind = (query: string, ...values: readonly (string | number | null | Uint8Array)[]) => D1PreparedStatement;

/** The number of the story whose id is the first value. */
export const NUMBER = "(SELECT number FROM stories WHERE id = ?1)";

/** Which memberships a story has, by the scope's name; a draft has them too, without a place among the others. */
const membershipsOf = (item: Item): readonly string[] =>
  scopesOf(item).flatMap((scope) => (scope.kind === "article" ? [] : [scopeName(scope)]));

/** Takes a story out of a scope, and closes the gap. */
const removeMembership = (bind: Bind, id: string, scope: string) => [
  bind(
    `UPDATE memberships SET slot = slot - 1 WHERE scope = ?2 AND slot >
      (SELECT slot FROM memberships WHERE scope = ?2 AND story = ${NUMBER})`,
    id,
    scope,
  ),
  bind(`DELETE FROM memberships WHERE scope = ?2 AND story = ${NUMBER}`, id, scope),
];

/** Puts a story into a scope: those behind it make room. */
const addMembership = (bind: Bind, { id, published, draft }: Item, scope: string) => {
  const slot = `COALESCE((SELECT slot + 1 FROM memberships WHERE scope = ?2 AND slot IS NOT NULL
    AND (published, id) < (?3, ?1) ORDER BY published DESC, id DESC LIMIT 1), 0)`;
  const add = (value: string) =>
    bind(
      `INSERT INTO memberships (scope, story, id, published, is_listed, slot) VALUES (?2, ${NUMBER}, ?1, ?3, 0, ${value})`,
      id,
      scope,
      published,
    );
  if (draft) return [add("NULL")];
  const makeRoom = bind(
    `UPDATE memberships SET slot = slot + 1 WHERE scope = ?2 AND slot >= ${slot}`,
    id,
    scope,
    published,
  );
  return [makeRoom, add(slot)];
};

/** What else a membership says; needs no place among the others. */
const describe = (bind: Bind, item: Item) =>
  bind(
    `UPDATE memberships SET is_listed = ?2, updated = ?3, departs = ?4 WHERE story = ${NUMBER}`,
    item.id,
    item.draft || item.withdrawn !== undefined ? 0 : 1,
    item.updated > item.published ? item.updated : null,
    tombstoneOf(item)?.at ?? null,
  );

/** Statements that give a story its places in the scopes that it belongs to now. `former` is what was stored before. */
export const updateMemberships = (bind: Bind, former: Item | undefined, item: Item): readonly D1PreparedStatement[] => {
  const before = former === undefined ? [] : membershipsOf(former);
  const after = membershipsOf(item);
  const isPlaced = former?.published === item.published && former.draft === item.draft;
  return [
    ...before
      .filter((scope) => !isPlaced || !after.includes(scope))
      .flatMap((scope) => removeMembership(bind, item.id, scope)),
    ...after
      .filter((scope) => !isPlaced || !before.includes(scope))
      .flatMap((scope) => addMembership(bind, item, scope)),
    describe(bind, item),
  ];
};

/** Statements that take a story out of all its scopes. */
export const removeMemberships = (bind: Bind, item: Item): readonly D1PreparedStatement[] =>
  membershipsOf(item).flatMap((scope) => removeMembership(bind, item.id, scope));
