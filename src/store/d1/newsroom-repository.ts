import { withTimeout } from "../../lib/with-timeout.ts";
import type { Instant } from "../../model/instant.ts";
import type { Item } from "../../model/item.ts";
import type { MediaFile } from "../../model/media.ts";
import { type Compilations, openCompilations } from "./compilations.ts";
import { requireUnusedName } from "./conditions.ts";
import { type ContractWriter, createContractWriter, type StoredContract } from "./contracts/contract-writer.ts";
import type { ContractRow } from "./contracts/d1-contracts.ts";
import { readSelections } from "./fill-selections.ts";
import { createMediaWriter, type MediaWriter } from "./media-writer.ts";
import { translationsList } from "./memberships.ts";
import { createPreviewKeys, type PreviewKey } from "./preview-keys.ts";
import {
  CONTRACT,
  EDITOR_BY_TOKEN,
  EDITORS_AFTER,
  LISTED_AFTER,
  MARKED_BY_OTHERS,
  MEDIA,
  MEDIA_BY_PATHS,
  PREVIEW_KEY_OF,
  SLUGS_BY_PATHS,
  STORED_BY_ID,
  STORED_BY_SLUG,
  TAKEN_NAMES,
  TRANSLATION_BY_ID,
  TRANSLATIONS_IN,
  UNUSED_SCOPES,
  VALID_PREVIEW_KEY,
  WITH_SOURCE_BY_SLUG,
} from "./queries.ts";
import {
  type ListedStory,
  type ListedStoryRow,
  MEDIA_COLUMNS,
  type MediaRow,
  readRows,
  type SqlValue,
  type StoredStory,
  type StoredStoryRow,
  type StoryWithSource,
  type StoryWithSourceRow,
  toListedStory,
  toMediaFile,
  toStoredStory,
  toStoryWithSource,
} from "./rows.ts";
import { createStoryWriter, type StoryWriter } from "./story-writer.ts";
import {
  createTransactions,
  type TransactionSettings,
  type Transactions,
  type WriteOutcome,
  type Writer,
} from "./transaction.ts";

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
  /** The role that the write took. */
  readonly role: string;
}

/** A story as far as it matters for translations of each other. */
export interface StoredTranslation {
  readonly id: string;
  readonly slug: string;
  /** BCP 47. */
  readonly language: string;
  /** The id of the story that it names as its original. */
  readonly translationOf?: string;
}

interface TranslationRow {
  readonly id: string;
  readonly slug: string;
  readonly language: string | null;
  readonly translationOf: string | null;
}

