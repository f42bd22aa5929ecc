import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { isTakenBack } from "../../model/visibility.ts";
import { requireMedia, requireNames, requireVersion } from "./conditions.ts";
import { depend } from "./dependents.ts";
import { doomOwnFiles } from "./media-writer.ts";
import { leaveAll, NUMBER, place } from "./memberships.ts";
import type { StoredStory } from "./story-row.ts";
import { type Deed, type KeptAnswer, type Outcome, type Transactions, VERSION } from "./transaction.ts";

/** What is written in one go. */
export interface Edit {
  readonly item: Item;
  readonly path: string;
  /** What the writer sent, to the byte. */
  readonly source: Uint8Array;
  /** SHA-256 of it, in hex. */
  readonly digest: string;
  /** Media files that must be there. */
  readonly media: readonly string[];
}

/** Writes stories into D1, each with all that depends on it, in one transaction. */
export interface D1Writer {
  /** Writes a story in the place of `former`; "changed" where that is not what is stored any longer. */
  put(
    former: StoredStory | undefined,
    edit: Edit,
    now: Instant,
    deed: Omit<Deed, "story">,
    answer?: KeptAnswer,
  ): Promise<Outcome>;
  /** Erases a story; nobody else may have its id. */
  erase(former: StoredStory, now: Instant, deed: Deed): Promise<Outcome>;
}

/** The writer of a database. */
export const createD1Writer = ({ bind, begin, finish, commit }: Transactions): D1Writer => ({
  put: (former, { item, path, source, digest, media }, now, deed, answer) =>
    commit([
      requireVersion(bind, item.id, former?.version),
      ...requireNames(bind, item),
      ...requireMedia(bind, media),
      ...begin(now, former !== undefined && isTakenBack(former.item, item)),
      bind(
        `INSERT INTO stories (id, slug, path, item, digest, version) VALUES (?1, ?2, ?3, ?4, ?5, ${VERSION})
         ON CONFLICT (id) DO UPDATE SET slug = ?2, path = ?3, item = ?4, digest = ?5, version = ${VERSION}`,
        ...[item.id, item.slug, path, JSON.stringify(item), digest],
      ),
      bind(`INSERT OR REPLACE INTO sources (story, source) VALUES (${NUMBER}, ?2)`, item.id, source),
      ...place(bind, former?.item, item),
      ...depend(bind, item),
      ...finish(now, { ...deed, story: item.id }, answer),
    ]),

  erase: (former, now, deed) => {
    const { id } = former.item;
    return commit([
      requireVersion(bind, id, former.version),
      ...begin(now, true),
      ...doomOwnFiles(bind, former, now),
      bind("DELETE FROM answers WHERE story = ?1", id),
      bind("UPDATE log SET subject = ?1 WHERE story = ?1", id),
      bind("INSERT OR REPLACE INTO erased (id, at) VALUES (?1, ?2)", id, now),
      ...leaveAll(bind, former.item),
      bind("DELETE FROM stories WHERE id = ?1", id),
      ...finish(now, deed),
    ]);
  },
});
