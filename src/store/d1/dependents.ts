import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { tombstoneOf } from "../../model/tombstone.ts";
import { type Bind, NUMBER } from "./memberships.ts";

const transitionRows = (item: Item): readonly (readonly [at: Instant, isWithdrawal: 0 | 1])[] => {
  if (item.draft) return [];
  const tombstone = tombstoneOf(item);
  return [
    [item.published, 0],
    ...(tombstone === undefined ? [] : [[tombstone.at, tombstone.reason === undefined ? 0 : 1] as const]),
  ];
};

/** Statements that write anew what depends on a story: aliases, transitions, the media files that it uses. */
export const replaceDependents = (bind: Bind, item: Item): readonly D1PreparedStatement[] => [
  ...["aliases", "transitions", "media_uses"].map((table) =>
    bind(`DELETE FROM ${table} WHERE story = ${NUMBER}`, item.id),
  ),
  ...[...new Set(item.aliases)].map((alias) =>
    bind(`INSERT INTO aliases (story, alias) VALUES (${NUMBER}, ?2)`, item.id, alias),
  ),
  ...item.media.map((path) => bind(`INSERT INTO media_uses (story, path) VALUES (${NUMBER}, ?2)`, item.id, path)),
  ...transitionRows(item).map(([at, isWithdrawal]) =>
    bind(
      `INSERT OR REPLACE INTO transitions (story, at, is_withdrawal) VALUES (${NUMBER}, ?2, ?3)`,
      item.id,
      at,
      isWithdrawal,
    ),
  ),
];
