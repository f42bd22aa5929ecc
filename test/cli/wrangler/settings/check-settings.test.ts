import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { check } from "../../../../src/cli/check.ts";
import { CommandError } from "../../../../src/cli/command.ts";
import { writeOutputFile } from "../../../../src/cli/files/output-folder.ts";
import { publicationFiles } from "../../../../src/cli/init/publication-files.ts";
import { workerFiles } from "../../../../src/cli/init/worker-files.ts";
import { start } from "../../../../src/cli/start.ts";
import { startNewsroom } from "../../../../src/cli/start-newsroom.ts";
import { checkAllSettings, checkSettings } from "../../../../src/cli/wrangler/settings/check-settings.ts";
import { freePort } from "../../../end-to-end/workplace.ts";
import { run } from "../../run.ts";
import { useFolder } from "../../use-folder.ts";
import { editsIn, pasteEdits } from "./paste-edits.ts";

const printed = useFolder("feedwright-settings-");

/** What a folder takes over from this Feedwright. */
const OWN = {
  ...{ feedwright: "1.0.0", wrangler: "4.0.0", node: {}, bindings: {} },
  wranglerToml: readFileSync("wrangler.toml", "utf8"),
};

const CAN_BE_PUBLISHED = "content/ can be published: 1 story.";

beforeEach(async () => {
  const publication = { title: "My Paper", url: "https://courier.news", language: "en", hasNewsroom: true };
  const files = {
    ...publicationFiles(publication, "courier.news", Date.UTC(2026, 0)),
    ...workerFiles("my-paper", publication, OWN),
  };
  for (const [path, text] of Object.entries(files)) await writeOutputFile(".", path, new TextEncoder().encode(text));
  printed.length = 0;
});

/** Changes wrangler.toml. */
const change = (pattern: RegExp, by = ""): void => {
  const text = readFileSync("wrangler.toml", "utf8");
  expect(text).toMatch(pattern);
  writeFileSync("wrangler.toml", text.replaceAll(pattern, by));
};

const port = async () => ["--port", String(await freePort())];

/** Each way to run a worker, and what it says of a fault of both environments. */
const COMMANDS = [
  ["check", check, async () => []],
  ["start", start, port],
  ["start:newsroom", startNewsroom, port],
] as const;

