import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

/** What package-lock.json says of one package. npm writes `os` and `cpu` as a package has them: a list or a word. */
interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly hasInstallScript?: boolean;
  readonly os?: string | readonly string[];
  readonly cpu?: string | readonly string[];
  readonly libc?: string | readonly string[];
  readonly bin?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const read = (path: string) => JSON.parse(readFileSync(resolve(import.meta.dirname, "..", path), "utf8"));

interface Manifest {
  readonly workspaces?: readonly string[];
  readonly allowScripts?: Readonly<Record<string, boolean>>;
}

const packages: Readonly<Record<string, Locked>> = read("package-lock.json").packages;
const all = Object.entries(packages);

const nameOf = (path: string): string => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

/** What Node would find if the package at `path` asked for `name`. */
const lookUp = (path: string, name: string): Locked | undefined => {
  const above = path.split("/").map((_, index, parts) => `${parts.slice(0, index + 1).join("/")}/`);
  return ["", ...above].map((folder) => packages[`${folder}node_modules/${name}`]).findLast((found) => found);
};

interface Machine {
  readonly os: string;
  readonly cpu: string;
  readonly libc?: string;
}

const MACHINES: readonly Machine[] = [
  { os: "linux", cpu: "x64", libc: "glibc" },
  { os: "linux", cpu: "arm64", libc: "glibc" },
  { os: "darwin", cpu: "x64" },
  { os: "darwin", cpu: "arm64" },
  { os: "win32", cpu: "x64" },
];

/** Such a list names what is admitted, or with `!` what is not. */
const admits = (list: string | readonly string[] = [], value = ""): boolean => {
  const listed = [list].flat();
  return !listed.includes(`!${value}`) && (listed.every((one) => one.startsWith("!")) || listed.includes(value));
};

const fits = ({ os, cpu, libc }: Locked, machine: Machine): boolean =>
  admits(os, machine.os) && admits(cpu, machine.cpu) && admits(libc, machine.libc);

const isNative = ({ os, cpu }: Locked): boolean => os !== undefined || cpu !== undefined;

/** Native packages that one system only has a use for. */
const ONE_SYSTEM: Readonly<Record<string, string>> = {
  fsevents: "darwin", // Tells of changed files. Elsewhere Node does so itself.
};

const partsOf = (path: string): readonly Locked[] =>
  Object.keys(packages[path]?.optionalDependencies ?? {})
    .filter((name) => ONE_SYSTEM[name] === undefined)
    .flatMap((name) => lookUp(path, name) ?? [])
    .filter(isNative);

const withParts = all.map(([path]) => path).filter((path) => partsOf(path).length > 0);

describe.each([".", "tools/mutate"])("package-lock.json in %s", (folder) => {
  const { workspaces = [], allowScripts = {} }: Manifest = read(`${folder}/package.json`);
  const locked = Object.entries<Locked>(read(`${folder}/package-lock.json`).packages);
  const ours = ["", ...workspaces];
  const foreign = locked.filter(([path, { link }]) => !ours.includes(path) && link !== true);

  it("has a hash of every package, and the address of none", () => {
    expect(foreign.length).toBeGreaterThan(100);
    expect(foreign.filter(([, { integrity = "" }]) => !/^sha512-[\w+/]{86}==$/.test(integrity))).toEqual([]);
    expect(foreign.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });

  it("links only to workspaces", () => {
    const links = locked.filter(([, { link }]) => link === true);
    expect(links.map(([, { resolved }]) => resolved)).toEqual(workspaces);
  });

  it("has no package with a script that runs when it is installed, but those that package.json denies it", () => {
    const scripted = locked.filter(([, one]) => one.hasInstallScript === true).map(([path]) => nameOf(path));
    expect(Object.fromEntries(scripted.map((name) => [name, false]))).toEqual(allowScripts);
  });
});

it("what only `npm run mutate` needs is in the package-lock.json in tools/mutate alone", () => {
  const names = Object.keys(read("tools/mutate/package.json").devDependencies);
  expect(names).toContain("@stryker-mutator/core");
  expect(names.filter((name) => packages[`node_modules/${name}`] !== undefined)).toEqual([]);
});

describe("package-lock.json", () => {
  it("has every optional package, also those for other machines", () => {
    const missing = all.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter((name) => lookUp(path, name) === undefined),
    );
    expect(missing).toEqual([]);
  });

  it("demands no package that some machines cannot install", () => {
    expect(all.filter(([, locked]) => isNative(locked) && locked.optional !== true)).toEqual([]);
  });

  it("has native packages for one system only where that is listed", () => {
    const systems = Object.keys(ONE_SYSTEM).map((name) => [name, [packages[`node_modules/${name}`]?.os].flat()]);
    expect(systems).toEqual(Object.entries(ONE_SYSTEM).map(([name, os]) => [name, [os]]));
  });

  it("has packages with native parts", () => {
    const some = ["tools/node", "node_modules/esbuild", "node_modules/workerd", "node_modules/typescript"];
    expect(withParts).toEqual(expect.arrayContaining(some));
  });

  it.each(withParts)("has the native parts of %s for every machine that it runs on", (path) => {
    const machines = MACHINES.filter((machine) => fits(packages[path] ?? {}, machine));
    const lacking = machines.filter((machine) => !partsOf(path).some((part) => fits(part, machine)));
    expect(lacking).toEqual([]);
  });
});

describe("the Node of package-lock.json", () => {
  const names = Object.keys(read("tools/node/package.json").optionalDependencies);
  const nodes = names.map((name) => packages[`node_modules/${name}`] ?? {});

  it("is one package for each machine", () => {
    const machines = nodes.map(({ os, cpu }) => `${os} ${cpu}`);
    expect(machines.toSorted()).toEqual(MACHINES.map(({ os, cpu }) => `${os} ${cpu}`).toSorted());
  });

  it("is of one version, which tools/node names exactly", () => {
    const wanted: readonly string[] = Object.values(read("tools/node/package.json").optionalDependencies);
    expect(new Set([...wanted, ...nodes.map(({ version }) => version)]).size).toBe(1);
    expect(wanted[0]).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("lies where tools/node/link.js looks for it", () => {
    const programs = nodes.map(({ os, bin }) => [os, bin?.node]);
    expect(programs).toEqual(nodes.map(({ os }) => [os, os === "win32" ? "bin/node.exe" : "bin/node"]));
  });
});
