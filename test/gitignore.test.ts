import { spawnSync } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "feedwright-"));

const git = (...words: readonly string[]) => spawnSync("git", [...words], { cwd: folder });

beforeAll(() => {
  copyFileSync(resolve(import.meta.dirname, "../.gitignore"), join(folder, ".gitignore"));
  expect(git("init", "--quiet").status).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("git ignores", () => {
  it.each([
    ".dev.vars",
    ".dev.vars.newsroom",
    ".dev.vars.staging",
    ".env",
    ".env.local",
    ".env.production",
    "content/.env",
    "build/publication.txt",
    ".wrangler/state/v3/d1/x.sqlite",
    "node_modules/valibot/package.json",
    "tools/mutate/node_modules/chalk/package.json",
    ".stryker/sandbox-1/package.json",
  ])("%s", (path) => {
    expect(git("check-ignore", "--quiet", path).status).toBe(0);
  });

  it.each([".dev.vars.example", ".env.example", "content/hello.md", "content/media/environment.png"])(
    "not %s",
    (path) => {
      expect(git("check-ignore", "--quiet", path).status).toBe(1);
    },
  );
});
