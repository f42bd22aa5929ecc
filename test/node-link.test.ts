import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const tools = resolve(import.meta.dirname, "../tools");
const names = Object.keys(JSON.parse(readFileSync(join(tools, "node/package.json"), "utf8")).optionalDependencies);
const [first = "", second = ""] = names;

describe("tools/node/link.js", () => {
  let folder: string;
  let link: string;

  const install = (name: string, machine: Readonly<Record<string, string>> = {}) => {
    const bin = join(folder, "node_modules", name, "bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(
      join(bin, "../package.json"),
      JSON.stringify({ os: process.platform, cpu: process.arch, ...machine }),
    );
    writeFileSync(join(bin, "node"), name);
  };

  const run = (cwd = folder) =>
    spawnSync(process.execPath, [join(folder, "tools/node/link.js")], { cwd, encoding: "utf8" });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "feedwright-"));
    link = join(folder, "node_modules/.bin/node");
    cpSync(tools, join(folder, "tools"), { recursive: true });
    mkdirSync(join(folder, "node_modules/.bin"), { recursive: true });
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it("links the Node that fits the machine", () => {
    install(first, { os: "another" });
    install(second);
    expect(run()).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect(readFileSync(link, "utf8")).toBe(second);
  });

  it("leaves a link that npm has made", () => {
    install(first);
    writeFileSync(link, "npm's");
    expect(run().status).toBe(0);
    expect(readFileSync(link, "utf8")).toBe("npm's");
  });

  it("makes a link anew that leads nowhere", () => {
    symlinkSync("../gone/bin/node", link);
    install(first);
    expect(run().status).toBe(0);
    expect(readFileSync(link, "utf8")).toBe(first);
  });

  it("links that of a folder above, where npm installs the packages of a workspace", () => {
    install(first);
    const workspace = join(folder, "packages/paper");
    mkdirSync(join(workspace, "node_modules/.bin"), { recursive: true });
    expect(run(workspace)).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect(readFileSync(link, "utf8")).toBe(first);
    expect(readdirSync(join(workspace, "node_modules/.bin"))).toEqual([]);
  });

  it("makes none where no package fits", () => {
    install(first, { os: "another" });
    install(second, { cpu: "another" });
    expect(run()).toMatchObject({ status: 0, stdout: "", stderr: "" });
    expect(existsSync(link)).toBe(false);
  });
});
