import { DAY, type Instant } from "../model/instant.ts";
import type { Item } from "../model/item.ts";
import type { MediaFile } from "../model/media.ts";
import { requireNames, requireUnused, requireVersion } from "./d1-conditions.ts";
import { depend } from "./d1-dependents.ts";
import { type Bind, leaveAll, NUMBER, place } from "./d1-memberships.ts";
import { OWN_FILES } from "./d1-queries.ts";
import { within } from "./deadline.ts";
import type { StoredStory } from "./stored-story.ts";

/** What is written in one go. */
export interface Edit {
  readonly item: Item;
  readonly path: string;
  /** What the writer sent, to the byte. */
  readonly source: Uint8Array;
  /** SHA-256 of it, in hex. */
  readonly digest: string;
}

/** Who did what, for the log. Names of keys, never texts. */
export interface Deed {
  readonly editor: string;
  readonly action: string;
  readonly subject: string;
  readonly changes: readonly string[];
}

/** The answer to a write, kept so that sending it again does nothing twice. */
export interface KeptAnswer {
  readonly key: string;
  /** Digest of the request. */
  readonly request: string;
  readonly status: number;
  readonly body: string;
  /** Id of the story that it is about. */
  readonly story: string;
}

/** What became of a write. */
export type Outcome =
  | {
      readonly kind: "written";
      readonly version: number;
      /** Digests of the media files that it deleted or replaced. */
      readonly discarded: readonly string[];
    }
  | { readonly kind: "changed" };

/** Somebody else wrote in between, or a name was taken meanwhile: SQLite says so of a condition, or of a unique column. */
const isConflict = (error: unknown): boolean =>
  error instanceof Error && /CHECK constraint failed|UNIQUE constraint failed/.test(error.message);

const insertAnswer = (
  bind: Bind,
  editor: string,
  { key, request, status, body, story }: KeptAnswer,
  version: number | undefined,
  now: Instant,
): D1PreparedStatement =>
  bind(
    `INSERT OR IGNORE INTO answers (editor, key, request, status, version, body, story, at)
     VALUES (?1, ?2, ?3, ?4, COALESCE(?5, ${VERSION}), ?6, ?7, ?8)`,
    ...[editor, key, request, status, version ?? null, body, story, now],
  );

const VERSION = "(SELECT number FROM revision WHERE only_row = 1)";

export type D1Writer = ReturnType<typeof createD1Writer>;

/** Milliseconds. */
const MOST_AHEAD = 60_000;

