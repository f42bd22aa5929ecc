import type { Instant } from "../../model/instant.ts";
import type { MediaFile } from "../../model/media.ts";
import { MEDIA_COLUMNS, type MediaRow, toMediaFile } from "./media-row.ts";
import { createD1MediaWriter, type D1MediaWriter } from "./media-writer.ts";
import { MEDIA, STORED_AFTER, STORED_BY_ALIAS, STORED_BY_ID, STORED_BY_PATH, STORED_BY_SLUG } from "./queries.ts";
import { type Bindable, readRows } from "./read-rows.ts";
import { type StoredRow, type StoredStory, toStored } from "./story-row.ts";
import { createD1Writer, type D1Writer } from "./story-writer.ts";
import { createTransactions, type Transactions } from "./transaction.ts";

/** Someone who may write, as the database knows them. */
export interface EditorRow {
  readonly name: string;
  readonly role: string;
  readonly at: Instant;
}

/** An entry of the log: who did what, and when. */
export interface AuditLogEntry {
  readonly number: number;
  readonly at: Instant;
  readonly editor: string;
  readonly action: string;
  readonly subject: string;
  /** Names of the keys that changed. */
  readonly changes: readonly string[];
}

/** An answer that was given to a write before. */
export interface GivenResponse {
  readonly request: string;
  readonly status: number;
  readonly version: number;
  readonly body: string;
}

/** A media file in a list. */
export interface StoredFile extends MediaFile {
  readonly path: string;
  /** SHA-256 of the bytes, in hex. */
  readonly digest: string;
}