/** A name of a story that another story has. */
export interface TakenName {
  /** What it is of the other story. */
  readonly kind: "slug" | "alias" | "path";
  readonly name: string;
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
export interface NewsroomRepository
  extends StoryWriter,
    MediaWriter,
    ContractWriter,
    Compilations,
    Pick<Transactions, "saveResponse"> {
  /** The contract with a partner. */
  findContract(name: string): Promise<StoredContract | undefined>;
  findBySlug(slug: string): Promise<StoredStory | undefined>;
  findById(id: string): Promise<StoredStory | undefined>;
  /** A story and the bytes that its editor sent, both of the same version. */
  findWithSource(slug: string): Promise<StoryWithSource | undefined>;
  /** Which of these slugs and aliases, and whether this path, other stories than the one with this id have. */
  findTakenNames(id: string, names: readonly string[], path: string): Promise<readonly TakenName[]>;
  /** Stories whose number is greater than `after`, ascending by number, with empty HTML. */
  listStories(after: number, limit: number): Promise<readonly ListedStory[]>;
  /**
   * The other stories that matter for the translations of one: those that name it as their original, the one that it names, and those
   * that name that one.
   */
  findTranslations(item: Pick<Item, "id" | "translationOf">): Promise<readonly StoredTranslation[]>;
  /** Whether a story with this id was erased. */
  isErased(id: string): Promise<boolean>;
  /** The slugs of the stories that have these paths, by path; paths without a story are left out. */
  findSlugs(paths: readonly string[]): Promise<Readonly<Record<string, string>>>;
  findMedia(path: string): Promise<MediaRow | undefined>;
  /** Media files whose path comes after `after`, ascending by path. */
  listMedia(after: string, limit: number): Promise<readonly ListedMedia[]>;
  /** The media files that have these paths, by path; paths without a file are left out. */
  findMediaFiles(paths: readonly string[]): Promise<Readonly<Record<string, MediaFile>>>;
  /** Which of the scopes with these names no story is in. */
  findUnusedScopes(names: readonly string[]): Promise<readonly string[]>;
  /** Which of these media files other stories than the one with the path `story` mark as not distributable. */
  findMarked(paths: readonly string[], story: string): Promise<readonly string[]>;
  /** The editor whose token has this SHA-256 (hex). */
  findEditor(tokenHash: string): Promise<EditorRow | undefined>;
  /** Editors whose name comes after `after`, ascending by name. */
  listEditors(after: string, limit: number): Promise<readonly EditorRow[]>;
  /** Adds an editor; a conflict if there is one of this name, however capitalized. `by` is the editor who does it. */
  addEditor(name: string, role: string, tokenHash: string, now: Instant, by: Writer): Promise<WriteOutcome>;
  /** Removes an editor, with preview key and saved responses; false if there is none of this name. */
  removeEditor(name: string, now: Instant, by: Writer): Promise<boolean>;
  /** The response that an editor's write with this Idempotency-Key got. */
  findResponse(editor: Writer, key: string): Promise<SavedResponse | undefined>;
  /** The key that signs an editor's preview links. `created` becomes it if there is none yet. */
  providePreviewKey(editor: Writer, created: PreviewKey): Promise<PreviewKey>;
  /**
   * The preview key with this id, mostly from memory: it may have been deleted meanwhile, and one that another isolate
   * created in the last `refreshIntervalMs` may be missing.
   */
  findPreviewKey(id: string, now: Instant): Promise<PreviewKey | undefined>;
  /** Whether there is a preview key with this id, and its editor was not revoked, nor the owner's token replaced. */
  isPreviewKeyValid(id: string, ownerTokenHash: string): Promise<boolean>;
  /** Deletes all preview keys: no preview link is valid any longer. */
  deletePreviewKeys(now: Instant, by: Writer): Promise<void>;
  /** Entries of the audit log whose number is less than `before`, the latest first. */
  listAuditLog(before: number, limit: number): Promise<readonly AuditLogEntry[]>;
}

/** More languages than a story is translated into. */
const MAX_TRANSLATIONS = 200;

/** How many values a query gets in one JSON list: less than the 2 MB that D1 allows a parameter, however long they are. */
const MAX_VALUES = 1000;

/** What the repository depends on. */
export interface RepositorySettings extends Omit<TransactionSettings, "timeoutMs"> {
  /** How long a read may take. */
  readonly timeoutMs: number;
  /** How long a write may take. */
  readonly writeTimeoutMs: number;
  /** Milliseconds for which an isolate may not notice what another one wrote. */
  readonly refreshIntervalMs: number;
  /** BCP 47: the language of stories that state none. */
  readonly siteLanguage: string;
}

/** Opens the newsroom's repository in a database. */
export const openNewsroomRepository = (
  database: D1Database,
  { timeoutMs, writeTimeoutMs, refreshIntervalMs, siteLanguage, ...settings }: RepositorySettings,
): NewsroomRepository => {
  const read = <Row>(query: string, ...values: readonly SqlValue[]): Promise<readonly Row[]> =>
    readRows<Row>(database, timeoutMs, query, values);
  const readStories = async (query: string, ...values: readonly SqlValue[]): Promise<readonly StoredStory[]> =>
    (await read<StoredStoryRow>(query, ...values)).map(toStoredStory);
  const transactions = createTransactions(database, { timeoutMs: writeTimeoutMs, ...settings });
  const { prepare, commit, saveResponse } = transactions;
  const previewKeys = createPreviewKeys({
    readAll: (limit) => read<PreviewKey>("SELECT id, secret FROM preview_keys LIMIT ?1", limit),
    readOne: async (id) => (await read<PreviewKey>("SELECT id, secret FROM preview_keys WHERE id = ?1", id))[0],
    refreshIntervalMs,
    waitUntil: settings.waitUntil,
  });

  /** The rows of a query whose first parameter is a list, of any length. */
  const readForEach = async <Row>(
    query: string,
    values: readonly string[],
    ...others: readonly SqlValue[]
  ): Promise<readonly Row[]> => {
    const rows: Row[] = [];
    for (let from = 0; from < values.length; from += MAX_VALUES)
      rows.push(...(await read<Row>(query, JSON.stringify(values.slice(from, from + MAX_VALUES)), ...others)));
    return rows;
  };

  return {
    ...createStoryWriter(transactions, (stories) => readSelections(database, timeoutMs, stories)),
    ...createMediaWriter(database, transactions, writeTimeoutMs),
    ...createContractWriter(transactions, siteLanguage),
    async findContract(name) {
      const [row] = await read<ContractRow>(CONTRACT, name);
      return row && { partner: JSON.parse(row.contract), version: row.version };
    },
    ...openCompilations(database, prepare, timeoutMs, writeTimeoutMs),
    saveResponse,
    findBySlug: async (slug) => (await readStories(STORED_BY_SLUG, slug))[0],
    findById: async (id) => (await readStories(STORED_BY_ID, id))[0],
    async findWithSource(slug) {
      const [row] = await read<StoryWithSourceRow>(WITH_SOURCE_BY_SLUG, slug);
      return row && toStoryWithSource(row);
    },
    findTakenNames: (id, names, path) => read<TakenName>(TAKEN_NAMES, id, JSON.stringify(names), path),
    listStories: async (after, limit) => (await read<ListedStoryRow>(LISTED_AFTER, after, limit)).map(toListedStory),
    async findTranslations({ id, translationOf }) {
      const named = (originalId: string) =>
        read<TranslationRow>(TRANSLATIONS_IN, translationsList(originalId), MAX_TRANSLATIONS);
      const rows = await Promise.all([
        named(id),
        ...(translationOf === undefined
          ? []
          : [read<TranslationRow>(TRANSLATION_BY_ID, translationOf), named(translationOf)]),
      ]);
      return rows
        .flat()
        .filter((row) => row.id !== id)
        .map((row) => ({
          ...{ id: row.id, slug: row.slug, language: row.language ?? siteLanguage },
          ...(row.translationOf !== null && { translationOf: row.translationOf }),
        }));
    },
    isErased: async (id) => (await read("SELECT id FROM erased WHERE id = ?1", id)).length > 0,
    async findSlugs(paths) {
      const rows = await readForEach<{ path: string; slug: string }>(SLUGS_BY_PATHS, paths);
      return Object.fromEntries(rows.map(({ path, slug }) => [path, slug]));
    },
    findMedia: async (path) => (await read<MediaRow>(MEDIA, path))[0],
    async listMedia(after, limit) {
      const query = `SELECT ${MEDIA_COLUMNS} FROM media WHERE path > ?1 ORDER BY path LIMIT ?2`;
      const rows = await read<MediaRow>(query, after, limit);
      return rows.map((row) => ({ path: row.path, digest: row.digest, ...toMediaFile(row) }));
    },
    async findMediaFiles(paths) {
      const rows = await readForEach<MediaRow>(MEDIA_BY_PATHS, paths);
      return Object.fromEntries(rows.map((row) => [row.path, toMediaFile(row)]));
    },
    async findUnusedScopes(names) {
      return (await readForEach<{ scope: string }>(UNUSED_SCOPES, names)).map(({ scope }) => scope);
    },
    async findMarked(paths, story) {
      const rows = await readForEach<{ path: string }>(MARKED_BY_OTHERS, paths, story);
      return rows.map(({ path }) => path);
    },
    findEditor: async (tokenHash) => (await read<EditorRow>(EDITOR_BY_TOKEN, tokenHash))[0],
    listEditors: (after, limit) => read<EditorRow>(EDITORS_AFTER, after, limit),
    async addEditor(name, role, tokenHash, now, by) {
      const statements = [
        requireUnusedName(prepare, name),
        prepare(
          "INSERT INTO editors (name, role, token_hash, at) VALUES (?1, ?2, ?3, ?4)",
          ...[name, role, tokenHash, now],
        ),
      ];
      return commit(statements, now, { editor: by, action: "add editor", subject: name, changes: [role] });
    },
    async removeEditor(name, now, by) {
      const rows = await read("SELECT name FROM editors WHERE name = ?1", name);
      if (rows.length === 0) return false;
      const tokenHash = "(SELECT token_hash FROM editors WHERE name = ?1)";
      const statements = [
        prepare(`DELETE FROM answers WHERE editor = ${tokenHash}`, name),
        prepare(`DELETE FROM preview_keys WHERE token_hash = ${tokenHash}`, name),
        prepare("DELETE FROM editors WHERE name = ?1", name),
      ];
      await commit(statements, now, { editor: by, action: "revoke editor", subject: name, changes: [] });
      return true;
    },
    async findResponse({ tokenHash }, key) {
      const [row] = await read<Omit<SavedResponse, "requestDigest"> & { readonly request: string }>(
        "SELECT request, status, version, body, role FROM answers WHERE editor = ?1 AND key = ?2",
        tokenHash,
        key,
      );
      if (row === undefined) return undefined;
      const { request, ...response } = row;
      return { requestDigest: request, ...response };
    },
    async providePreviewKey({ tokenHash }, { id, secret }) {
      const [stored] = await read<PreviewKey>(PREVIEW_KEY_OF, tokenHash);
      if (stored !== undefined) return stored;
      const insert = prepare(
        "INSERT OR IGNORE INTO preview_keys (id, token_hash, secret) VALUES (?1, ?2, ?3)",
        ...[id, tokenHash, secret],
      );
      await withTimeout(insert.run(), writeTimeoutMs);
      previewKeys.invalidate();
      // Another request may have been the first.
      const [key] = await read<PreviewKey>(PREVIEW_KEY_OF, tokenHash);
      return key ?? { id, secret };
    },
    findPreviewKey: previewKeys.find,
    async isPreviewKeyValid(id, ownerTokenHash) {
      const isValid = (await read(VALID_PREVIEW_KEY, id, ownerTokenHash)).length > 0;
      if (!isValid) previewKeys.forget(id);
      return isValid;
    },
    async deletePreviewKeys(now, by) {
      const event = { editor: by, action: "end previews", subject: "previews", changes: [] };
      await commit([prepare("DELETE FROM preview_keys")], now, event);
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
