import type { Instant } from "../../model/instant.ts";
import type { MediaFile } from "../../model/media.ts";
import { type Compilations, openCompilations } from "./compilations.ts";
import { createMediaWriter, type MediaWriter } from "./media-writer.ts";
import { LISTED_AFTER, MEDIA, STORED_BY_ALIAS, STORED_BY_ID, STORED_BY_PATH, STORED_BY_SLUG } from "./queries.ts";
import {
  type ListedStory,
  type ListedStoryRow,
  MEDIA_COLUMNS,
  type MediaRow,
  readRows,
  type SqlValue,
  type StoredStory,
  type StoredStoryRow,
  toListedStory,
  toMediaFile,
  toStoredStory,
} from "./rows.ts";
import { createStoryWriter, type StoryWriter } from "./story-writer.ts";
import { createTransactions, type Transactions, type WriteOutcome } from "./transaction.ts";

/** An editor as the database knows them. */
export interface EditorRow {
  readonly name: string;
  readonly role: string;
  /** When they were added. */
  readonly at: Instant;
}

/** An entry of the audit log: who did what, and when. */
export interface AuditLogEntry {
  readonly number: number;
  readonly at: Instant;
  readonly editor: string;
  readonly action: string;
  readonly subject: string;
  /** Names of the keys that changed. */
  readonly changes: readonly string[];
}

/** The response that a write with an Idempotency-Key got. */
export interface SavedResponse {
  /** Digest of the request that it answered. */
  readonly requestDigest: string;
  readonly status: number;
  readonly body: string;
  /** The version that the story had then. */
  readonly version: number;
}

/** A media file in a list. */
export interface ListedMedia extends MediaFile {
  readonly path: string;
  /** SHA-256 of the bytes, in hex. */
  readonly digest: string;
}

/**
 * What the newsroom reads and writes. Everything comes from the primary database, never from a replica. Every method
 * rejects with Unavailable if the database does not answer in time.
 */
export interface NewsroomRepository extends StoryWriter, MediaWriter, Compilations, Pick<Transactions, "saveResponse"> {
  findBySlug(slug: string): Promise<StoredStory | undefined>;
  findById(id: string): Promise<StoredStory | undefined>;
  findByPath(path: string): Promise<StoredStory | undefined>;
  findByAlias(alias: string): Promise<StoredStory | undefined>;
  /** Stories whose number is greater than `after`, ascending by number, with empty HTML. */
  listStories(after: number, limit: number): Promise<readonly ListedStory[]>;
  /** The bytes that the editor sent. */
  readSource(story: StoredStory): Promise<Uint8Array>;
  /** Whether a story with this id was erased. */
  isErased(id: string): Promise<boolean>;
  /** The slugs of the stories that have these paths, by path; paths without a story are left out. */
  findSlugs(paths: readonly string[]): Promise<Readonly<Record<string, string>>>;
  findMedia(path: string): Promise<MediaRow | undefined>;
  /** Media files whose path comes after `after`, ascending by path. */
  listMedia(after: string, limit: number): Promise<readonly ListedMedia[]>;
  /** The media files that have these paths, by path; paths without a file are left out. */
  findMediaFiles(paths: readonly string[]): Promise<Readonly<Record<string, MediaFile>>>;
  /** The editor whose token has this SHA-256 (hex). */
  findEditor(tokenHash: string): Promise<EditorRow | undefined>;
  listEditors(): Promise<readonly EditorRow[]>;
  /** Adds an editor; a conflict if the name is taken. `by` is the editor who does it. */
  addEditor(name: string, role: string, tokenHash: string, now: Instant, by: string): Promise<WriteOutcome>;
  /** Removes an editor; false if there is none of this name. */
  removeEditor(name: string, now: Instant, by: string): Promise<boolean>;
  /** The response that an editor's write with this Idempotency-Key got. */
  findResponse(editor: string, key: string): Promise<SavedResponse | undefined>;
  /** Entries of the audit log whose number is less than `before`, the latest first. */
  listAuditLog(before: number, limit: number): Promise<readonly AuditLogEntry[]>;
}

/** How many names one query looks for: as JSON, they must fit into the 2 MB that D1 allows a value. */
const MAX_NAMES = 1000;

