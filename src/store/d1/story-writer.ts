import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { tombstoneOf } from "../../model/tombstone.ts";
import { takesFromReaders } from "../../model/visibility.ts";
import { requireMedia, requireNames, requireVersion } from "./conditions.ts";
import { deleteExclusiveMedia } from "./media-writer.ts";
import { removeMemberships, STORY_NUMBER, updateMemberships } from "./memberships.ts";
import type { Prepare, StoredStory } from "./rows.ts";
import {
  type AuditEvent,
  REVISION_NUMBER,
  type ReplayableResponse,
  type Transactions,
  type WriteOutcome,
} from "./transaction.ts";

/** A story as it is to be stored. */
export interface StoryEdit {
  readonly item: Item;
  readonly path: string;
  /** The bytes that the editor sent. */
  readonly source: Uint8Array;
  /** SHA-256 of `source`, in hex. */
  readonly digest: string;
  /** Paths of uploaded media files that must exist. */
  readonly media: readonly string[];
}

/** Writes stories, each with all rows that depend on it, in one transaction. */
export interface StoryWriter {
  /**
   * Writes a story in place of `former`; a conflict if `former` is not what is stored, or one of its names or files is
   * not free.
   */
  putStory(
    former: StoredStory | undefined,
    edit: StoryEdit,
    now: Instant,
    event: Omit<AuditEvent, "story">,
    response?: ReplayableResponse,
  ): Promise<WriteOutcome>;
  /** Erases a story and the media files that no other story uses; its id is never given to another. */
  eraseStory(former: StoredStory, now: Instant, event: AuditEvent): Promise<WriteOutcome>;
}

const transitionRows = (item: Item): readonly (readonly [at: Instant, isWithdrawal: 0 | 1])[] => {
  if (item.draft) return [];
  const tombstone = tombstoneOf(item);
  return [
    [item.published, 0],
    ...(tombstone === undefined ? [] : [[tombstone.at, tombstone.reason === undefined ? 0 : 1] as const]),
  ];
};

/** The aliases that no other story may use. A draft has none: nobody can follow them, and it may never be published. */
const claimedAliases = ({ draft, aliases }: Item): readonly string[] => (draft ? [] : aliases);

/** Statements that replace the rows of a story in the tables aliases, transitions and media_uses. */
const replaceDependents = (prepare: Prepare, item: Item): readonly D1PreparedStatement[] => [
  ...["aliases", "transitions", "media_uses"].map((table) =>
    prepare(`DELETE FROM ${table} WHERE story = ${STORY_NUMBER}`, item.id),
  ),
  prepare(
    `INSERT INTO aliases (story, alias) SELECT DISTINCT ${STORY_NUMBER}, value FROM json_each(?2)`,
    item.id,
    JSON.stringify(claimedAliases(item)),
  ),
  prepare(
    `INSERT INTO media_uses (story, path) SELECT ${STORY_NUMBER}, value FROM json_each(?2)`,
    item.id,
    JSON.stringify(item.media),
  ),
  ...transitionRows(item).map(([at, isWithdrawal]) =>
    prepare(
      `INSERT OR REPLACE INTO transitions (story, at, is_withdrawal) VALUES (${STORY_NUMBER}, ?2, ?3)`,
      item.id,
      at,
      isWithdrawal,
    ),
  ),
];

/** The story writer of a database. */
export const createStoryWriter = ({ prepare, newRevision, commit }: Transactions): StoryWriter => ({
  putStory(former, { item, path, source, digest, media }, now, event, response) {
    const statements = [
      requireVersion(prepare, item.id, former?.version),
      ...requireNames(prepare, item, claimedAliases(item)),
      requireMedia(prepare, media),
      ...newRevision(now, former !== undefined && takesFromReaders(former.item, item)),
      prepare(
        `INSERT INTO stories (id, slug, path, item, digest, version) VALUES (?1, ?2, ?3, ?4, ?5, ${REVISION_NUMBER})
         ON CONFLICT (id) DO UPDATE SET slug = ?2, path = ?3, item = ?4, digest = ?5, version = ${REVISION_NUMBER}`,
        ...[item.id, item.slug, path, JSON.stringify(item), digest],
      ),
      prepare(`INSERT OR REPLACE INTO sources (story, source) VALUES (${STORY_NUMBER}, ?2)`, item.id, source),
      ...updateMemberships(prepare, former?.item, item, now),
      ...replaceDependents(prepare, item),
    ];
    return commit(statements, now, { ...event, story: item.id }, response);
  },

  eraseStory(former, now, event) {
    const { id } = former.item;
    const statements = [
      requireVersion(prepare, id, former.version),
      ...newRevision(now, true),
      ...deleteExclusiveMedia(prepare, former, now),
      prepare("DELETE FROM answers WHERE story = ?1", id),
      prepare("UPDATE log SET subject = ?1 WHERE story = ?1", id),
      prepare("INSERT OR REPLACE INTO erased (id, at) VALUES (?1, ?2)", id, now),
      ...removeMemberships(prepare, former.item),
      prepare("DELETE FROM stories WHERE id = ?1", id),
    ];
    return commit(statements, now, event);
  },
});
