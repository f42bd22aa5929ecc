import { isOutage } from "../../lib/is-outage.ts";
import { TokenRevoked } from "../../lib/token-revoked.ts";
import { withTimeout } from "../../lib/with-timeout.ts";
import { DAY_MS, type Instant } from "../../model/instant.ts";
import { requireEditor } from "./conditions.ts";
import { EDITOR_BY_TOKEN } from "./queries.ts";
import { type Prepare, readRows } from "./rows.ts";
import { explainMissingMigration, SCHEMA } from "./schema.ts";

/** Who writes. */
export interface Writer {
  readonly name: string;
  /** SHA-256 of their token (hex). */
  readonly tokenHash: string;
  /** Whether the token is one of the table `editors`, from which it can be deleted while the request is under way. */
  readonly isRevocable: boolean;
}

/** What the audit log says of a write: names of keys, never texts. */
export interface AuditEvent {
  readonly editor: Writer;
  readonly action: string;
  /** What was written: a slug, a media path or an editor's name. */
  readonly subject: string;
  /** Id of the story that was written, if it was one. */
  readonly story?: string;
  /** Names of the keys that changed. */
  readonly changes: readonly string[];
}

/**
 * The response to a write with an Idempotency-Key. It is stored, so that the same request gets it again and does
 * nothing twice.
 */
export interface ReplayableResponse {
  /** The Idempotency-Key. */
  readonly key: string;
  /** Digest of the request. */
  readonly requestDigest: string;
  readonly status: number;
  readonly body: string;
  /** Id of the story that was written. */
  readonly story: string;
  /** The role that the write took: who does not have it does not get the response either. */
  readonly role: string;
}

/**
 * The outcome of a write. `version` is the number of the revision that it made. A conflict: something was written since
 * the state was read that the write depends on, so nothing was written.
 */
export type WriteOutcome = { readonly kind: "written"; readonly version: number } | { readonly kind: "conflict" };

/**
 * What a write means for readers. `hidden`: nothing, no reader can notice it. `public`: they see something else. `removal`:
 * no edition of an earlier revision may be shown to them any longer.
 */
export type PublicEffect = "hidden" | "public" | "removal";

/** SQL for the number of the current revision: within a transaction, of the one that it makes. */
export const REVISION_NUMBER = "(SELECT number FROM revision WHERE only_row = 1)";

/** Says that data of this code's schema exists: part of every transaction. */
export const recordSchema = (prepare: Prepare): D1PreparedStatement =>
  prepare("UPDATE revision SET schema = ?1 WHERE schema < ?1", SCHEMA);

/** How far the time of a revision may run ahead of the clock. */
const MAX_AHEAD_MS = 60_000;

/** Writes of the newsroom: each is one transaction with an entry in the audit log. */
export interface Transactions {
  readonly prepare: Prepare;
  /** A statement that begins a new revision. That of readers is the last one whose effect was not `hidden`. */
  newRevision(now: Instant, effect: PublicEffect): D1PreparedStatement;
  /**
   * Runs all statements and records the event, and the response if one is given, or does nothing: a conflict if one of
   * the statements' conditions is false or a name is taken. Rejects with TokenRevoked if the editor has been revoked; if
   * the database fails; or with Unavailable if it does not answer in time, and then the transaction may have been
   * committed all the same.
   */
  commit(
    statements: readonly D1PreparedStatement[],
    now: Instant,
    event: AuditEvent,
    response?: ReplayableResponse,
  ): Promise<WriteOutcome>;
  /** Stores the response to a write that changed nothing. */
  saveResponse(editor: Writer, version: number, response: ReplayableResponse, now: Instant): Promise<void>;
}

/**
 * The constraints that two writes can violate which are each valid, as SQLite names them: the CHECK of a condition, and
 * unique names. Any other one that is violated is a mistake of ours.
 */
const CONFLICTS = [
  "CHECK constraint failed: holds = 1",
  "UNIQUE constraint failed: stories.slug",
  "UNIQUE constraint failed: stories.path",
  "UNIQUE constraint failed: aliases.alias",
  "UNIQUE constraint failed: answers.editor, answers.key",
  "UNIQUE constraint failed: editors.name",
];

