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

it.each<[string, () => Promise<boolean>, 1 | undefined, readonly string[]]>([
  ["succeeds", async () => true, undefined, []],
  ["fails, and has said why", async () => false, 1, []],
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
  expect(read).toThrow(/'--tpo'[\s\S]*\nUsage: npm run x$/);
});
