import { withTimeout } from "../../lib/with-timeout.ts";
import { type CompilerVersion, UNKNOWN_VERSION } from "../../model/compiler-version.ts";
import { OUTDATED_AFTER, OUTDATED_BEFORE, REFUSED_AFTER, WITH_SOURCES } from "./queries.ts";
import {
  type ListedStory,
  type ListedStoryRow,
  type Prepare,
  readRows,
  type SqlValue,
  type StoredStory,
  type StoryWithSource,
  type StoryWithSourceRow,
  toListedStory,
  toStoryWithSource,
} from "./rows.ts";
import { recordSchema } from "./transaction.ts";

// Which stories are to be compiled again stands in one index, by what their Items were compiled by. A story that was
// compiled again leaves that part of the index, so there is no cursor, and it does not matter who does the next step.

/** A statement that has stories compiled again. `where` is an SQL condition with these values. */
export const outdateStories = (prepare: Prepare, where: string, ...values: readonly SqlValue[]): D1PreparedStatement =>
  prepare(
    `UPDATE stories SET compiler = ${UNKNOWN_VERSION.compiler}, site = '${UNKNOWN_VERSION.site}' WHERE ${where}`,
    ...values,
  );

/** A story whose Item was compiled by another version. */
export interface OutdatedStory {
  readonly number: number;
  /** Bytes of its source. */
  readonly length: number;
}

/** A story whose source was refused when it was compiled again. */
export interface RefusedStory extends ListedStory {
  /** Why, as JSON. */
  readonly messages: string;
}

/** Reads which stories are to be compiled again, and records those whose Item stays as it is. */
export interface Compilations {
  /**
   * Stories whose Items were compiled by another version, the newest first, `limit` at most. Those that a newer
   * compiler made are left alone.
   */
  listOutdated(version: CompilerVersion, limit: number): Promise<readonly OutdatedStory[]>;
  /** Stories with their sources, by their numbers. */
  findWithSources(numbers: readonly number[]): Promise<readonly StoryWithSource[]>;
  /** Records that this version makes the same Items of these stories, unless they were changed since they were read. */
  confirmItems(stories: readonly StoredStory[], version: CompilerVersion): Promise<void>;
  /** Records that this version refuses a story's source, unless it was changed since it was read. Its Item stays. */
  refuseSource(story: StoredStory, messages: string, version: CompilerVersion): Promise<void>;
  /** Stories whose source was refused and whose number is greater than `after`, ascending, with empty HTML. */
  listRefused(after: number, limit: number): Promise<readonly RefusedStory[]>;
}

/** The compilations of a database. A read may take `timeoutMs`, a write `writeTimeoutMs`. */
export const openCompilations = (
  database: D1Database,
  prepare: Prepare,
  timeoutMs: number,
  writeTimeoutMs: number,
): Compilations => {
  /** SQL for those of the stories (?1, a JSON array of number and version) that are as they were read. */
  const UNCHANGED = `SELECT s.number FROM json_each(?1) j JOIN stories s ON s.number = j.value ->> 0
    WHERE MAX(s.version, s.recompiled) = j.value ->> 1`;

  const identify = (stories: readonly StoredStory[]): string =>
    JSON.stringify(stories.map(({ number, itemVersion }) => [number, itemVersion]));

  const stamp = (stories: readonly StoredStory[], { compiler, site }: CompilerVersion): D1PreparedStatement =>
    prepare(
      `UPDATE stories SET compiler = ?2, site = ?3 WHERE number IN (${UNCHANGED})`,
      ...[identify(stories), compiler, site],
    );

  return {
    async listOutdated({ compiler, site }, limit) {
      const before = await readRows<OutdatedStory>(database, timeoutMs, OUTDATED_BEFORE, [compiler, site, limit]);
      if (before.length === limit) return before;
      const rest = [compiler, site, limit - before.length];
      return [...before, ...(await readRows<OutdatedStory>(database, timeoutMs, OUTDATED_AFTER, rest))];
    },
    async findWithSources(numbers) {
      const values = [JSON.stringify(numbers)];
      return (await readRows<StoryWithSourceRow>(database, timeoutMs, WITH_SOURCES, values)).map(toStoryWithSource);
    },
    async confirmItems(stories, version) {
      if (stories.length === 0) return;
      const statements = [
        prepare(`DELETE FROM refusals WHERE story IN (${UNCHANGED})`, identify(stories)),
        stamp(stories, version),
        recordSchema(prepare),
      ];
      await withTimeout(database.batch(statements), writeTimeoutMs);
    },
    async refuseSource(story, messages, version) {
      const statements = [
        prepare(
          `INSERT OR REPLACE INTO refusals (story, messages) SELECT number, ?2 FROM (${UNCHANGED})`,
          ...[identify([story]), messages],
        ),
        stamp([story], version),
        recordSchema(prepare),
      ];
      await withTimeout(database.batch(statements), writeTimeoutMs);
    },
    async listRefused(after, limit) {
      const values = [after, limit];
      return (
        await readRows<ListedStoryRow & { readonly messages: string }>(database, timeoutMs, REFUSED_AFTER, values)
      ).map(toListedStory);
    },
  };
};
