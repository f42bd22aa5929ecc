import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { CommandError, readArguments, runCommand } from "../../src/cli/command.ts";

let printed: unknown[];
const formerArguments = process.argv;

beforeEach(() => {
  printed = [];
  vi.spyOn(console, "error").mockImplementation((line) => void printed.push(line));
  process.argv = ["node", "command.ts", "--one", "two"];
});

afterEach(() => {
  vi.restoreAllMocks();
  process.argv = formerArguments;
  process.exitCode = undefined;
});

it.each<[string, () => Promise<boolean>, 1 | undefined, readonly unknown[]]>([
  ["succeeds", async () => true, undefined, []],
  ["fails, and has said why", async () => false, 1, []],
  [
    "can't read a file",
    async () => (await readFile(import.meta.dirname)).length > 0,
    1,
    [expect.stringMatching(/^EISDIR: .*$/)],
  ],
  ["throws a sentence", () => Promise.reject(new CommandError("Mend it.")), 1, ["Mend it."]],
])("a command that %s ends with its exit status", async (_, command, status, lines) => {
  await runCommand(command);
  expect([process.exitCode, printed]).toEqual([status, lines]);
});

it("gets the words behind its name", async () => {
  const given: unknown[] = [];
  await runCommand(async (args) => given.push(...args) > 0);
  expect(given).toEqual(["--one", "two"]);
});

it("does not hide what is no mistake of whoever runs it", async () => {
  await expect(runCommand(() => Promise.reject(new TypeError("x is undefined")))).rejects.toThrow("x is undefined");
});

it("has its usage said with what is wrong in its arguments", () => {
  const read = () => readArguments({ args: ["--tpo", "x"], options: { to: { type: "string" } } }, "Usage: npm run x");
  expect(read).toThrow(CommandError);
  expect(read).toThrow(/^There is no option `--tpo`\. Did you mean `--to`\?\nUsage: npm run x$/);
});

it.each([
  [["-x"], /^There is no option `-x`\.\n/],
  [["--to"], /^Option '--to <value>' argument missing\n/],
  [["--to", "-x"], /^Option '--to' argument is ambiguous\.\n/],
  [["x"], /^Unexpected argument 'x'[^\n]*\n/],
])("says what is wrong in %j in one line, above its usage", (args, message) => {
  const read = () => readArguments({ args, options: { to: { type: "string" } } }, "Usage: x");
  expect(read).toThrow(new RegExp(`${message.source}Usage: x$`));
});