/** Where editors read and write: everything comes straight from the primary database. */
export interface NewsroomRepository extends D1Writer, D1MediaWriter, Pick<Transactions, "saveResponse"> {
  bySlug(slug: string): Promise<StoredStory | undefined>;
  byId(id: string): Promise<StoredStory | undefined>;
  byPath(path: string): Promise<StoredStory | undefined>;
  byAlias(alias: string): Promise<StoredStory | undefined>;
  /** Stories in the order in which they came, after a number. */
  after(number: number, limit: number): Promise<readonly StoredStory[]>;
  /** What the writer sent, to the byte. */
  sourceOf(story: StoredStory): Promise<Uint8Array>;
  isErased(id: string): Promise<boolean>;
  /** Slugs by path, of those among `paths` that there are. */
  slugsOf(paths: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /** A media file with all that is known of it. */
  mediaAt(path: string): Promise<MediaRow | undefined>;
  /** Media files after a path, in the order of their paths. */
  mediaAfter(path: string, limit: number): Promise<readonly StoredFile[]>;
  /** Media files by path, of those among `paths` that there are. */
  mediaOf(paths: readonly string[]): Promise<Readonly<Record<string, MediaFile>>>;
  editorByHash(tokenHash: string): Promise<EditorRow | undefined>;
  editors(): Promise<readonly EditorRow[]>;
  addEditor(name: string, role: string, tokenHash: string, now: Instant, by: string): Promise<"written" | "changed">;
  /** Whether there was one. */
  removeEditor(name: string, now: Instant, by: string): Promise<boolean>;
  responseTo(editor: string, key: string): Promise<GivenResponse | undefined>;
  /** Entries before a number, the newest first. */
  auditLogBefore(number: number, limit: number): Promise<readonly AuditLogEntry[]>;
}

/** SQLite allows a hundred parameters in D1. */
const MAX_PARAMETERS = 100;

/** Opens the desk of a database. Time-outs of reading and writing in milliseconds. */
export const openNewsroomRepository = (
  database: D1Database,
  timeoutMs: number,
  writeTimeOut: number,
): NewsroomRepository => {
  const all = <Row>(query: string, ...values: readonly Bindable[]): Promise<readonly Row[]> =>
    readRows<Row>(database, timeoutMs, query, values);
  const stored = async (query: string, ...values: readonly Bindable[]): Promise<readonly StoredStory[]> =>
    (await all<StoredRow>(query, ...values)).map(toStored);
  const transactions = createTransactions(database, writeTimeOut);
  const { bind, finish, commit, saveResponse } = transactions;

  const among = async <Row>(select: string, values: readonly string[]): Promise<readonly Row[]> => {
    const rows: Row[] = [];
    for (let from = 0; from < values.length; from += MAX_PARAMETERS) {
      const some = values.slice(from, from + MAX_PARAMETERS);
      rows.push(...(await all<Row>(`${select} IN (${some.map((_, index) => `?${index + 1}`).join(", ")})`, ...some)));
    }
    return rows;
  };

  return {
    ...createD1Writer(transactions),
    ...createD1MediaWriter(database, transactions, writeTimeOut),
    saveResponse,
    bySlug: async (slug) => (await stored(STORED_BY_SLUG, slug))[0],
    byId: async (id) => (await stored(STORED_BY_ID, id))[0],
    byPath: async (path) => (await stored(STORED_BY_PATH, path))[0],
    byAlias: async (alias) => (await stored(STORED_BY_ALIAS, alias))[0],
    after: (number, limit) => stored(STORED_AFTER, number, limit),
    async sourceOf({ number }) {
      const [row] = await all<{ source: ArrayLike<number> }>("SELECT source FROM sources WHERE story = ?1", number);
      return Uint8Array.from(row?.source ?? []);
    },
    isErased: async (id) => (await all("SELECT id FROM erased WHERE id = ?1", id)).length > 0,
    async slugsOf(paths) {
      const rows = await among<{ path: string; slug: string }>("SELECT path, slug FROM stories WHERE path", paths);
      return Object.fromEntries(rows.map(({ path, slug }) => [path, slug]));
    },
    async mediaOf(paths) {
      const rows = await among<MediaRow>(`SELECT ${MEDIA_COLUMNS} FROM media WHERE path`, paths);
      return Object.fromEntries(rows.map((row) => [row.path, toMediaFile(row)]));
    },
    mediaAt: async (path) => (await all<MediaRow>(MEDIA, path))[0],
    async mediaAfter(path, limit) {
      const query = `SELECT ${MEDIA_COLUMNS} FROM media WHERE path > ?1 ORDER BY path LIMIT ?2`;
      const rows = await all<MediaRow>(query, path, limit);
      return rows.map((row) => ({ path: row.path, digest: row.digest, ...toMediaFile(row) }));
    },
    editorByHash: async (tokenHash) =>
      (await all<EditorRow>("SELECT name, role, at FROM editors WHERE token_hash = ?1", tokenHash))[0],
    editors: () => all<EditorRow>("SELECT name, role, at FROM editors ORDER BY name"),
    async addEditor(name, role, tokenHash, now, by) {
      const insert = bind(
        "INSERT INTO editors (name, role, token_hash, at) VALUES (?1, ?2, ?3, ?4)",
        ...[name, role, tokenHash, now],
      );
      const event = { editor: by, action: "add editor", subject: name, changes: [role] };
      return (await commit([insert, ...finish(now, event)])).kind;
    },
    async removeEditor(name, now, by) {
      const rows = await all("SELECT name FROM editors WHERE name = ?1", name);
      if (rows.length === 0) return false;
      const event = { editor: by, action: "revoke editor", subject: name, changes: [] };
      await commit([bind("DELETE FROM editors WHERE name = ?1", name), ...finish(now, event)]);
      return true;
    },
    responseTo: async (editor, key) =>
      (
        await all<GivenResponse>(
          "SELECT request, status, version, body FROM answers WHERE editor = ?1 AND key = ?2",
          editor,
          key,
        )
      )[0],
    async auditLogBefore(number, limit) {
      const rows = await all<Omit<AuditLogEntry, "changes"> & { readonly changes: string }>(
        "SELECT number, at, editor, action, subject, changes FROM log WHERE number < ?1 ORDER BY number DESC LIMIT ?2",
        number,
        limit,
      );
      return rows.map((row) => ({ ...row, changes: JSON.parse(row.changes) }));
    },
  };
};
