import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readSources, type Source } from "./support/read-sources.ts";

const ENTRIES = ["src/worker.ts", "src/newsroom-worker.ts"];

const { sources, close } = readSources(["src", "test", "bench", "scripts"]);
afterAll(close);

const inSource = sources.filter(({ path }) => path.startsWith("src/"));

/** The room of a file: `src/push/hub/hub.ts` is in `push`, an entry is a room of its own. */
const roomOf = (path: string): string => normalize(path).split("/")[1]?.replace(/\.ts$/, "") ?? "";

const targetsOf = ({ path, imports }: Source): readonly string[] =>
  imports
    .filter((specifier) => specifier.startsWith("."))
    .map((specifier) => normalize(join(dirname(path), specifier)));

const packagesOf = ({ imports }: Source): readonly string[] =>
  imports.filter((specifier) => !specifier.startsWith("."));

// The arrows of the design: which rooms of src/ a room may import from. What is not listed is forbidden.
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  lib: ["model"],
  http: ["model", "lib"],
  outbound: ["model", "lib"],
  formats: ["model"],
  dialects: ["model", "formats"],
  content: ["model", "lib", "formats", "dialects"],
  store: ["model", "lib"],
  catalog: ["model", "store"],
  editions: ["model", "lib", "formats", "http"],
  schedule: ["model", "lib", "store"],
  push: ["model", "lib", "outbound", "schedule"],
  partners: ["model", "lib", "http", "outbound", "store"],
  usage: ["model", "lib"],
  admin: ["model", "lib", "http", "store", "push", "usage"],
  newsroom: ["model", "lib", "http", "content", "store", "admin"],
  interop: ["model", "lib", "formats", "content", "store"],
  pages: ["model", "formats", "http"],
  routes: [
    ...["model", "lib", "http", "formats", "editions", "catalog", "store", "pages", "admin", "outbound", "push"],
    ...["newsroom", "dialects", "partners", "usage"],
  ],
  app: ["model", "lib", "editions", "store", "schedule", "push", "admin", "newsroom", "routes", "partners", "usage"],
  cli: ["model", "lib", "formats", "dialects", "content", "interop", "store", "routes"],
  // What the package exports.
  index: ["model", "store", "app"],
  exports: ["model", "http", "formats", "dialects", "content", "store", "catalog", "editions", "interop", "app"],
  worker: ["index"],
  "newsroom-worker": ["exports"],
};

// Packages that only these rooms may name.
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  feed: ["interop"],
  "itty-router": ["routes"],
  yaml: ["content", "cli"],
  valibot: ["content", "newsroom"],
  "cloudflare:workers": ["app", "lib", "push", "schedule", "usage"],
};

// Modules of Node that workerd has as well, and the rooms that may use them. Commands may use all.
const NODE: Readonly<Record<string, readonly string[]>> = {
  admin: ["node:crypto"],
  editions: ["node:crypto", "node:zlib"],
  lib: ["node:crypto"],
  newsroom: ["node:crypto"],
  push: ["node:crypto"],
  store: ["node:crypto"],
};

/** All files that a file reaches by its imports, itself included. */
const reachableFrom = (entry: string): ReadonlySet<string> => {
  const byPath = new Map(inSource.map((source) => [source.path, source]));
  const reached = new Set<string>();
  const visitFile = (path: string): void => {
    const source = byPath.get(path);
    if (source === undefined || reached.has(path)) return;
    reached.add(path);
    for (const target of targetsOf(source)) visitFile(target);
  };
  visitFile(entry);
  return reached;
};

