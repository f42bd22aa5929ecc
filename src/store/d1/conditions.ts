import type { Item } from "../../model/item.ts";
import type { Bind } from "./memberships.ts";

/** Fails the whole transaction unless the story is still the version that was read; none where there was none. */
export const requireVersion = (bind: Bind, id: string, version: number | undefined): D1PreparedStatement =>
  bind("INSERT INTO conditions (holds) SELECT (SELECT version FROM stories WHERE id = ?1) IS ?2", id, version ?? null);

/** Fails the whole transaction where a name of the story is another's meanwhile, or its id was erased. */
export const requireNames = (bind: Bind, { id, slug, aliases }: Item): readonly D1PreparedStatement[] => [
  bind("INSERT INTO conditions (holds) SELECT NOT EXISTS (SELECT 1 FROM erased WHERE id = ?1)", id),
  bind(
    `INSERT INTO conditions (holds) SELECT NOT EXISTS
      (SELECT 1 FROM aliases a JOIN stories s ON s.number = a.story WHERE a.alias = ?2 AND s.id <> ?1)`,
    id,
    slug,
  ),
  ...aliases.map((alias) =>
    bind(
      "INSERT INTO conditions (holds) SELECT NOT EXISTS (SELECT 1 FROM stories WHERE slug = ?2 AND id <> ?1)",
      id,
      alias,
    ),
  ),
];

/** Fails the whole transaction where a story uses a media file. */
export const requireUnused = (bind: Bind, path: string): D1PreparedStatement =>
  bind("INSERT INTO conditions (holds) SELECT NOT EXISTS (SELECT 1 FROM media_uses WHERE path = ?1)", path);

/** Fails the whole transaction unless a media file still has the bytes that were read; none where there was none. */
export const requireDigest = (bind: Bind, path: string, digest: string | undefined): D1PreparedStatement =>
  bind("INSERT INTO conditions (holds) SELECT (SELECT digest FROM media WHERE path = ?1) IS ?2", path, digest ?? null);

/** Fails the whole transaction unless there are these media files. */
export const requireMedia = (bind: Bind, paths: readonly string[]): readonly D1PreparedStatement[] =>
  paths.map((path) => bind("INSERT INTO conditions (holds) SELECT EXISTS (SELECT 1 FROM media WHERE path = ?1)", path));
