import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { takesFromReaders } from "../../model/visibility.ts";
import { requireMedia, requireNames, requireVersion } from "./conditions.ts";
import { replaceDependents } from "./dependents.ts";
import { deleteOwnMedia } from "./media-writer.ts";
import { NUMBER, removeMemberships, updateMemberships } from "./memberships.ts";
import type { StoredStory } from "./story-row.ts";
import { type AuditEvent, type Outcome, type StoredResponse, type Transactions, VERSION } from "./transaction.ts";

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
    event: Omit<AuditEvent, "story">,
    answer?: StoredResponse,
  ): Promise<Outcome>;
  /** Erases a story; nobody else may have its id. */
  erase(former: StoredStory, now: Instant, event: AuditEvent): Promise<Outcome>;
}

/** The writer of a database. */
export const createD1Writer = ({ bind, begin, finish, commit }: Transactions): D1Writer => ({
  put: (former, { item, path, source, digest, media }, now, event, answer) =>
    commit([
      requireVersion(bind, item.id, former?.version),
      ...requireNames(bind, item),
      ...requireMedia(bind, media),
      ...begin(now, former !== undefined && takesFromReaders(former.item, item)),
      bind(
        `INSERT INTO stories (id, slug, path, item, digest, version) VALUES (?1, ?2, ?3, ?4, ?5, ${VERSION})
         ON CONFLICT (id) DO UPDATE SET slug = ?2, path = ?3, item = ?4, digest = ?5, version = ${VERSION}`,
        ...[item.id, item.slug, path, JSON.stringify(item), digest],
      ),
      bind(`INSERT OR REPLACE INTO sources (story, source) VALUES (${NUMBER}, ?2)`, item.id, source),
      ...updateMemberships(bind, former?.item, item),
      ...replaceDependents(bind, item),
      ...finish(now, { ...event, story: item.id }, answer),
    ]),

  erase: (former, now, event) => {
    const { id } = former.item;
    return commit([
      requireVersion(bind, id, former.version),
      ...begin(now, true),
      ...deleteOwnMedia(bind, former, now),
      bind("DELETE FROM answers WHERE story = ?1", id),
      bind("UPDATE log SET subject = ?1 WHERE story = ?1", id),
      bind("INSERT OR REPLACE INTO erased (id, at) VALUES (?1, ?2)", id, now),
      ...removeMemberships(bind, former.item),
      bind("DELETE FROM stories WHERE id = ?1", id),
      ...finish(now, event),
    ]);
  },
});
