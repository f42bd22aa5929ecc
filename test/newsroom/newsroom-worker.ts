/// <reference types="vite/types/importMeta.d.ts" />
import { env, waitUntil } from "cloudflare:workers";
import { createWorker } from "../../src/app/create-worker.ts";
import type { Env } from "../../src/app/environment.ts";
import { openNewsroom } from "../../src/app/open-newsroom.ts";
import type { Platform } from "../../src/app/platform.ts";
import type { Site } from "../../src/routes/site.ts";
import { compileText, type Files, ORIGIN, site } from "../fixtures/publication.ts";
import { assetsOf, type Clock } from "../routes/support/serve.ts";
import { requireDocumented } from "./documented-statuses.ts";

const migrations = import.meta.glob<string>("../../migrations/*.sql", {
  query: "?raw",
  import: "default",
  eager: true,
});

const dumps = import.meta.glob<string>("../fixtures/newsroom-3902dc2.sql", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** The names of the migrations, in their order. */
export const MIGRATIONS: readonly string[] = Object.keys(migrations)
  .map((path) => path.replace(/^.*\//, ""))
  .sort();

const statementsOf = (sql: string): readonly string[] =>
  sql
    .replace(/(?<=^| {2})--.*$/gm, "")
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");

/** The statements of some migrations. */
const statementsOfAll = (names: readonly string[]): readonly string[] =>
  names.flatMap((name) => statementsOf(migrations[`../../migrations/${name}`] ?? ""));

/** The migrations from a number on. */
const migrationsFrom = (name: string): readonly string[] => statementsOfAll(MIGRATIONS.slice(MIGRATIONS.indexOf(name)));

/** Runs a migration, and those after it. */
export const migrateFrom = async (database: D1Database, name: string): Promise<void> => {
  await database.batch(migrationsFrom(name).map((statement) => database.prepare(statement)));
};

/** The database of the tests: drops its tables and runs statements. */
const createDatabase = async (statements: readonly string[]): Promise<D1Database> => {
  const database = env.DB;
  if (database === undefined) throw new Error("the tests have no database");
  const { results } = await database
    .prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' AND name NOT GLOB '_cf_*'",
    )
    .all<{ name: string }>();
  await database.batch([
    database.prepare("PRAGMA defer_foreign_keys = on"),
    // The newest first: a table that others refer to is emptied row by row.
    ...results.toReversed().map(({ name }) => database.prepare(`DROP TABLE "${name}"`)),
    ...statements.map((statement) => database.prepare(statement)),
  ]);
  return database;
};

/** A database without stories. */
export const createEmptyDatabase = (): Promise<D1Database> => createDatabase(statementsOfAll(MIGRATIONS));

/** The same as it was before a migration. */
export const createDatabaseBefore = (name: string): Promise<D1Database> =>
  createDatabase(statementsOfAll(MIGRATIONS.slice(0, MIGRATIONS.indexOf(name))));

/** The database that commit 3902dc2 wrote (test/fixtures/newsroom-3902dc2.sql), with the migrations since, unless told not to. */
export const createFormerDatabase = (isMigrated = true): Promise<D1Database> =>
  createDatabase([
    ...statementsOf(Object.values(dumps).join("")),
    ...(isMigrated ? migrationsFrom("0003_versions.sql") : []),
  ]);

/** The owner's token. */
export const OWNER = "the-owners-token-in-all-of-the-tests";

/** The newsroom's worker, as one isolate. */
export interface NewsroomWorker {
  readonly clock: Clock;
  readonly database: D1Database;
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
  /**
   * Sends a request to the API, with the owner's token unless another is given. A body is text/markdown unless a header
   * says otherwise.
   */
  readonly api: (method: string, path: string, init?: RequestInit & { token?: string }) => Promise<Response>;
  /** Puts a story. Throws if it is refused. */
  readonly put: (slug: string, source: string) => Promise<Response>;
  readonly reading: () => Site;
  /** What the cron trigger does, apart from waking the scheduler. */
  readonly deleteUnused: () => Promise<void>;
  /** A step of compiling stories again, as the scheduler does it: whether there was anything to do. */
  readonly recompile: () => Promise<boolean>;
}

/** How a newsroom's worker is set up. */
export interface NewsroomWorkerSettings {
  readonly now: number;
  readonly database: D1Database;
  /** The files of content/ that are deployed with the worker. */
  readonly files?: Files;
  readonly bindings?: Partial<Env>;
}

/** How long a reader waits for the database, in milliseconds: longer than any machine takes. */
const TIMEOUT_MS = 600_000;

const FILES: Files = {
  "site.yaml": site({ authors: { staff: { name: "The Staff" } }, sections: { world: "The World" }, feedLength: 3 }),
};

/** Opens a newsroom's worker on a database. */
export const openNewsroomWorker = async ({
  now,
  database,
  files = FILES,
  bindings = {},
}: NewsroomWorkerSettings): Promise<NewsroomWorker> => {
  const clock = { now };
  const platform: Platform = { now: () => clock.now, waitUntil, timeoutMs: TIMEOUT_MS };
  const worker = createWorker(await compileText(files), platform, openNewsroom);
  const all: Env = {
    ASSETS: assetsOf(files),
    DB: database,
    STORE: "d1",
    PUBLISH_TOKEN: OWNER,
    ...(env.MEDIA && { MEDIA: env.MEDIA }),
    ...bindings,
  };
  const fetch = async (path: string, init?: RequestInit) => {
    const request = new Request(ORIGIN + path, init);
    const response = await worker.fetch(request, all);
    requireDocumented(request.method, request.url, response.status);
    return response;
  };
  const api: NewsroomWorker["api"] = (method, path, { token = OWNER, headers, ...init } = {}) => {
    const given = new Headers(headers);
    if (!given.has("authorization")) given.set("authorization", `Bearer ${token}`);
    if (init.body !== undefined && !given.has("content-type")) given.set("content-type", "text/markdown");
    return fetch(path, { method, headers: given, ...init });
  };
  const put: NewsroomWorker["put"] = async (slug, source) => {
    const response = await api("PUT", `/api/items/${encodeURIComponent(slug)}`, { body: source });
    if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
    return response;
  };
  const deleteUnused = async () => worker.open(all).source.deleteUnusedMedia?.();
  const recompile = async () => (await worker.open(all).source.recompile?.()) ?? false;
  return { clock, database, fetch, api, put, reading: () => worker.open(all).site, deleteUnused, recompile };
};
