import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, stringify } from "smol-toml";
import { describe, expect, it } from "vitest";
import { workerFiles } from "../../../../src/cli/init/worker-files.ts";
import { bindingsOf } from "../../../../src/cli/wrangler/settings/bindings.ts";
import { compareSettings, type Gap, NEWSROOM } from "../../../../src/cli/wrangler/settings/compare-settings.ts";
import { parseSettings, tableAt } from "../../../../src/cli/wrangler/settings/parse-settings.ts";
import { type Pasted, pasteEdits } from "./paste-edits.ts";

const OWN = readFileSync(join(resolve(import.meta.dirname, "../../../.."), "wrangler.toml"), "utf8");

/** A folder as `feedwright init` of this version makes it. */
const MADE = workerFiles(
  "my-paper",
  { hasNewsroom: true },
  { feedwright: "1", wrangler: "4", node: {}, wranglerToml: OWN, bindings: {} },
);

const settingsOf = (text: string) => {
  const parsed = parseSettings(text);
  if ("fault" in parsed) throw new Error(`${parsed.fault.reason}\n${text}`);
  return parsed.settings;
};

const channelOf = (...hubs: readonly string[]) => ({ url: "https://paper.example", hubs });
const BUILT_IN = channelOf("https://paper.example/hub");

const compare = (
  files: Readonly<Pasted>,
  channel = BUILT_IN,
  environments: readonly (typeof NEWSROOM | undefined)[] = [undefined, NEWSROOM],
): readonly Gap[] => {
  const text = files["wrangler.toml"] ?? "";
  const wanted = settingsOf(MADE["wrangler.toml"] ?? "");
  const folder = { text, settings: settingsOf(text), wanted, modules: new Map(Object.entries(files)) };
  return compareSettings(folder, environments, channel);
};

const sentences = (gaps: readonly Gap[]): readonly string[] => gaps.map(({ sentence }) => sentence);

const editsOf = (gaps: readonly Gap[]) => gaps.flatMap(({ edits }) => edits);

/** The folder with something else in a file of it. */
const replaced = (pattern: RegExp | string, by = "", file = "wrangler.toml"): Pasted => {
  const text = MADE[file] ?? "";
  const changed = text.replaceAll(
    typeof pattern === "string" ? pattern : new RegExp(pattern, `${pattern.flags}gm`),
    by,
  );
  if (changed === text) throw new Error(`${String(pattern)} is not in ${file}`);
  return { ...MADE, [file]: changed };
};

const NO_PARTNERS = "PARTNER_STANDARD, PARTNER_STANDARD_BURST, PARTNER_HIGH, PARTNER_HIGH_BURST";

describe("a folder that declares its classes in `exports`, as wrangler advises, in place of migrations", () => {
  const CLASSES = ["Scheduler", "Hub", "TopicShard", "Usage"];
  const withExports = (classes: readonly string[]): Pasted => {
    const text = (MADE["wrangler.toml"] ?? "")
      .replaceAll(/^\[\[migrations\]\]\n.*\n.*\n/gm, "")
      .replaceAll(/^migrations = \[\n(?: .*\n)*\]\n/gm, "");
    const tables = classes.map((name) => `[exports.${name}]\ntype = "durable-object"\nstorage = "sqlite"\n`);
    return { ...MADE, "wrangler.toml": `${text}\n${tables.join("\n")}` };
  };

  it("lacks nothing, also where an environment inherits it", () => {
    expect(compare(withExports(CLASSES))).toEqual([]);
  });

  it("is told of a class that is missing there", () => {
    const files = withExports(CLASSES.slice(1));
    const gaps = compare(files);
    expect(editsOf(gaps)).toEqual([
      {
        where: "Add at the end of wrangler.toml:",
        lines: '[exports.Scheduler]\ntype = "durable-object"\nstorage = "sqlite"',
      },
    ]);
    expect(compare(pasteEdits(files, editsOf(gaps)))).toEqual([]);
  });
});

