import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { build } from "../../src/cli/build.ts";
import { check } from "../../src/cli/check.ts";
import { type Command, CommandError } from "../../src/cli/command.ts";
import { editor } from "../../src/cli/editor.ts";
import { hub } from "../../src/cli/hub.ts";
import { newStory } from "../../src/cli/new.ts";
import { publish } from "../../src/cli/publish.ts";
import { start } from "../../src/cli/start.ts";
import { startNewsroom } from "../../src/cli/start-newsroom.ts";
import { sync } from "../../src/cli/sync.ts";
import { freePort } from "../end-to-end/workplace.ts";
import { site, story } from "../fixtures/publication.ts";

const home = process.cwd();
let folder: string;
let printed: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "feedwright-commands-"));
  process.chdir(folder);
  printed = [];
  for (const name of ["error", "log"] as const)
    vi.spyOn(console, name).mockImplementation((line: string) => void printed.push(line));
  vi.stubEnv("PUBLISH_TOKEN", "a-token-of-at-least-32-characters");
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

/** Whether a command succeeds. As for its caller, the message of a CommandError is printed. */
const run = async (command: Command, args: readonly string[]): Promise<boolean> => {
  try {
    return await command(args);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(error.message);
    return false;
  }
};

const TO = ["--to", "http://localhost:1"];
const port = async () => ["--port", String(await freePort())];

describe("a command for a newsroom", () => {
  it.each([
    ["sync", sync, TO],
    ["hub", hub, ["status", ...TO]],
    ["editor", editor, ["list", ...TO]],
  ] as const)("says that a short token is none, and does not show it: %s", async (_, command, args) => {
    mkdirSync("content");
    vi.stubEnv("PUBLISH_TOKEN", "my-secret");
    expect(await run(command, args)).toBe(false);
    expect(printed.at(-1)).toBe("PUBLISH_TOKEN has fewer than 32 characters: no newsroom accepts it.");
    expect(printed.join()).not.toContain("my-secret");
  });
});

describe("editor", () => {
  it.each([["end-previews", "ann"], ["add"], ["revoke"], ["list", "ann"], ["hire", "ann"], []])(
    "says how it is used: %s %s",
    async (...args) => {
      expect(await run(editor, [...args.filter((one) => one !== undefined), ...TO])).toBe(false);
      expect(printed.join("\n")).toContain("Usage: npm run editor");
    },
  );
});

const NEED_CONTENT: readonly (readonly [string, Command, () => readonly string[] | Promise<readonly string[]>])[] = [
  ["build", build, () => []],
  ["check", check, () => []],
  ["new", newStory, () => ["A title"]],
  ["publish", publish, () => ["content/x.md", ...TO]],
  ["start", start, port],
  ["start:newsroom", startNewsroom, port],
  ["sync", sync, () => TO],
];

describe.each(NEED_CONTENT)("%s", (name, command, args) => {
  it("says in a sentence that content/ is missing", async () => {
    expect(await run(command, await args())).toBe(false);
    expect(printed).toEqual(["There is no folder content/ here. Run the command in the folder above it."]);
  });

  it("says in a sentence that content is a file", async () => {
    writeFileSync("content", "");
    expect(await run(command, await args())).toBe(false);
    expect(printed).toEqual(["content is a file. A folder of that name has to be there."]);
  });

  it("says what is missing in a content/ that is empty", async () => {
    mkdirSync("content");
    expect(await run(command, await args())).toBe(false);
    expect(printed.join("\n")).toMatch(
      name === "publish" ? /^There is no file content\/x\.md\. Mend/ : /There is no content\/site\.yaml\. Add it/,
    );
  });
});

describe("check", () => {
  it("counts drafts apart from what can be published", async () => {
    mkdirSync("content");
    writeFileSync("content/site.yaml", site());
    writeFileSync("content/a.md", story("a"));
    writeFileSync("content/b.md", story("b", { draft: true }));
    expect(await run(check, [])).toBe(true);
    expect(printed).toEqual(["content/ can be published: 1 story, and 1 draft."]);
  });

  it("warns of a token that opens no API, without showing it, and of no other", async () => {
    mkdirSync("content");
    writeFileSync("content/site.yaml", site());
    writeFileSync(".dev.vars", 'OTHER=x\nPUBLISH_TOKEN="my-secret"\n');
    writeFileSync(".dev.vars.newsroom", `PUBLISH_TOKEN=${"x".repeat(32)}\n`);
    expect(await run(check, [])).toBe(true);
    expect(printed).toEqual([
      ".dev.vars: PUBLISH_TOKEN has fewer than 32 characters, so it opens no API.",
      expect.stringContaining("can be published"),
    ]);
  });

  it.each(["--prot", "content/a.md"])("takes no argument: %s", async (argument) => {
    expect(await run(check, [argument])).toBe(false);
    expect(printed.join("\n")).toContain("Usage: npm run check");
  });
});