/** Whether a transaction failed because what it depends on is no longer as it was read. */
export const isConflict = (error: unknown): boolean =>
  error instanceof Error && CONFLICTS.some((constraint) => error.message.includes(constraint));

/** What the transactions of a database depend on. */
export interface TransactionSettings {
  /** How long a transaction may take. */
  readonly timeoutMs: number;
  /** Called whenever a transaction was committed, or may have been: readers may get something else now. */
  readonly onWritten: () => void;
  /** Lets work go on after the response has been sent. */
  readonly waitUntil: (work: Promise<unknown>) => void;
}

/** The transactions of a database. */
export const createTransactions = (
  database: D1Database,
  { timeoutMs, onWritten, waitUntil }: TransactionSettings,
): Transactions => {
  const prepare: Prepare = (query, ...values) => database.prepare(query).bind(...values);

  const insertResponse = (
    insert: "INSERT" | "INSERT OR IGNORE",
    version: string,
    { tokenHash }: Writer,
    { key, requestDigest, status, body, story, role }: ReplayableResponse,
    now: Instant,
  ): D1PreparedStatement =>
    // The column `editor` has the hash of a token, not a name: whoever gets the name later gets no response with it.
    prepare(
      `${insert} INTO answers (editor, key, request, status, body, story, role, at, version)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ${version})`,
      ...[tokenHash, key, requestDigest, status, body, story, role, now],
    );

  const isRevoked = async ({ isRevocable, tokenHash }: Writer): Promise<boolean> =>
    isRevocable && (await readRows(database, timeoutMs, EDITOR_BY_TOKEN, [tokenHash])).length === 0;

  return {
    prepare,
    newRevision(now, effect) {
      if (effect === "hidden") return prepare("UPDATE revision SET number = number + 1 WHERE only_row = 1");
      const second = Math.floor(now / 1000) * 1000;
      // By whole seconds and never back: Last-Modified is made of it, and of the last transition. Many writes in a second
      // run ahead of the clock, but by a minute at most: otherwise an embargo that lifts meanwhile would not move it.
      return prepare(
        `UPDATE revision SET number = number + 1, public = number + 1,
          ${effect === "removal" ? "departed = number + 1," : ""}
          at = MAX(?1, MIN(1000 + MAX(at, COALESCE((SELECT MAX(t.at) FROM transitions t WHERE t.at <= ?3), 0)), ?2), at)
          WHERE only_row = 1`,
        ...[second, second + MAX_AHEAD_MS, now],
      );
    },
    async commit(statements, now, event, response) {
      const { editor, action, subject, story, changes } = event;
      const batch = [
        ...(editor.isRevocable ? [requireEditor(prepare, editor.tokenHash)] : []),
        ...statements,
        prepare(
          "INSERT INTO log (at, editor, action, subject, story, changes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
          ...[now, editor.name, action, subject, story ?? null, JSON.stringify(changes)],
        ),
        // If another request with the same key was written meanwhile, this is a conflict: the retry finds that one's
        // response.
        ...(response === undefined ? [] : [insertResponse("INSERT", REVISION_NUMBER, editor, response, now)]),
        // Who sends a request again does so within a day.
        prepare("DELETE FROM answers WHERE at < ?1", now - DAY_MS),
        prepare("DELETE FROM conditions"),
        recordSchema(prepare),
        prepare(`SELECT number FROM revision WHERE only_row = 1`),
      ];
      const work = database.batch<{ number: number }>(batch);
      try {
        const results = await withTimeout(work, timeoutMs);
        onWritten();
        return { kind: "written", version: results.at(-1)?.results[0]?.number ?? 0 };
      } catch (error) {
        if (isConflict(error)) {
          if (await isRevoked(editor)) throw new TokenRevoked();
          return { kind: "conflict" };
        }
        if (isOutage(error)) {
          // It may have been committed, or may still be.
          onWritten();
          waitUntil(withTimeout(work, timeoutMs).then(onWritten, () => {}));
        }
        return explainMissingMigration(error);
      }
    },
    async saveResponse(editor, version, response, now) {
      const statement = insertResponse("INSERT OR IGNORE", String(version), editor, response, now);
      await withTimeout(statement.run(), timeoutMs);
    },
  };
};
