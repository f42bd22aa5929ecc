import { existsSync, readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import * as v from "valibot";
import { describe, expect, it } from "vitest";
import { unstable_readConfig as readConfig } from "wrangler";

// What the code takes of wrangler.toml, as wrangler itself reads it, in both environments.

const ROOT = resolve(import.meta.dirname, "..");

// Wrangler's own types for it are not published.
const Config = v.looseObject({
  name: v.string(),
  main: v.string(),
  durable_objects: v.object({ bindings: v.array(v.object({ name: v.string(), class_name: v.string() })) }),
  alias: v.record(v.string(), v.string()),
});

const valueAt = (value: unknown, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>((parent, key) => Object.entries(Object(parent)).find(([name]) => name === key)?.[1], value);

const ratelimit = (name: string, id: string, limit: number, period = 60) => ({
  name,
  namespace_id: id,
  simple: { limit, period },
});

const consumer = (queue: string) => ({ queue, max_batch_size: 1, max_retries: 0 });

/** A setting; the newsroom's is given if it is another one. */
type Row = readonly [why: string, path: string, value: unknown, ofNewsroom?: unknown];

const SETTINGS: readonly Row[] = [
  ["the platform's behaviour is the one that is tested", "compatibility_date", "2026-10-01"],
  [
    "callbacks are asked by way of the internet, and slow ones hold up no other message",
    "compatibility_flags",
    ["global_fetch_strictly_public", "queue_consumer_no_wait_for_wait_until"],
  ],
  ["a picture of a story under embargo is not served before the worker is asked", "assets.run_worker_first", true],
  ["the worker answers what is missing", "assets.not_found_handling", undefined],
  ["no address leads to another one, or to a file of another name", "assets.html_handling", "none"],
  ["what the build writes is deployed", "assets.directory", "build/assets"],
  ["the code reads it by this name", "assets.binding", "ASSETS"],
  ["Last-Modified is made of it", "version_metadata", { binding: "VERSION" }],
  ["content/ is compiled before each bundle", "build.command", "npm run --silent build"],
  ["it is compiled again when it changes, or the code does", "build.watch_dir", ["content", "src"]],
  ["the bundle stays small", "minify", true],
  ["the bundle stays small", "keep_names", false],
  ["stack traces are readable", "upload_source_maps", true],
  [
    "the code calls the objects by these names",
    "durable_objects.bindings",
    [
      { name: "SCHEDULER", class_name: "Scheduler" },
      { name: "HUB", class_name: "Hub" },
      { name: "TOPICS", class_name: "TopicShard" },
      { name: "USAGE", class_name: "Usage" },
    ],
  ],
  [
    "migrations that were deployed stay as they are, and each class is in SQLite",
    "migrations",
    [
      { tag: "v1", new_sqlite_classes: ["Scheduler"] },
      { tag: "v2", new_sqlite_classes: ["Hub", "TopicShard"] },
      { tag: "v3", new_sqlite_classes: ["Usage"] },
    ],
  ],
  [
    "the two environments have queues of their own",
    "queues.producers",
    [{ queue: "feedwright-deliveries", binding: "DELIVERIES" }],
    [{ queue: "feedwright-newsroom-deliveries", binding: "DELIVERIES" }],
  ],
  [
    "a message is taken at once and alone; the shard itself hands out what got lost",
    "queues.consumers",
    [consumer("feedwright-deliveries")],
    [consumer("feedwright-newsroom-deliveries")],
  ],
  [
    "strangers and partners are limited, by limits that count apart",
    "ratelimits",
    [
      ratelimit("HUB_LIMIT", "1001", 30),
      ratelimit("MISS_LIMIT", "1003", 60),
      ratelimit("PARTNER_STANDARD", "1004", 60),
      ratelimit("PARTNER_STANDARD_BURST", "1005", 20, 10),
      ratelimit("PARTNER_HIGH", "1006", 600),
      ratelimit("PARTNER_HIGH_BURST", "1007", 150, 10),
    ],
  ],
  ["something wakes the scheduler if its alarm is lost", "triggers.crons", ["*/15 * * * *"]],
  ["the free plan accepts no limit; the compiler takes seconds", "limits", undefined, { cpu_ms: 15_000 }],
  ["the reading worker does not start in the newsroom's environment", "vars", {}, { STORE: "d1" }],
  [
    "stories are in a database, whose migrations are here",
    "d1_databases",
    [],
    [{ binding: "DB", database_name: "feedwright", migrations_dir: "migrations" }],
  ],
  ["uploads are in a bucket", "r2_buckets", [], [{ binding: "MEDIA", bucket_name: "feedwright-media" }]],
];

describe.each<[string, string | undefined, string, string]>([
  ["the reading worker", undefined, "feedwright", "src/worker.ts"],
  ["the newsroom", "newsroom", "feedwright-newsroom", "src/newsroom-worker.ts"],
])("wrangler.toml, for %s", (_, env, name, main) => {
  const config = v.parse(
    Config,
    readConfig({ config: resolve(ROOT, "wrangler.toml"), ...(env !== undefined && { env }) }),
  );

  const settings = SETTINGS.map(([why, path, value, ofNewsroom = value]) => ({
    ...{ why, path },
    expected: env === undefined ? value : ofNewsroom,
  }));

  it.each(settings)("has $path: $why", ({ path, expected }) => {
    expect(valueAt(config, path)).toEqual(expected);
  });

  it("has a name and a worker of its own", () => {
    expect([config.name, relative(ROOT, config.main)]).toEqual([name, main]);
  });

  it("binds classes that the worker exports", () => {
    const [, exported = ""] =
      /^export const \{ (.*) \} = worker;$/m.exec(readFileSync(resolve(ROOT, main), "utf8")) ?? [];
    const classes = config.durable_objects.bindings.map(({ class_name }) => class_name);
    expect(exported.split(", ").toSorted()).toEqual(classes.toSorted());
  });

  it("replaces packages by files that are there", () => {
    const files = Object.values(config.alias);
    expect(files).toHaveLength(5);
    expect(files.filter((file) => !existsSync(resolve(ROOT, file)))).toEqual([]);
  });
});
