import type { CompilerVersion } from "../../model/compiler-version.ts";
import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import { tombstoneOf } from "../../model/tombstone.ts";
import { isPublicEdit, takesFromReaders } from "../../model/visibility.ts";
import { outdateStories } from "./compilations.ts";
import { requireMedia, requireNames, requireUnchanged } from "./conditions.ts";
import { deleteExclusiveMedia } from "./media-writer.ts";
import { isInScopesOf, removeMemberships, STORY_NUMBER, updateMemberships } from "./memberships.ts";
import { changedNames, updateNames } from "./names.ts";
import type { Prepare, StoredStory } from "./rows.ts";
import { requireSelections, type Selections, selectionScopesOf } from "./selections.ts";
import {
  type AuditEvent,
  type PublicEffect,
  REVISION_NUMBER,
  type ReplayableResponse,
  type Transactions,
  type WriteOutcome,
  type Writer,
} from "./transaction.ts";

/** A story as it is to be stored. */
export interface StoryEdit {
  readonly item: Item;
  readonly path: string;
  /** The bytes that the editor sent. */
  readonly source: Uint8Array;
  /** SHA-256 of `source`, in hex. */
  readonly digest: string;
  /** What `item` was compiled by. */
  readonly compiledBy: CompilerVersion;
  /** Paths of uploaded media files that must exist. */
  readonly media: readonly string[];
  /** Paths of the media files of which `item` knows that other stories mark them as not distributable. */
  readonly knownMarks: readonly string[];
}

/** A stored story whose source gives another Item than before. */
export interface NewItem {
  readonly story: StoredStory;
  readonly item: Item;
  /** Paths of uploaded media files that must exist. */
  readonly media: readonly string[];
  /** Paths of the media files of which `item` knows that other stories mark them as not distributable. */
  readonly knownMarks: readonly string[];
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
  /**
   * Replaces the Items of stories whose ids, slugs and sources stay as they are, in one revision: of as many as one
   * transaction takes, from the first on. A conflict if one of them is not what is stored, or a name or file is not
   * free.
   */
  replaceItems(stories: readonly NewItem[], compiledBy: CompilerVersion, now: Instant): Promise<WriteOutcome>;
  /** Erases a story and the media files that no other story uses; its id is never given to another. */
  eraseStory(former: StoredStory, now: Instant, event: AuditEvent): Promise<WriteOutcome>;
}

/** Who compiles stories again: no editor can have this name, and nobody this token. */
const COMPILER: Writer = { name: "(compiler)", tokenHash: "", isRevocable: false };

const transitionRows = (item: Item): readonly (readonly [at: Instant, isWithdrawal: 0 | 1])[] => {
  if (item.draft) return [];
  const tombstone = tombstoneOf(item);
  return [
    [item.published, 0],
    ...(tombstone === undefined ? [] : [[tombstone.at, tombstone.reason === undefined ? 0 : 1] as const]),
  ];
};

/** A story's Item and what it is replaced by; undefined if there is none. */
type Edit = readonly [former: Item | undefined, item: Item | undefined];

/** What edits that are made together mean for readers. */
const effectOf = (edits: readonly Edit[], now: Instant): PublicEffect => {
  const publicEdits = edits.filter(([former, item]) => isPublicEdit(former, item, now));
  if (publicEdits.length === 0) return "hidden";
  const isRemoval = ([former, item]: Edit): boolean =>
    former !== undefined && (item === undefined || takesFromReaders(former, item));
  return publicEdits.some(isRemoval) ? "removal" : "public";
};

/**
 * Makes isolates read the lists of names again, if edits of hidden stories take back an instant at which a name would have
 * become public: such edits make no public revision.
 */
const readNamesAgain = (
  prepare: Prepare,
  edits: readonly Edit[],
  effect: PublicEffect,
): readonly D1PreparedStatement[] =>
  effect === "hidden" && edits.some(([former]) => former !== undefined && !former.draft)
    ? [prepare("UPDATE revision SET additions = additions + 1 WHERE only_row = 1")]
    : [];

/** The aliases that no other story may use. A draft has none: nobody can follow them, and it may never be published. */
export const claimedAliases = ({ draft, aliases }: Item): readonly string[] => (draft ? [] : aliases);

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
    `INSERT INTO media_uses (story, path, published, is_marked)
      SELECT ${STORY_NUMBER}, value, ?3, value IN (SELECT value FROM json_each(?4)) FROM json_each(?2)`,
    item.id,
    JSON.stringify(item.media),
    item.draft ? null : item.published,
    JSON.stringify(item.undistributable ?? []),
  ),
  ...transitionRows(item).map(([at, isWithdrawal]) =>
    prepare(
      `INSERT OR REPLACE INTO transitions (story, at, is_withdrawal, version)
       VALUES (${STORY_NUMBER}, ?2, ?3, ${REVISION_NUMBER})`,
      item.id,
      at,
      isWithdrawal,
    ),
  ),
];