/** Opens the newsroom's repository in a database. A read may take `timeoutMs`, a write `writeTimeoutMs`. */
export const openNewsroomRepository = (
  database: D1Database,
  timeoutMs: number,
  writeTimeoutMs: number,
): NewsroomRepository => {
  const read = <Row>(query: string, ...values: readonly SqlValue[]): Promise<readonly Row[]> =>
    readRows<Row>(database, timeoutMs, query, values);
  const readStories = async (query: string, ...values: readonly SqlValue[]): Promise<readonly StoredStory[]> =>
    (await read<StoredStoryRow>(query, ...values)).map(toStoredStory);
  const transactions = createTransactions(database, writeTimeoutMs);
  const { prepare, commit, saveResponse } = transactions;

  /** The rows of `select`, which ends in the name of a column, with one of these values in that column. */
  const readWhereIn = async <Row>(select: string, values: readonly string[]): Promise<readonly Row[]> => {
    const rows: Row[] = [];
    for (let from = 0; from < values.length; from += MAX_NAMES) {
      const some = JSON.stringify(values.slice(from, from + MAX_NAMES));
      rows.push(...(await read<Row>(`${select} IN (SELECT value FROM json_each(?1))`, some)));
    }
    return rows;
  };

  return {
    ...createStoryWriter(transactions),
    ...createMediaWriter(database, transactions, writeTimeoutMs),
    ...openCompilations(database, prepare, timeoutMs, writeTimeoutMs),
    saveResponse,
    findBySlug: async (slug) => (await readStories(STORED_BY_SLUG, slug))[0],
    findById: async (id) => (await readStories(STORED_BY_ID, id))[0],
    findByPath: async (path) => (await readStories(STORED_BY_PATH, path))[0],
    findByAlias: async (alias) => (await readStories(STORED_BY_ALIAS, alias))[0],
    listStories: async (after, limit) => (await read<ListedStoryRow>(LISTED_AFTER, after, limit)).map(toListedStory),
    async readSource({ number }) {
      const [row] = await read<{ source: ArrayLike<number> }>("SELECT source FROM sources WHERE story = ?1", number);
      return Uint8Array.from(row?.source ?? []);
    },
    isErased: async (id) => (await read("SELECT id FROM erased WHERE id = ?1", id)).length > 0,
    async findSlugs(paths) {
      const rows = await readWhereIn<{ path: string; slug: string }>(
        "SELECT path, slug FROM stories WHERE path",
        paths,
      );
      return Object.fromEntries(rows.map(({ path, slug }) => [path, slug]));
    },
    findMedia: async (path) => (await read<MediaRow>(MEDIA, path))[0],
    async listMedia(after, limit) {
      const query = `SELECT ${MEDIA_COLUMNS} FROM media WHERE path > ?1 ORDER BY path LIMIT ?2`;
      const rows = await read<MediaRow>(query, after, limit);
      return rows.map((row) => ({ path: row.path, digest: row.digest, ...toMediaFile(row) }));
    },
    async findMediaFiles(paths) {
      const rows = await readWhereIn<MediaRow>(`SELECT ${MEDIA_COLUMNS} FROM media WHERE path`, paths);
      return Object.fromEntries(rows.map((row) => [row.path, toMediaFile(row)]));
    },
    findEditor: async (tokenHash) =>
      (await read<EditorRow>("SELECT name, role, at FROM editors WHERE token_hash = ?1", tokenHash))[0],
    listEditors: () => read<EditorRow>("SELECT name, role, at FROM editors ORDER BY name"),
    async addEditor(name, role, tokenHash, now, by) {
      const insert = prepare(
        "INSERT INTO editors (name, role, token_hash, at) VALUES (?1, ?2, ?3, ?4)",
        ...[name, role, tokenHash, now],
      );
      return commit([insert], now, { editor: by, action: "add editor", subject: name, changes: [role] });
    },
    async removeEditor(name, now, by) {
      const rows = await read("SELECT name FROM editors WHERE name = ?1", name);
      if (rows.length === 0) return false;
      const remove = prepare("DELETE FROM editors WHERE name = ?1", name);
      await commit([remove], now, { editor: by, action: "revoke editor", subject: name, changes: [] });
      return true;
    },
    async findResponse(editor, key) {
      const [row] = await read<Omit<SavedResponse, "requestDigest"> & { readonly request: string }>(
        "SELECT request, status, version, body FROM answers WHERE editor = ?1 AND key = ?2",
        editor,
        key,
      );
      return row && { requestDigest: row.request, status: row.status, body: row.body, version: row.version };
    },
    async listAuditLog(before, limit) {
      const rows = await read<Omit<AuditLogEntry, "changes"> & { readonly changes: string }>(
        "SELECT number, at, editor, action, subject, changes FROM log WHERE number < ?1 ORDER BY number DESC LIMIT ?2",
        before,
        limit,
      );
      return rows.map((row) => ({ ...row, changes: JSON.parse(row.changes) }));
    },
  };
};