/** Writes stories into D1, each with all that depends on it, in one transaction. */
export const createD1Writer = (database: D1Database, timeOut: number) => {
  const bind: Bind = (query, ...values) => database.prepare(query).bind(...values);

  const begin = (now: Instant, takesFromReaders = false) => {
    const second = Math.floor(now / 1000) * 1000;
    return [
      // By whole seconds and never back: Last-Modified is made of it. Many writes in a second run ahead of the clock, a
      // minute at most, or an embargo that lifts meanwhile would not move it.
      bind(
        "UPDATE revision SET number = number + 1, at = MAX(?1, MIN(at + 1000, ?2), at) WHERE only_row = 1",
        second,
        second + MOST_AHEAD,
      ),
      ...(takesFromReaders ? [bind("UPDATE revision SET departed = at WHERE only_row = 1")] : []),
    ];
  };

  const finish = (now: Instant, { editor, action, subject, changes }: Deed, answer?: KeptAnswer) => [
    bind(
      "INSERT INTO log (at, editor, action, subject, changes) VALUES (?1, ?2, ?3, ?4, ?5)",
      now,
      editor,
      action,
      subject,
      JSON.stringify(changes),
    ),
    ...(answer === undefined ? [] : [insertAnswer(bind, editor, answer, undefined, now)]),
    // Who tries again does so within a day.
    bind("DELETE FROM answers WHERE at < ?1", now - DAY),
    bind("DELETE FROM conditions"),
    bind(`SELECT number FROM revision WHERE only_row = 1`),
  ];

  const commit = async (statements: readonly D1PreparedStatement[]): Promise<Outcome> => {
    try {
      const answers = await within(database.batch<{ number?: number; digest?: string }>([...statements]), timeOut);
      const rows = answers.flatMap(({ results }) => results);
      const discarded = rows.flatMap(({ digest }) => (digest === undefined ? [] : [digest]));
      return { kind: "written", version: rows.at(-1)?.number ?? 0, discarded };
    } catch (error) {
      if (isConflict(error)) return { kind: "changed" };
      throw error;
    }
  };

  return {
    /** Writes a story in the place of `former`; "changed" where that is not what is stored any longer. */
    put(
      former: StoredStory | undefined,
      { item, path, source, digest }: Edit,
      now: Instant,
      deed: Deed,
      answer?: KeptAnswer,
    ) {
      return commit([
        requireVersion(bind, item.id, former?.version),
        ...requireNames(bind, item),
        ...begin(now, former !== undefined && (item.withdrawn !== undefined || item.draft)),
        bind(
          `INSERT INTO stories (id, slug, path, item, digest, version) VALUES (?1, ?2, ?3, ?4, ?5, ${VERSION})
           ON CONFLICT (id) DO UPDATE SET slug = ?2, path = ?3, item = ?4, digest = ?5, version = ${VERSION}`,
          item.id,
          item.slug,
          path,
          JSON.stringify(item),
          digest,
        ),
        bind(`INSERT OR REPLACE INTO sources (story, source) VALUES (${NUMBER}, ?2)`, item.id, source),
        ...place(bind, former?.item, item),
        ...depend(bind, item),
        ...finish(now, deed, answer),
      ]);
    },

    /** Erases a story; nobody else may have its id. */
    erase(former: StoredStory, now: Instant, deed: Deed) {
      const { id } = former.item;
      return commit([
        requireVersion(bind, id, former.version),
        ...begin(now, true),
        bind(`DELETE FROM media WHERE path IN (${OWN_FILES}) RETURNING digest`, former.number),
        bind("DELETE FROM answers WHERE story = ?1", id),
        bind("UPDATE log SET subject = ?1 WHERE subject = ?2", id, former.item.slug),
        bind("INSERT OR REPLACE INTO erased (id, at) VALUES (?1, ?2)", id, now),
        ...leaveAll(bind, former.item),
        bind("DELETE FROM stories WHERE id = ?1", id),
        ...finish(now, deed),
      ]);
    },

    /** Keeps the answer to a write that changed nothing. */
    async keepAnswer(editor: string, version: number, answer: KeptAnswer, now: Instant): Promise<void> {
      await within(insertAnswer(bind, editor, answer, version, now).run(), timeOut);
    },

    /** Runs statements of others in one transaction with an entry of the log, and no new revision. */
    note: (statements: readonly D1PreparedStatement[], now: Instant, deed: Deed) =>
      commit([...statements, ...finish(now, deed)]),

    /** Notes a media file. */
    putMedia(path: string, { type, length, width, height }: MediaFile, digest: string, now: Instant, deed: Deed) {
      return commit([
        ...begin(now),
        bind("SELECT digest FROM media WHERE path = ?1 AND digest <> ?2", path, digest),
        bind(
          "INSERT OR REPLACE INTO media (path, type, length, digest, width, height) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
          path,
          type,
          length,
          digest,
          width ?? null,
          height ?? null,
        ),
        ...finish(now, deed),
      ]);
    },

    /** Forgets a media file; "changed" where a story uses it. */
    removeMedia(path: string, now: Instant, deed: Deed) {
      return commit([
        requireUnused(bind, path),
        bind("DELETE FROM media WHERE path = ?1 RETURNING digest", path),
        ...finish(now, deed),
      ]);
    },
  };
};