const marksOf = (item: Item | undefined): ReadonlySet<string> => new Set(item?.undistributable);

/** Statements that have other stories compiled again, since an edit marks a file that they show as not distributable, or no longer. */
const outdateOthers = (prepare: Prepare, id: string, [former, item]: Edit): readonly D1PreparedStatement[] => {
  const changed = [...marksOf(former).symmetricDifference(marksOf(item))];
  const where = `id <> ?1 AND number IN
    (SELECT story FROM media_uses WHERE path IN (SELECT value FROM json_each(?2)))`;
  return changed.length === 0 ? [] : [outdateStories(prepare, where, id, JSON.stringify(changed))];
};

/** Statements that have a story compiled again if another one has marked a file of its since its Item was made. */
const outdateUnlessKnown = (
  prepare: Prepare,
  { id, media }: Item,
  knownMarks: readonly string[],
): readonly D1PreparedStatement[] => {
  const others = media.filter((path) => !knownMarks.includes(path));
  const where = `id = ?1 AND EXISTS (SELECT 1 FROM media_uses
    WHERE is_marked = 1 AND path IN (SELECT value FROM json_each(?2)) AND story <> ${STORY_NUMBER})`;
  return others.length === 0 ? [] : [outdateStories(prepare, where, id, JSON.stringify(others))];
};

/** Records that the names of a new story are listed, if those of all stories before it are. */
const countNamed = (prepare: Prepare, id: string): D1PreparedStatement =>
  prepare(
    `UPDATE revision SET named = ${STORY_NUMBER} WHERE named < ${STORY_NUMBER}
      AND named >= (SELECT COALESCE(MAX(number), 0) FROM stories WHERE number < ${STORY_NUMBER})`,
    id,
  );

/** Statements that fail unless a story is what was read, and its names and files are free for the Item. */
const requireAll = (
  prepare: Prepare,
  former: StoredStory | undefined,
  { item, media }: Pick<NewItem, "item" | "media">,
): readonly D1PreparedStatement[] => [
  requireUnchanged(prepare, item.id, former),
  ...requireNames(prepare, item, claimedAliases(item)),
  ...requireMedia(prepare, media),
];

/** Statements that update all rows that depend on a story's Item. */
const updateDependents = (
  prepare: Prepare,
  former: StoredStory | undefined,
  { item, knownMarks }: Pick<NewItem, "item" | "knownMarks">,
  now: Instant,
  selectionScopes: readonly string[],
): readonly D1PreparedStatement[] => [
  prepare(`DELETE FROM refusals WHERE story = ${STORY_NUMBER}`, item.id),
  ...updateMemberships(prepare, former, item, now, selectionScopes),
  ...replaceDependents(prepare, item),
  ...outdateOthers(prepare, item.id, [former?.item, item]),
  ...outdateUnlessKnown(prepare, item, knownMarks),
];

/** A Worker may send D1 a thousand statements each time it is called. */
const MAX_STATEMENTS = 700;

/** A story that changes its scopes may move all others in them to other slots, which takes seconds if there are many. */
const MAX_MOVES = 4;

/** Of stories and their statements as many, from the first on, as one transaction takes; at least one. */
const takeForTransaction = <Entry extends NewItem & { readonly statements: readonly unknown[] }>(
  entries: readonly Entry[],
): readonly Entry[] => {
  let total = 0;
  let moves = 0;
  return entries.filter(({ story, item, statements }, index) => {
    total += statements.length;
    if (!isInScopesOf(item, story)) moves += 1;
    return index === 0 || (total <= MAX_STATEMENTS && moves <= MAX_MOVES);
  });
};

/** How often a write is tried while selections change under it. */
const MAX_TRIES = 4;

/** Reads the selections, and the scopes of the stories with these numbers. */
type ReadSelections = (stories: readonly number[]) => Promise<Selections>;

/**
 * Writes with the selections that there are. If they changed meanwhile it is tried again, so that a conflict is always one
 * between editors.
 */
const writeWithSelections = async (
  stories: readonly number[],
  readSelections: ReadSelections,
  write: (selections: Selections) => Promise<WriteOutcome>,
): Promise<WriteOutcome> => {
  let selections = await readSelections(stories);
  for (let tries = 1; ; tries++) {
    const outcome = await write(selections);
    if (outcome.kind !== "conflict" || tries === MAX_TRIES) return outcome;
    const { version } = selections;
    selections = await readSelections(stories);
    if (selections.version === version) return outcome;
  }
};

