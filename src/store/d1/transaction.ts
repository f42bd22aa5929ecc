import { within } from "../../lib/deadline.ts";
import { DAY_MS, type Instant } from "../../model/instant.ts";
import type { Bind } from "./memberships.ts";

/** Who did what, for the log. Names of keys, never texts. */
export interface AuditEvent {
  readonly editor: string;
  readonly action: string;
  readonly subject: string;
  /** Id of the story that it is about, if it is about one. */
  readonly story?: string;
  readonly changes: readonly string[];
}

/** The answer to a write, kept so that sending it again does nothing twice. */
export interface StoredResponse {
  readonly key: string;
  /** Digest of the request. */
  readonly request: string;
  readonly status: number;
  readonly body: string;
  /** Id of the story that it is about. */
  readonly story: string;
}

/** What became of a write. */
export type Outcome = { readonly kind: "written"; readonly version: number } | { readonly kind: "changed" };

/** Somebody else wrote in between, or a name was taken meanwhile: SQLite says so of a condition, or of a unique column. */
const isConflict = (error: unknown): boolean =>
  error instanceof Error && /CHECK constraint failed|UNIQUE constraint failed/.test(error.message);

/** The number of the revision that a transaction makes. */
export const VERSION = "(SELECT number FROM revision WHERE only_row = 1)";

/** Milliseconds. */
const MAX_AHEAD_MS = 60_000;

/** What every write to the newsroom is made of: one transaction, with an entry of the log. */
export interface Transactions {
  readonly bind: Bind;
  /** Begins a new revision. `takesFromReaders`: no edition from before may be shown any longer. */
  begin(now: Instant, takesFromReaders?: boolean): readonly D1PreparedStatement[];
  /** Notes what was done, and the answer to it. */
  finish(now: Instant, event: AuditEvent, answer?: StoredResponse): readonly D1PreparedStatement[];
  /** Does all of the statements or none; "changed" where a condition among them does not hold. */
  commit(statements: readonly D1PreparedStatement[]): Promise<Outcome>;
  /** Keeps the answer to a write that changed nothing. */
  saveResponse(editor: string, version: number, answer: StoredResponse, now: Instant): Promise<void>;
}

/** Time-out in milliseconds. */
export const createTransactions = (database: D1Database, timeoutMs: number): Transactions => {
  const bind: Bind = (query, ...values) => database.prepare(query).bind(...values);

  const insertAnswer =
    (insert: string, version: string, { key, request, status, body, story }: StoredResponse) =>
    (editor: string, now: Instant) =>
      bind(
        `${insert} INTO answers (editor, key, request, status, body, story, at, version)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ${version})`,
        ...[editor, key, request, status, body, story, now],
      );

  return {
    bind,
    begin(now, takesFromReaders = false) {
      const second = Math.floor(now / 1000) * 1000;
      return [
        // By whole seconds and never back: Last-Modified is made of it. Many writes in a second run ahead of the clock, a
        // minute at most, or an embargo that lifts meanwhile would not move it.
        bind(
          "UPDATE revision SET number = number + 1, at = MAX(?1, MIN(at + 1000, ?2), at) WHERE only_row = 1",
          second,
          second + MAX_AHEAD_MS,
        ),
        ...(takesFromReaders ? [bind("UPDATE revision SET departed = number WHERE only_row = 1")] : []),
      ];
    },
    finish: (now, { editor, action, subject, story, changes }, answer) => [
      bind(
        "INSERT INTO log (at, editor, action, subject, story, changes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        ...[now, editor, action, subject, story ?? null, JSON.stringify(changes)],
      ),
      // Another request with the same key at the same time is a conflict: it is judged again, and finds this answer.
      ...(answer === undefined ? [] : [insertAnswer("INSERT", VERSION, answer)(editor, now)]),
      // Who tries again does so within a day.
      bind("DELETE FROM answers WHERE at < ?1", now - DAY_MS),
      bind("DELETE FROM conditions"),
      bind(`SELECT number FROM revision WHERE only_row = 1`),
    ],
    async commit(statements) {
      try {
        const results = await within(database.batch<{ number: number }>([...statements]), timeoutMs);
        return { kind: "written", version: results.at(-1)?.results[0]?.number ?? 0 };
      } catch (error) {
        if (isConflict(error)) return { kind: "changed" };
        throw error;
      }
    },
    async saveResponse(editor, version, answer, now) {
      await within(insertAnswer("INSERT OR IGNORE", String(version), answer)(editor, now).run(), timeoutMs);
    },
  };
};
