import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

// The arrows of the design: what a folder of src/ may import from src/. Whatever is not listed is forbidden.
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  alarm: [],
  http: [],
  formats: ["model"],
  content: ["model"],
  memory: [],
  store: ["model", "memory"],
  editions: ["model", "formats", "http"],
  schedule: ["alarm", "model", "store"],
  publish: ["model", "memory", "content", "http", "store"],
  push: ["alarm", "memory", "model"],
  interop: ["model", "formats"],
  catalog: ["model", "store"],
  pages: ["model", "formats", "http"],
  routes: ["model", "formats", "http", "memory", "editions", "pages", "publish", "push", "store", "catalog"],
  cli: ["model", "formats", "content", "interop"],
  worker: ["memory", "model", "routes", "store", "editions", "publish", "push", "schedule"],
};

// Packages that only these folders may name.
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  feed: ["interop"],
  "itty-router": ["routes"],
  yaml: ["content", "cli"],
  valibot: ["content", "publish"],
};

// Modules of Node that workerd has as well, and who may use them.
const NODE: Readonly<Record<string, readonly string[]>> = {
  editions: ["node:crypto", "node:zlib"],
  publish: ["node:crypto"],
  push: ["node:crypto"],
  store: ["node:crypto"],
};

const walk = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".d.ts"))
    .map((path) => join(folder, path));

const files = walk("src");

const partOf = (path: string): string => normalize(path).split("/")[1]?.replace(/\.ts$/, "") ?? "";

const IMPORT = /(?:from\s+|import\s+|import\()["']([^"']+)["']/g;

const importsOf = (path: string): readonly string[] =>
  Array.from(readFileSync(path, "utf8").matchAll(IMPORT), ([, specifier = ""]) => specifier);

describe("the arrows of the design", () => {
  it("finds the source files", () => {
    expect(files.length).toBeGreaterThan(40);
    expect([...new Set(files.map(partOf))].sort()).toEqual(Object.keys(MAY_IMPORT).sort());
  });

  it.each(files)("%s imports only what it may", (file) => {
    const part = partOf(file);
    const forbidden = importsOf(file)
      .filter((specifier) => specifier.startsWith("."))
      .map((specifier) => partOf(join(dirname(file), specifier)))
      .filter((other) => other !== part && other !== ".." && MAY_IMPORT[part]?.includes(other) !== true)
      .filter((other) => !(file === "src/worker.ts" && other === "publication.txt"));
    expect(forbidden).toEqual([]);
  });

  it.each(files)("%s names only packages that belong there", (file) => {
    const part = partOf(file);
    const packages = importsOf(file).filter((specifier) => !specifier.startsWith("."));
    const foreign = packages.filter((name) => PACKAGES[name] !== undefined && !PACKAGES[name].includes(part));
    const node = packages.filter(
      (name) => name.startsWith("node:") && NODE[part]?.includes(name) !== true && part !== "cli",
    );
    expect([...foreign, ...node]).toEqual([]);
  });

  it("keeps clock, randomness and network out of model, formats and http", () => {
    const pure = files.filter((file) => ["model", "formats", "http"].includes(partOf(file)));
    const impure = pure.filter((file) =>
      /Date\.now|new Date\(\)|performance\.|Math\.random|crypto\.|\bfetch\(|\bEnv\b|process\./.test(
        readFileSync(file, "utf8"),
      ),
    );
    expect(impure).toEqual([]);
  });

  it("has no barrels", () => {
    expect(files.filter((file) => file.endsWith("/index.ts"))).toEqual([]);
  });

  it("keeps files short", () => {
    const long = files.filter((file) => readFileSync(file, "utf8").split("\n").length > 220);
    expect(long).toEqual([]);
  });
});