/** A story with the scopes that it is in by now: it may have come into more of them since it was read. */
const withScopes = <Story extends StoredStory>(story: Story, { scopes }: Selections): Story => ({
  ...story,
  scopes: scopes.get(story.number) ?? story.scopes,
});

/** The story writer of a database. */
export const createStoryWriter = (
  { prepare, newRevision, commit }: Transactions,
  readSelections: ReadSelections,
): StoryWriter => ({
  putStory(read, { item, path, source, digest, media, knownMarks, compiledBy }, now, event, response) {
    return writeWithSelections(read === undefined ? [] : [read.number], readSelections, (selections) => {
      const former = read && withScopes(read, selections);
      const edits: readonly Edit[] = [[former?.item, item]];
      const effect = effectOf(edits, now);
      const statements = [
        requireSelections(prepare, selections),
        ...requireAll(prepare, former, { item, media }),
        newRevision(now, effect),
        ...readNamesAgain(prepare, edits, effect),
        prepare(
          `INSERT INTO stories (id, slug, path, item, digest, compiler, site, version)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ${REVISION_NUMBER}) ON CONFLICT (id) DO UPDATE SET
           slug = ?2, path = ?3, item = ?4, digest = ?5, compiler = ?6, site = ?7, version = ${REVISION_NUMBER}`,
          ...[item.id, item.slug, path, JSON.stringify(item), digest, compiledBy.compiler, compiledBy.site],
        ),
        prepare(`INSERT OR REPLACE INTO sources (story, source) VALUES (${STORY_NUMBER}, ?2)`, item.id, source),
        ...updateDependents(prepare, former, { item, knownMarks }, now, selectionScopesOf(item, selections)),
        updateNames(prepare, changedNames(former, item)),
        ...(former === undefined ? [countNamed(prepare, item.id)] : []),
      ];
      return commit(statements, now, { ...event, story: item.id }, response);
    });
  },

  replaceItems(read, { compiler, site }, now) {
    const numbers = read.map(({ story }) => story.number);
    return writeWithSelections(numbers, readSelections, (selections) => {
      const stories = read.map((one) => ({ ...one, story: withScopes(one.story, selections) }));
      const replaceItem = ({ story, item, media, knownMarks }: NewItem): readonly D1PreparedStatement[] => [
        ...requireAll(prepare, story, { item, media }),
        prepare(
          `UPDATE stories SET item = ?2, compiler = ?3, site = ?4, recompiled = ${REVISION_NUMBER} WHERE id = ?1`,
          ...[item.id, JSON.stringify(item), compiler, site],
        ),
        ...updateDependents(prepare, story, { item, knownMarks }, now, selectionScopesOf(item, selections)),
      ];
      const written = takeForTransaction(stories.map((one) => ({ ...one, statements: replaceItem(one) })));
      const edits = written.map(({ story, item }): Edit => [story.item, item]);
      const names = new Set(written.flatMap(({ story, item }) => [...changedNames(story, item)]));
      const subject = written.length === 1 ? "1 story" : `${written.length} stories`;
      const event = { editor: COMPILER, action: "compile", subject, changes: [] };
      const effect = effectOf(edits, now);
      const statements = [
        requireSelections(prepare, selections),
        newRevision(now, effect),
        ...readNamesAgain(prepare, edits, effect),
        ...written.flatMap((one) => one.statements),
        updateNames(prepare, names),
      ];
      return commit(statements, now, event);
    });
  },

  eraseStory(read, now, event) {
    return writeWithSelections([read.number], readSelections, (selections) => {
      const former = withScopes(read, selections);
      const { id } = former.item;
      const edits: readonly Edit[] = [[former.item, undefined]];
      const effect = effectOf(edits, now);
      const statements = [
        requireSelections(prepare, selections),
        requireUnchanged(prepare, id, former),
        newRevision(now, effect),
        ...readNamesAgain(prepare, edits, effect),
        ...deleteExclusiveMedia(prepare, former, now),
        ...outdateOthers(prepare, id, [former.item, undefined]),
        prepare("DELETE FROM answers WHERE story = ?1", id),
        prepare("UPDATE log SET subject = ?1 WHERE story = ?1", id),
        prepare("INSERT OR REPLACE INTO erased (id, at) VALUES (?1, ?2)", id, now),
        ...removeMemberships(prepare, former),
        prepare("DELETE FROM stories WHERE id = ?1", id),
        updateNames(prepare, changedNames(former, undefined)),
      ];
      return commit(statements, now, event);
    });
  },
});
