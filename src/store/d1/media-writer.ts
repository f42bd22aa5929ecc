import { withTimeout } from "../../lib/with-timeout.ts";
import type { Instant } from "../../model/instant.ts";
import type { MediaFile } from "../../model/media.ts";
import { outdateStories } from "./compilations.ts";
import { requireDigest, requireUnused } from "./conditions.ts";
import { EXCLUSIVE_MEDIA } from "./queries.ts";
import { type Prepare, readRows, type SqlValue, type StoredStory } from "./rows.ts";
import type { AuditEvent, Transactions, WriteOutcome } from "./transaction.ts";

/** How long the bytes of a deleted file stay in the bucket: a reader may be downloading them. */
const GRACE_PERIOD_MS = 60_000;

/** After how long an upload that was not completed has failed. */
const UPLOAD_TIMEOUT_MS = 3_600_000;

/** A media file as it is to be stored. Its bytes are in the bucket already. */
export interface MediaEdit {
  readonly path: string;
  readonly file: MediaFile;
  /** SHA-256 of the bytes, in hex. */
  readonly digest: string;
  /** Key of the bytes in the bucket. */
  readonly object: string;
  /** Digest of the file that it replaces; undefined if there is none. */
  readonly formerDigest: string | undefined;
}

/** Writes media files, and keeps the list of objects that are to be deleted from the bucket (the table `doomed`). */
export interface MediaWriter {
  /**
   * To be called before an upload: lists its object for deletion, which happens unless `putMedia` follows within an
   * hour.
   */
  registerUpload(object: string, now: Instant): Promise<void>;
  /**
   * Writes a media file, and has the stories that use it compiled again; a conflict if the file it replaces has another
   * digest by now.
   */
  putMedia(edit: MediaEdit, now: Instant, event: AuditEvent): Promise<WriteOutcome>;
  /** Deletes a media file; a conflict if it has another digest by now, or a story uses it. */
  deleteMedia(path: string, digest: string, now: Instant, event: AuditEvent): Promise<WriteOutcome>;
  /** The keys of objects that are due for deletion, the longest due first. */
  objectsToDelete(now: Instant, limit: number): Promise<readonly string[]>;
  /** Removes objects from the list once they are deleted. */
  confirmDeletion(objects: readonly string[]): Promise<void>;
}

/** Lists the objects of media files for deletion. `where` is an SQL condition in which ?1 is `value`. */
const scheduleDeletion = (prepare: Prepare, where: string, value: SqlValue, now: Instant): D1PreparedStatement =>
  prepare(
    `INSERT OR REPLACE INTO doomed (object, due) SELECT object, ?2 FROM media WHERE ${where}`,
    value,
    now + GRACE_PERIOD_MS,
  );

/** Statements that delete the media files which only this story uses, and remove their names from the audit log. */
export const deleteExclusiveMedia = (prepare: Prepare, { number, item }: StoredStory, now: Instant) => [
  scheduleDeletion(prepare, `path IN (${EXCLUSIVE_MEDIA})`, number, now),
  prepare(
    `UPDATE log SET subject = ?2 WHERE action IN ('put media', 'delete media')
    AND subject IN (SELECT path FROM media WHERE path IN (${EXCLUSIVE_MEDIA}))`,
    number,
    item.id,
  ),
  prepare(`DELETE FROM media WHERE path IN (${EXCLUSIVE_MEDIA})`, number),
];

/** The media writer of a database; each statement outside of `transactions` may take `timeoutMs`. */
export const createMediaWriter = (
  database: D1Database,
  { prepare, newRevision, commit }: Transactions,
  timeoutMs: number,
): MediaWriter => ({
  async registerUpload(object, now) {
    await withTimeout(
      prepare("INSERT INTO doomed (object, due) VALUES (?1, ?2)", object, now + UPLOAD_TIMEOUT_MS).run(),
      timeoutMs,
    );
  },
  putMedia({ path, file, digest, object, formerDigest }, now, event) {
    const statements = [
      requireDigest(prepare, path, formerDigest),
      // Stories name the file by its path, so that no edition has anything of its bytes.
      newRevision(now, "hidden"),
      scheduleDeletion(prepare, "path = ?1", path, now),
      // Their Items say what the file was before: its type, length and size in pixels.
      outdateStories(prepare, "number IN (SELECT story FROM media_uses WHERE path = ?1)", path),
      prepare(
        `INSERT OR REPLACE INTO media (path, type, length, digest, width, height, object)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`,
        ...[path, file.type, file.length, digest, file.width ?? null, file.height ?? null, object],
      ),
      prepare("DELETE FROM doomed WHERE object = ?1", object),
    ];
    return commit(statements, now, event);
  },
  deleteMedia(path, digest, now, event) {
    const statements = [
      requireDigest(prepare, path, digest),
      requireUnused(prepare, path),
      scheduleDeletion(prepare, "path = ?1", path, now),
      prepare("DELETE FROM media WHERE path = ?1", path),
    ];
    return commit(statements, now, event);
  },
  async objectsToDelete(now, limit) {
    const query = "SELECT object FROM doomed WHERE due <= ?1 ORDER BY due LIMIT ?2";
    const rows = await readRows<{ object: string }>(database, timeoutMs, query, [now, limit]);
    return rows.map(({ object }) => object);
  },
  async confirmDeletion(objects) {
    const query = "DELETE FROM doomed WHERE object IN (SELECT value FROM json_each(?1))";
    await withTimeout(prepare(query, JSON.stringify(objects)).run(), timeoutMs);
  },
});