describe("a folder of the version before USAGE and PARTNER_…", () => {
  const before: Pasted = {
    ...MADE,
    "wrangler.toml": (MADE["wrangler.toml"] ?? "")
      .replaceAll(/^ {2}\{ (?:name = "USAGE"|tag = "v3"|name = "PARTNER_).*\n/gm, "")
      .replaceAll(/^\[\[migrations\]\]\ntag = "v3"\n.*\n\n/gm, "")
      .replaceAll(/^\[\[ratelimits\]\]\nname = "PARTNER_.*\n.*\n.*\n\n/gm, ""),
    "worker.ts": (MADE["worker.ts"] ?? "").replace(", Usage", ""),
    "newsroom-worker.ts": (MADE["newsroom-worker.ts"] ?? "").replace(", Usage", ""),
  };
  const gaps = compare(before);

  it("is told what does not work, for each environment", () => {
    expect(sentences(gaps)).toEqual([
      "wrangler.toml has no binding USAGE: what partners take is not counted.",
      `wrangler.toml has no bindings ${NO_PARTNERS}: the rates of partners' contracts are not enforced.`,
      "wrangler.toml has no binding USAGE under [env.newsroom]: what partners take is not counted.",
      `wrangler.toml has no bindings ${NO_PARTNERS} under [env.newsroom]: the rates of partners' contracts are not enforced.`,
    ]);
    expect(gaps.filter(({ isRequired }) => isRequired)).toEqual([]);
  });

  it("is given lines, and the places for them", () => {
    expect([gaps[0]?.edits, gaps[2]?.edits]).toEqual([
      [
        {
          where: "Add to the end of the list `bindings` under [durable_objects]:",
          lines: '{ name = "USAGE", class_name = "Usage" },',
        },
        {
          where: "Add at the end of wrangler.toml:",
          lines: '[[migrations]]\ntag = "v3"\nnew_sqlite_classes = ["Usage"]',
        },
        { where: "Add at the end of worker.ts:", lines: "export const { Usage } = worker;" },
      ],
      [
        {
          where: "Add to the end of the list `bindings` under [env.newsroom.durable_objects]:",
          lines: '{ name = "USAGE", class_name = "Usage" },',
        },
        {
          where: "Add to the end of the list `migrations` under [env.newsroom]:",
          lines: '{ tag = "v3", new_sqlite_classes = ["Usage"] },',
        },
        { where: "Add at the end of newsroom-worker.ts:", lines: "export const { Usage } = worker;" },
      ],
    ]);
  });

  it("lacks nothing once they are pasted in, and is then what init makes", () => {
    const pasted = pasteEdits(before, editsOf(gaps));
    expect(compare(pasted)).toEqual([]);
    expect(settingsOf(pasted["wrangler.toml"] ?? "")).toEqual(settingsOf(MADE["wrangler.toml"] ?? ""));
  });
});

const LATER = `compatibility_date = "2027-01-01"`;

const OWN_THINGS: readonly (readonly [what: string, files: Pasted])[] = [
  ["as init makes it", MADE],
  ["with names of its own", replaced(/my-paper/, "gazette")],
  ["with other limits and namespaces", replaced(/= "10(\d\d)"(.*?)limit = \d+/s, '= "70$1"$2limit = 7')],
  ["with a later date", replaced(/compatibility_date = .*/, LATER)],
  ["with a flag of its own", replaced("compatibility_flags = [", 'compatibility_flags = ["nodejs_compat", ')],
  [
    "with a binding of its own",
    replaced(/\[version_metadata\]/, '[[kv_namespaces]]\nbinding = "KV"\nid = "x"\n\n[version_metadata]'),
  ],
  ["with other crons", replaced('"*/15 * * * *"', '"*/5 * * * *", "0 0 * * *"')],
  [
    "with a class of its own in one of our migrations",
    replaced(/new_sqlite_classes = \["Scheduler"\]/, 'new_sqlite_classes = ["Scheduler", "Old"]'),
  ],
  [
    "with a class that was renamed",
    replaced(/new_sqlite_classes = \["Usage"\]/, 'renamed_classes = [{ from = "Count", to = "Usage" }]'),
  ],
  ["with a class of another worker", replaced('class_name = "Usage"', 'class_name = "Sum", script_name = "other"')],
  ["without main under another environment", { ...MADE, "wrangler.toml": `${MADE["wrangler.toml"]}\n[env.staging]\n` }],
  ["with a worker that can't be read", { "wrangler.toml": MADE["wrangler.toml"] ?? "" }],
  ["with a worker that exports all of another", { ...MADE, "worker.ts": 'export * from "./other.ts";' }],
  [
    "with an environment that inherits what it may",
    replaced(/^(?:assets = .*|triggers = .*|migrations = \[\n(?: {2}.*\n)*\])\n/, ""),
  ],
];

describe("a folder lacks nothing", () => {
  it.each(OWN_THINGS)("%s", (_, files) => {
    expect(compare(files)).toEqual([]);
  });

  it("if it is written with a table for everything", () => {
    expect(compare({ ...MADE, "wrangler.toml": stringify(parse(MADE["wrangler.toml"] ?? "")) })).toEqual([]);
  });
});

interface Lacking {
  readonly files: Pasted;
  readonly says: readonly RegExp[];
  readonly isRequired?: true;
}

const COMMON = /^wrangler\.toml has no /;

const LACKING: Readonly<Record<string, Lacking>> = {
  main: { files: replaced('main = "worker.ts"\n'), says: [/`main`: there is no worker to run\.$/], isRequired: true },
  "main of the newsroom": {
    files: replaced('main = "newsroom-worker.ts"\n'),
    says: [/`main` under \[env\.newsroom\]: the reading worker/],
    isRequired: true,
  },
  "the binding of assets": {
    files: replaced(/^directory = "build\/assets"\nbinding = "ASSETS"\n/, 'directory = "build/assets"\n'),
    says: [/binding ASSETS: the worker can serve no/],
    isRequired: true,
  },
  "another name of assets": {
    files: replaced('binding = "ASSETS"', 'binding = "FILES"'),
    says: [/binding ASSETS: /, /binding ASSETS under \[env\.newsroom\]: /],
    isRequired: true,
  },
  "the database": {
    files: replaced(/^d1_databases = .*\n/),
    says: [/binding DB under \[env\.newsroom\]: the newsroom has no place for stories/],
    isRequired: true,
  },
  STORE: { files: replaced(/^vars = .*\n/), says: [/variable STORE = "d1"/], isRequired: true },
  "another STORE": {
    files: replaced('STORE = "d1"', 'STORE = "kv"'),
    says: [/variable STORE = "d1"/],
    isRequired: true,
  },
  "the bucket": {
    files: replaced(/^r2_buckets = .*\n/),
    says: [/binding MEDIA under \[env\.newsroom\]: editors cannot/],
  },
  "the scheduler": {
    files: replaced(/^ {2}\{ name = "SCHEDULER".*\n/),
    says: [/binding SCHEDULER: /, /binding SCHEDULER under \[env\.newsroom\]: .* not compiled again/],
  },
  "the queue": {
    files: replaced(/^\[\[queues\.producers\]\]\n.*\n.*\n/),
    says: [/binding DELIVERIES: the built-in hub is off/],
  },
  "the queue's consumer": {
    files: replaced(/^\[\[env\.newsroom\.queues\.consumers\]\]\n.*\n.*\n.*\n/),
    says: [/consumer of the queue my-paper-newsroom-deliveries under \[env\.newsroom\]: nothing is delivered/],
  },
  "a consumer of that queue": {
    files: replaced('[[queues.consumers]]\nqueue = "my-paper-deliveries"', '[[queues.consumers]]\nqueue = "another"'),
    says: [/consumer of the queue my-paper-deliveries: /],
  },
  "the version": { files: replaced(/^\[version_metadata\]\nbinding.*\n/), says: [/binding VERSION: Last-Modified/] },
  "another name of the version": {
    files: replaced('version_metadata = { binding = "VERSION" }', 'version_metadata = { binding = "V" }'),
    says: [/binding VERSION under \[env\.newsroom\]: /],
  },
  run_worker_first: {
    files: replaced(/^run_worker_first = true\n/),
    says: [/run_worker_first = true for assets: pictures of stories/],
  },
  "run_worker_first of the newsroom": {
    files: replaced("run_worker_first = true, ", "run_worker_first = false, "),
    says: [/run_worker_first = true for assets under \[env\.newsroom\]: /],
  },
  "the cron trigger": { files: replaced(/^\[triggers\]\ncrons.*\n/), says: [/cron trigger: /] },
  "crons of the newsroom": {
    files: replaced('triggers = { crons = ["*/15 * * * *"] }', "triggers = { crons = [] }"),
    says: [/cron trigger under \[env\.newsroom\]: /],
  },
  "a flag": {
    files: replaced('"global_fetch_strictly_public", '),
    says: [/compatibility flag global_fetch_strictly_public: callbacks/],
  },
  "both flags": {
    files: replaced(/^compatibility_flags.*\n/),
    says: [
      /flag global_fetch_strictly_public: .*\n.*flag queue_consumer_no_wait_for_wait_until: a subscriber that lets us wait/,
    ],
  },
  "the date": { files: replaced(/^compatibility_date.*\n/), says: [/compatibility_date of 2026-10-01 or later: /] },
  "a newer date": {
    files: replaced(/^compatibility_date.*/, 'compatibility_date = "2026-09-30"'),
    says: [/compatibility_date of 2026-10-01 or later: /],
  },
  "a migration": {
    files: replaced(/^\[\[migrations\]\]\ntag = "v2"\n.*\n/),
    says: [/migration of the class Hub: Cloudflare refuses/, /migration of the class TopicShard: Cloudflare refuses/],
  },
};

describe("a folder that lacks", () => {
  it.each(Object.entries(LACKING))("%s is told so, and lacks nothing with the lines that it is given", (_, lacking) => {
    const gaps = compare(lacking.files);
    expect(sentences(gaps)).toEqual(lacking.says.map((pattern) => expect.stringMatching(pattern)));
    for (const sentence of sentences(gaps)) expect(sentence).toMatch(COMMON);
    expect(gaps.some(({ isRequired }) => isRequired)).toBe(lacking.isRequired === true);
    expect(compare(pasteEdits(lacking.files, editsOf(gaps)))).toEqual([]);
  });

  const bindings = bindingsOf(settingsOf(MADE["wrangler.toml"] ?? "")).map(({ name }) => name);
  const ofNewsroom = bindingsOf(tableAt(settingsOf(MADE["wrangler.toml"] ?? ""), "env.newsroom") ?? {}).map(
    ({ name }) => name,
  );

  it.each([...new Set([...bindings, ...ofNewsroom])])(
    "the binding %s is told so, and lacks nothing with the lines that it is given",
    (name) => {
      const without = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(without).filter((one) => one !== undefined);
        if (typeof value !== "object" || value === null) return value;
        const entries = Object.entries(value).map(([key, one]) => [key, without(one)] as const);
        const isIt = entries.some(([key, one]) => (key === "binding" || key === "name") && one === name);
        return isIt ? undefined : Object.fromEntries(entries.filter(([, one]) => one !== undefined));
      };
      const files = { ...MADE, "wrangler.toml": stringify(without(parse(MADE["wrangler.toml"] ?? ""))) };
      const gaps = compare(files);
      expect(sentences(gaps)).toContainEqual(expect.stringMatching(`^wrangler\\.toml has no binding ${name}\\b`));
      expect(compare(pasteEdits(files, editsOf(gaps)))).toEqual([]);
    },
  );
});

describe("a name that is taken", () => {
  it("is given to no migration", () => {
    const files = replaced(
      /^\[\[migrations\]\]\ntag = "v3"\n.*\n/,
      '[[migrations]]\ntag = "v4"\nnew_sqlite_classes = ["Mine"]\n\n[[migrations]]\ntag = "v5"\nnew_sqlite_classes = ["Yours"]\n',
    );
    expect(editsOf(compare(files)).map(({ lines }) => lines)).toEqual([
      '[[migrations]]\ntag = "v6"\nnew_sqlite_classes = ["Usage"]',
    ]);
  });

  it("is given to no namespace of a rate limit", () => {
    const files = replaced(
      /^\[\[ratelimits\]\]\nname = "MISS_LIMIT"\nnamespace_id = "1003"\n/,
      '[[ratelimits]]\nname = "MINE"\nnamespace_id = "1003"\n',
    );
    expect(editsOf(compare(files, BUILT_IN, [undefined])).map(({ lines }) => lines)).toEqual([
      '[[ratelimits]]\nname = "MISS_LIMIT"\nnamespace_id = "1008"\nsimple = { limit = 60, period = 60 }',
    ]);
  });

  it("of a queue is the folder's own", () => {
    const [edit] = editsOf(compare(replaced(/^\[\[queues\.producers\]\]\n.*\n.*\n/)));
    expect(edit?.lines).toBe(
      '# Before the next deployment: npx wrangler queues create my-paper-deliveries\n[[queues.producers]]\nqueue = "my-paper-deliveries"\nbinding = "DELIVERIES"',
    );
  });
});

describe("hubs", () => {
  const files = replaced(/^ {2}\{ name = "(?:HUB|TOPICS)".*\n/);

  it.each([
    ["the built-in one", BUILT_IN, [/bindings HUB, TOPICS: the built-in hub is off/, /HUB, TOPICS under/]],
    ["another", channelOf("https://hub.example/"), [/binding HUB: no hub is told of changes/, /binding HUB under/]],
    ["none", channelOf(), []],
  ])("are asked for only where site.yaml names them: %s", (_, channel, says) => {
    expect(sentences(compare(files, channel))).toEqual(says.map((pattern) => expect.stringMatching(pattern)));
  });
});

describe("a class", () => {
  it("of the folder itself must be exported, too", () => {
    const files = replaced(
      '  { name = "USAGE", class_name = "Usage" },\n',
      '  { name = "USAGE", class_name = "Usage" },\n  { name = "MINE", class_name = "Mine" },\n',
    );
    expect(compare(files)).toEqual([
      {
        sentence: "wrangler.toml binds classes that the worker does not export: it does not start.",
        isRequired: false,
        edits: [{ where: "Add at the end of worker.ts:", lines: "export const { Mine } = worker;" }],
      },
      expect.objectContaining({ sentence: expect.stringContaining("under [env.newsroom]") }),
    ]);
  });

  it("under another name is to be ours", () => {
    const [gap] = compare({
      ...replaced('class_name = "Usage"', 'class_name = "Sum"'),
      "worker.ts": "export * from 'x';",
    });
    expect(gap).toEqual({
      sentence: "wrangler.toml has no binding USAGE to the class Usage: what partners take is not counted.",
      isRequired: false,
      edits: [{ where: "Set in the binding USAGE in wrangler.toml:", lines: 'class_name = "Usage"' }],
    });
  });
});
