import type { Item } from "../../model/item.ts";
import type { Prepare, StoredStory } from "./rows.ts";

// Each statement inserts into the table `conditions`, whose CHECK fails the whole transaction if the condition is
// false.

/** Requires that nothing has changed a story since it was read; undefined: that there is no story with this id. */
export const requireUnchanged = (prepare: Prepare, id: string, former: StoredStory | undefined): D1PreparedStatement =>
  prepare(
    "INSERT INTO conditions (holds) SELECT (SELECT MAX(version, recompiled) FROM stories WHERE id = ?1) IS ?2",
    id,
    former?.itemVersion ?? null,
  );

/**
 * Requires that a story's id was not erased, and that its slug and claimed aliases are not an alias or slug of another
 * story. Two stories cannot claim the same alias: the table has it once.
 */
export const requireNames = (
  prepare: Prepare,
  { id, slug }: Item,
  aliases: readonly string[],
): readonly D1PreparedStatement[] => [
  prepare("INSERT INTO conditions (holds) SELECT NOT EXISTS (SELECT 1 FROM erased WHERE id = ?1)", id),
  prepare(
    `INSERT INTO conditions (holds) SELECT NOT EXISTS
      (SELECT 1 FROM aliases a JOIN stories s ON s.number = a.story WHERE a.alias = ?2 AND s.id <> ?1)`,
    id,
    slug,
  ),
  ...(aliases.length === 0
    ? []
    : [
        prepare(
          `INSERT INTO conditions (holds) SELECT NOT EXISTS
            (SELECT 1 FROM stories WHERE slug IN (SELECT value FROM json_each(?2)) AND id <> ?1)`,
          id,
          JSON.stringify(aliases),
        ),
      ]),
];

/** Requires that an editor's token has not been revoked. */
export const requireEditor = (prepare: Prepare, tokenHash: string): D1PreparedStatement =>
  prepare("INSERT INTO conditions (holds) SELECT EXISTS (SELECT 1 FROM editors WHERE token_hash = ?1)", tokenHash);

/** Requires that no editor has this name, however its letters are capitalized. */
export const requireUnusedName = (prepare: Prepare, name: string): D1PreparedStatement =>
  prepare(
    "INSERT INTO conditions (holds) SELECT NOT EXISTS (SELECT 1 FROM editors WHERE name = ?1 COLLATE NOCASE)",
    name,
  );

/** Requires that no story uses a media file. */
export const requireUnused = (prepare: Prepare, path: string): D1PreparedStatement =>
  prepare("INSERT INTO conditions (holds) SELECT NOT EXISTS (SELECT 1 FROM media_uses WHERE path = ?1)", path);

/** Requires that a media file still has the digest that was read; undefined: that there is no file with this path. */
export const requireDigest = (prepare: Prepare, path: string, digest: string | undefined): D1PreparedStatement =>
  prepare(
    "INSERT INTO conditions (holds) SELECT (SELECT digest FROM media WHERE path = ?1) IS ?2",
    path,
    digest ?? null,
  );

/** Requires that all these media files exist. */
export const requireMedia = (prepare: Prepare, paths: readonly string[]): readonly D1PreparedStatement[] =>
  paths.length === 0
    ? []
    : [
        prepare(
          `INSERT INTO conditions (holds) SELECT NOT EXISTS
            (SELECT 1 FROM json_each(?1) WHERE NOT EXISTS (SELECT 1 FROM media WHERE path = value))`,
          JSON.stringify(paths),
        ),
      ];
