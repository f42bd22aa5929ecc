import { withTimeout } from "../../lib/with-timeout.ts";
import type { Instant } from "../../model/instant.ts";
import type { MediaFile } from "../../model/media.ts";
import { requireDigest, requireUnused } from "./conditions.ts";
import type { Bind } from "./memberships.ts";
import { OWN_FILES } from "./queries.ts";
import { readRows } from "./read-rows.ts";
import type { StoredStory } from "./story-row.ts";
import type { AuditEvent, Outcome, Transactions } from "./transaction.ts";

/** Milliseconds for which bytes stay that nobody names any longer: somebody may just be reading them. */
const GRACE_PERIOD_MS = 60_000;

/** Milliseconds after which an upload that has not come to an end has failed. */
const UPLOAD_TIMEOUT_MS = 3_600_000;

/** A media file that is to be written: its bytes are in the bucket already. */
export interface MediaEdit {
  readonly path: string;
  readonly file: MediaFile;
  /** SHA-256 of the bytes, in hex. */
  readonly digest: string;
  /** Key of the bytes. */
  readonly object: string;
  /** Digest of what it takes the place of; nothing where there is none. */
  readonly former: string | undefined;
}

/** Writes the facts of media files into D1, and keeps account of the bytes that are to be deleted. */
export interface D1MediaWriter {
  /** Says that bytes are about to come: unless they become a file's, they are deleted after a while. */
  expectUpload(object: string, now: Instant): Promise<void>;
  /** Notes a media file; "changed" where `former` is not there any longer. */
  putMedia(edit: MediaEdit, now: Instant, event: AuditEvent): Promise<Outcome>;
  /** Forgets a media file; "changed" where it has other bytes by now, or a story uses it. */
  removeMedia(path: string, former: string, now: Instant, event: AuditEvent): Promise<Outcome>;
  /** Bytes that are to be deleted now. */
  unusedObjects(now: Instant, limit: number): Promise<readonly string[]>;
  /** They are deleted. */
  forgetObjects(objects: readonly string[]): Promise<void>;
}

const markUnused = (bind: Bind, where: string, now: Instant, value: string | number): D1PreparedStatement =>
  bind(
    `INSERT OR REPLACE INTO doomed (object, due) SELECT object, ?2 FROM media WHERE ${where}`,
    value,
    now + GRACE_PERIOD_MS,
  );

/** Statements that delete the media files that only a story uses, and take their names out of the log. */
export const deleteOwnMedia = (bind: Bind, { number, item }: StoredStory, now: Instant) => [
  markUnused(bind, `path IN (${OWN_FILES})`, now, number),
  bind(
    `UPDATE log SET subject = ?2 WHERE action IN ('put media', 'delete media')
    AND subject IN (SELECT path FROM media WHERE path IN (${OWN_FILES}))`,
    number,
    item.id,
  ),
  bind(`DELETE FROM media WHERE path IN (${OWN_FILES})`, number),
];

/** The media writer of a database. Time-out in milliseconds. */
export const createD1MediaWriter = (
  database: D1Database,
  { bind, begin, finish, commit }: Transactions,
  timeoutMs: number,
): D1MediaWriter => ({
  async expectUpload(object, now) {
    await withTimeout(
      bind("INSERT INTO doomed (object, due) VALUES (?1, ?2)", object, now + UPLOAD_TIMEOUT_MS).run(),
      timeoutMs,
    );
  },
  putMedia: ({ path, file, digest, object, former }, now, event) =>
    commit([
      requireDigest(bind, path, former),
      ...begin(now),
      markUnused(bind, "path = ?1", now, path),
      bind(
        `INSERT OR REPLACE INTO media (path, type, length, digest, width, height, object)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)`,
        ...[path, file.type, file.length, digest, file.width ?? null, file.height ?? null, object],
      ),
      bind("DELETE FROM doomed WHERE object = ?1", object),
      ...finish(now, event),
    ]),
  removeMedia: (path, former, now, event) =>
    commit([
      requireDigest(bind, path, former),
      requireUnused(bind, path),
      markUnused(bind, "path = ?1", now, path),
      bind("DELETE FROM media WHERE path = ?1", path),
      ...finish(now, event),
    ]),
  async unusedObjects(now, limit) {
    const query = "SELECT object FROM doomed WHERE due <= ?1 ORDER BY due LIMIT ?2";
    const rows = await readRows<{ object: string }>(database, timeoutMs, query, [now, limit]);
    return rows.map(({ object }) => object);
  },
  async forgetObjects(objects) {
    const forget = "DELETE FROM doomed WHERE object IN (SELECT value FROM json_each(?1))";
    await withTimeout(bind(forget, JSON.stringify(objects)).run(), timeoutMs);
  },
});