describe("check", () => {
  it("says nothing of a folder that init made", async () => {
    expect(await run(check, [])).toBe(true);
    expect(printed).toEqual([CAN_BE_PUBLISHED]);
  });

  it("says nothing of a folder without wrangler.toml", async () => {
    rmSync("wrangler.toml");
    expect(await run(check, [])).toBe(true);
    expect(printed).toEqual([CAN_BE_PUBLISHED]);
  });

  it("says what is off without an optional binding, and nothing more once the lines are pasted in", async () => {
    change(/^ {2}\{ name = "(?:USAGE|SCHEDULER)".*\n/gm);
    change(/^\[version_metadata\]\n.*\n/gm);
    expect(await run(check, [])).toBe(true);
    expect(printed).toEqual([expect.stringMatching(/^wrangler\.toml has no binding SCHEDULER: /), CAN_BE_PUBLISHED]);
    expect(printed[0]).toContain("\n\nwrangler.toml has no binding USAGE under [env.newsroom]: ");
    const edits = editsIn(printed[0] ?? "");
    expect(edits).toHaveLength(5);
    const pasted = pasteEdits({ "wrangler.toml": readFileSync("wrangler.toml", "utf8") }, edits);
    writeFileSync("wrangler.toml", pasted["wrangler.toml"] ?? "");
    printed.length = 0;
    expect(await run(check, [])).toBe(true);
    expect(printed).toEqual([CAN_BE_PUBLISHED]);
  });

  it("says so after the compiler's messages, also if there are errors", async () => {
    change(/^ {2}\{ name = "(?:USAGE|HUB)".*\n/gm);
    writeFileSync("content/site.yaml", "titel: x\n");
    expect(await run(check, [])).toBe(false);
    expect(printed).toEqual([
      expect.stringContaining("`titel` is not a known key"),
      expect.stringMatching(/^wrangler\.toml has no binding USAGE: /),
    ]);
    // Which hubs there are is not known.
    expect(printed[1]).not.toContain("HUB");
  });

  it("says nothing of settings where a story is named", async () => {
    change(/^main = .*\n/gm);
    expect(await run(check, ["content/hello.md"])).toBe(true);
    expect(printed).toEqual(["No errors in content/hello.md."]);
  });

  it("says that it reads no other file", async () => {
    renameSync("wrangler.toml", "wrangler.jsonc");
    expect(await run(check, [])).toBe(true);
    expect(printed).toEqual([
      expect.stringMatching(
        /^wrangler\.jsonc is not compared with this version of Feedwright, which reads wrangler\.toml only\./,
      ),
      CAN_BE_PUBLISHED,
    ]);
  });
});

describe.each(COMMANDS)("%s refuses", (name, command, args) => {
  it("a wrangler.toml that is no TOML, and says where", async () => {
    writeFileSync("wrangler.toml", 'name = "x"\nmain = \n');
    expect(await run(command, await args())).toBe(false);
    expect(printed.at(-1)).toMatch(/^wrangler\.toml:2:8 Invalid TOML document: .*\. Mend it first\.$/);
  });

  it("one without main", async () => {
    change(/^main = .*\n/gm);
    expect(await run(command, await args())).toBe(false);
    const line =
      name === "start:newsroom"
        ? /^wrangler\.toml has no `main` under \[env\.newsroom\]: .*\nSet under \[env\.newsroom\] in wrangler\.toml:\nmain = "newsroom-worker\.ts"$/
        : /^wrangler\.toml has no `main`: there is no worker to run\.\nSet at the top of wrangler\.toml:\nmain = "worker\.ts"/;
    expect(printed.at(-1)).toMatch(line);
  });

  it("one without a binding that is required, after it has said what is off", async () => {
    change(/binding = "ASSETS"/g, 'binding = "FILES"');
    change(/^ {2}\{ name = "USAGE".*\n/gm);
    expect(await run(command, await args())).toBe(false);
    const lines = printed.map((text) => text.split("\n")[0]);
    expect(lines.slice(-2)).toEqual([
      expect.stringMatching(/^wrangler\.toml has no binding USAGE\b.*: what partners take is not counted\.$/),
      expect.stringMatching(/^wrangler\.toml has no binding ASSETS\b.*: the worker can serve no pictures/),
    ]);
  });
});

describe("start", () => {
  it.each(COMMANDS.slice(1))("refuses a folder without wrangler.toml in one line: %s", async (_, command, args) => {
    rmSync("wrangler.toml");
    expect(await run(command, await args())).toBe(false);
    expect(printed.at(-1)).toBe("There is no wrangler.toml here. `feedwright init` makes a folder that has one.");
    expect(existsSync(".wrangler")).toBe(false);
  });

  it("refuses to start a newsroom where there is none", async () => {
    change(/^\[env\.newsroom[\s\S]*/gm);
    expect(await run(startNewsroom, await port())).toBe(false);
    expect(printed.at(-1)).toMatch(/^wrangler\.toml has no \[env\.newsroom\]\. /);
  });
});

describe("the settings of one environment", () => {
  it("are all that is compared", async () => {
    change(/^ {2}\{ name = "USAGE".*\n/gm);
    await checkSettings(undefined, "newsroom");
    await checkSettings(undefined);
    expect(printed).toEqual([
      expect.stringMatching(/^wrangler\.toml has no binding USAGE under \[env\.newsroom\]: .*\n.*\n.*$/),
      expect.stringMatching(/^wrangler\.toml has no binding USAGE: .*\n.*\n.*$/),
    ]);
  });

  it("throw a CommandError", async () => {
    writeFileSync("wrangler.toml", "=");
    await expect(checkSettings(undefined)).rejects.toThrow(CommandError);
  });
});

it("this repository lacks nothing", async () => {
  process.chdir(resolve(import.meta.dirname, "../../../.."));
  expect(existsSync(join("src", "worker.ts"))).toBe(true);
  await checkAllSettings({ url: "https://x.example", hubs: ["https://x.example/hub"] });
  expect(printed).toEqual([]);
});
