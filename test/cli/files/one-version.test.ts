import { mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { feedwright } from "../../../src/cli/feedwright.ts";
import { run } from "../run.ts";
import { useFolder } from "../use-folder.ts";

const printed = useFolder("feedwright-one-version-");

const OWN = resolve(import.meta.dirname, "../../..");
const { version } = JSON.parse(readFileSync(join(OWN, "package.json"), "utf8"));

/** Installs another feedwright into this test's folder. */
const install = (other: string): string => {
  const folder = join(realpathSync(process.cwd()), "node_modules/feedwright");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "feedwright", version: other }));
  return folder;
};

it.each(["check", "start", "build"])("%s stops if the workers here import another version", async (command) => {
  const other = install("0.1.7");
  expect(await run(feedwright, [command])).toBe(false);
  expect(printed).toEqual([
    `There are two versions of feedwright: this command is ${version} (${OWN}), and the workers here import 0.1.7 (${other}). Run the command as \`npx feedwright\` in this folder. If they still differ, run \`npm dedupe\`, or pin one version in package.json.`,
  ]);
});

it("a folder above counts as well, since imports look there", async () => {
  install("0.1.7");
  mkdirSync("paper");
  process.chdir("paper");
  expect(await run(feedwright, ["check"])).toBe(false);
  expect(printed.join("\n")).toContain("workers here import 0.1.7");
});

it.each([
  ["the same version", () => install(version)],
  ["none", () => undefined],
])("a command goes on where the workers import %s", async (_, prepare) => {
  prepare();
  expect(await run(feedwright, ["check"])).toBe(false);
  expect(printed).toEqual(["There is no folder content/ here. Run the command in the folder above it."]);
});

it.each([
  ["help, which needs nothing of the folder", ["start", "--help"], "Usage: npm start"],
  ["init, which pins its own version in a new folder", ["init", "paper"], "Usage: feedwright init"],
])("two versions do not stop %s", async (_, args, expected) => {
  install("0.1.7");
  await run(feedwright, args);
  expect(printed.join("\n")).toContain(expected);
});