describe("the arrows of the design", () => {
  it("are drawn for every room there is", () => {
    expect(inSource.length).toBeGreaterThan(150);
    expect([...new Set(inSource.map(({ path }) => roomOf(path)))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it.each(inSource)("hold for $path", (source) => {
    const room = roomOf(source.path);
    const forbidden = targetsOf(source)
      .filter((target) => target.startsWith("src/"))
      .filter((target) => roomOf(target) !== room && MAY_IMPORT[room]?.includes(roomOf(target)) !== true);
    expect(forbidden).toEqual([]);
  });

  it.each(inSource)("let $path name only packages that belong there", (source) => {
    const room = roomOf(source.path);
    const foreign = packagesOf(source).filter((name) => PACKAGES[name] !== undefined && !PACKAGES[name].includes(room));
    const node = packagesOf(source).filter(
      (name) => name.startsWith("node:") && room !== "cli" && NODE[room]?.includes(name) !== true,
    );
    expect([...foreign, ...node]).toEqual([]);
  });

  it("lead from the reading worker to no compiler, no database and no publish API", () => {
    const reached = [...reachableFrom("src/worker.ts")];
    expect(reached).toContain("src/routes/router.ts");
    expect(reached.filter((path) => /^src\/(?:content|newsroom|cli|interop|store\/d1)\//.test(path))).toEqual([]);
    expect([...reachableFrom("src/newsroom-worker.ts")]).toEqual(
      expect.arrayContaining(["src/content/compile.ts", "src/store/d1/d1-store.ts"]),
    );
  });

  it("lead from neither worker to site.yaml and the words of all languages, which the build compiles into data", () => {
    const reached = ENTRIES.flatMap((entry) => [...reachableFrom(entry)]);
    expect(reached).toContain("src/model/words/en.ts");
    expect(reached.filter((path) => /^src\/(?:content\/site|model\/words\/(?:all-words|de))\.ts$/.test(path))).toEqual(
      [],
    );
  });

  it("lead to the entries from nowhere", () => {
    expect(inSource.filter((source) => targetsOf(source).some((target) => ENTRIES.includes(target)))).toEqual([]);
  });

  it("have no circles, type imports included", () => {
    const reached = new Map(inSource.map(({ path }) => [path, reachableFrom(path)]));
    const circular = inSource.filter((source) =>
      targetsOf(source).some((target) => reached.get(target)?.has(source.path)),
    );
    expect(circular.map(({ path }) => path)).toEqual([]);
  });

  it("leave clock, randomness and network out of model, formats and http", () => {
    const IMPURE = /Date\.now|new Date\(\)|performance\.|Math\.random|crypto\.|\bfetch\(|\bEnv\b|process\./;
    const pure = inSource.filter(({ path }) => ["model", "formats", "http"].includes(roomOf(path)));
    expect(pure.filter(({ text }) => IMPURE.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it("leave languages, zones and dates to the compiler: what the platform says of them may change by an update", () => {
    const LOCAL = /\bIntl\.|\.toLocale(?:Date|Time)?String\(|\.localeCompare\(/;
    const local = inSource.filter(({ text }) => LOCAL.test(text)).map(({ path }) => roomOf(path));
    expect([...new Set(local)]).toEqual(["content"]);
  });

  it("let only store/d1 prepare statements of the database", () => {
    const preparing = inSource.filter(({ text }) => /\.prepare\(/.test(text)).map(({ path }) => dirname(path));
    expect([...new Set(preparing)]).toEqual(["src/store/d1"]);
  });
});

describe("the rooms", () => {
  it("have no barrel but the public face", () => {
    const barrels = inSource.filter(({ path }) => path.endsWith("/index.ts") && path !== "src/index.ts");
    expect(barrels.map(({ path }) => path)).toEqual([]);
  });

  it("hold at most twenty files each", () => {
    const folders = [
      "src",
      ...readdirSync("src", { recursive: true, encoding: "utf8" }).map((path) => join("src", path)),
    ];
    const full = folders.filter((folder) => inSource.filter(({ path }) => dirname(path) === folder).length > 20);
    expect(full).toEqual([]);
  });

  it("are mirrored by the tests: a test lies in a folder that src has too, or tests the whole", () => {
    const OF_THE_WHOLE = [
      "test",
      "test/browser",
      "test/cost",
      "test/end-to-end",
      "test/routes",
      "test/newsroom",
      "test/formats",
      "test/content",
    ];
    const rooms = new Set(inSource.map(({ path }) => dirname(path).replace(/^src/, "test")));
    const tests = sources.map(({ path }) => path).filter((path) => path.endsWith(".test.ts"));
    expect(tests.length).toBeGreaterThan(100);
    expect(tests.filter((path) => !rooms.has(dirname(path)) && !OF_THE_WHOLE.includes(dirname(path)))).toEqual([]);
  });
});

// The private language that this project spoke until 0.1. Whoever reads the code should find the specifications' words instead.
const PRIVATE_WORDS = [
  ...["bury", "buried", "census", "complain", "complaint", "courier", "deed", "desk", "doom", "doomed", "errand"],
  ...["errands", "heed", "heeding", "linger", "mistakes", "moment", "moments", "nudge", "oddities", "oddity", "rival"],
  ...["shelf", "shelved", "stranger", "strangers", "surroundings", "tangle", "verdict", "withhold"],
];

// Not listed: `place` and `visit` are terms of unist, `log` is the console's.
const PRIVATE_NAMES = [
  ...["Ask", "askOf", "look", "lookEvery", "Standing", "standingOf", "Departure", "departure", "departing"],
  ...["Found", "Kept", "kept", "keep", "serveKept", "serveLastGood", "judge", "represent", "remember", "weight"],
  ...["tidyPath", "normalEncoding", "Gate", "gate", "letIn", "forEditors", "Putting", "Writing", "Withdrawing"],
  ...[
    "untilWritten",
    "depend",
    "enter",
    "leave",
    "Outside",
    "outside",
    "reach",
    "send",
    "settleBatch",
    "Visit",
    "Facts",
  ],
  ...["Announced", "announce", "Outcome", "stubs", "HubParts", "ShardParts", "Parts", "said", "mustBe", "AT_ONCE"],
];

/** `openDesk`, `OPEN_DESK` and `open-desk` have the words open and desk. */
const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z\d]+/);

const isPrivate = (name: string): boolean =>
  PRIVATE_NAMES.includes(name) || /^MOST_/.test(name) || wordsOf(name).some((word) => PRIVATE_WORDS.includes(word));

describe("the names", () => {
  it.each(sources)("of $path are the field's own", ({ path, identifiers }) => {
    const fileName = path.replace(/^.*\//, "").replace(/\.ts$/, "");
    // An option of fast-check's `oneof`, which only tests use, and a method of WebSocket.
    const foreign = path.startsWith("test/") ? ["weight"] : path === "bench/memory/heap-bytes.ts" ? ["send"] : [];
    expect([fileName, ...identifiers].filter((name) => isPrivate(name) && !foreign.includes(name))).toEqual([]);
  });

  it.each(["openDesk", "MOST_BYTES", "serveKept", "courierOf", "shard-census", "Ask"])(
    "would not be, if one were %s",
    (name) => {
      expect(isPrivate(name)).toBe(true);
    },
  );
});

it("the file that wrangler starts is one of the entries", () => {
  const mains = Array.from(readFileSync("wrangler.toml", "utf8").matchAll(/^main = "(.*)"$/gm), ([, main]) => main);
  expect(mains).toEqual(ENTRIES);
});
