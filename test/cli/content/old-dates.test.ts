import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { countNewer, warnOfOldDates } from "../../../src/cli/content/old-dates.ts";
import { findUncommitted } from "../../../src/cli/content/uncommitted.ts";
import { readFolder } from "../../../src/cli/files/read-folder.ts";
import { compilePublication } from "../../../src/content/publication.ts";
import { instant, site, story } from "../../fixtures/publication.ts";

const NOW = instant("2026-06-10T12:00:00Z");

const home = process.cwd();
let folder: string;

const git = (...args: readonly string[]) =>
  execFileSync("git", ["-c", "user.name=A", "-c", "user.email=a@example.org", ...args], { stdio: "pipe" });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "feedwright-dates-"));
  // Not the root of the repository: what git says is relative to that, or to the current folder.
  mkdirSync(join(folder, "site/content"), { recursive: true });
  process.chdir(join(folder, "site"));
  writeFileSync("content/site.yaml", site({ feedLength: 2 }));
  writeFileSync("content/news.md", story("news", { published: "2026-06-08T00:00:00Z" }));
  writeFileSync("content/older.md", story("older", { published: "2026-06-05T00:00:00Z" }));
});

afterEach(() => {
  vi.unstubAllEnvs();
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

const commitAll = () => {
  git("init", "-q", folder);
  git("add", "-A", folder);
  git("commit", "-q", "-m", "x");
};

const write = (name: string, published: string, more = {}) =>
  writeFileSync(`content/${name}.md`, story(name.replace("ü", "u"), { published, ...more }));

const warnings = async (): Promise<readonly string[]> => {
  const files = await readFolder("content");
  const compiled = await compilePublication(files, NOW);
  warnOfOldDates(compiled, files, await findUncommitted("content"), NOW);
  return compiled.files.flatMap(({ path, messages }) =>
    messages.map(({ line, column, reason }) => `${path} ${line}:${column} ${reason}`),
  );
};

describe("a story that is new to git", () => {
  it("gets a warning if its date lies behind that of others", async () => {
    commitAll();
    write("a", "2026-06-07T00:00:00Z");
    write("b-ü", "2026-06-01T00:00:00Z");
    git("add", "content/b-ü.md");
    expect(await warnings()).toEqual([
      "a.md 4:12 `published` lies behind that of 1 story that readers have: they may not notice this one. If it is new, write 2026-06-10T12:00:00Z.",
      expect.stringContaining(
        "b-ü.md 4:12 `published` lies behind that of 2 stories that readers have: this one will be in no feed of all stories.",
      ),
    ]);
  });

  it.each([
    ["is of today", "2026-06-10T09:00:00Z", {}],
    ["is newer than the others, though not of today", "2026-06-08T12:00:00Z", {}],
    ["lies ahead", "2026-07-01T00:00:00Z", {}],
    ["is a draft's", "2026-06-01T00:00:00Z", { draft: true }],
  ])("gets none if its date %s", async (_, published, more) => {
    commitAll();
    write("a", published, more);
    expect(await warnings()).toEqual([]);
  });

  it("is compared with what readers have, and not with drafts, what is planned, or other new ones", async () => {
    write("draft", "2026-06-09T00:00:00Z", { draft: true });
    write("later", "2026-06-20T00:00:00Z");
    commitAll();
    write("b", "2026-06-09T00:00:00Z");
    write("a", "2026-06-07T00:00:00Z");
    expect(await warnings()).toEqual([expect.stringMatching(/^a\.md .* behind that of 1 story that readers have/)]);
  });

  it("gets none if it is an old one under another name", async () => {
    commitAll();
    renameSync("content/older.md", "content/renamed.md");
    expect(await warnings()).toEqual([]);
    git("add", "-A", "content");
    expect(await warnings()).toEqual([]);
    writeFileSync(
      "content/renamed.md",
      story("older", { published: "2026-06-05T00:00:00Z" }, "A wholly other text.".repeat(99)),
    );
    git("add", "-A", "content");
    expect(await warnings()).toEqual([]);
  });

  it("gets none if all are new", async () => {
    git("init", "-q", folder);
    expect(await warnings()).toEqual([]);
    git("add", "-A", folder);
    expect(await warnings()).toEqual([]);
  });

  it("gets none once it is committed", async () => {
    write("a", "2026-06-01T00:00:00Z");
    commitAll();
    expect(await warnings()).toEqual([]);
  });
});

describe("without git", () => {
  it("nobody knows what is new", async () => {
    write("a", "2026-06-01T00:00:00Z");
    vi.stubEnv("GIT_CEILING_DIRECTORIES", tmpdir());
    expect(await findUncommitted("content")).toBeUndefined();
    expect(await warnings()).toEqual([]);
    commitAll();
    vi.stubEnv("PATH", "");
    expect(await findUncommitted("content")).toBeUndefined();
  });
});

it("a date counts as old if it lies more than a day back", () => {
  const day = 86_400_000;
  expect(countNewer(NOW - day, [NOW], NOW)).toBe(0);
  expect(countNewer(NOW - day - 1, [NOW - day - 1, NOW - day - 2], NOW)).toBe(0);
  expect(countNewer(NOW - day - 1, [NOW, NOW - day - 1, NOW - 2 * day], NOW)).toBe(1);
});
