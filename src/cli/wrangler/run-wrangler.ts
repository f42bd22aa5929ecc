import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CommandError } from "../command.ts";

/** Environment variables with which wrangler needs no account and no network, and prints no banner. */
const OFFLINE = {
  WRANGLER_SEND_METRICS: "false",
  // The banner says whether there is a newer version.
  WRANGLER_HIDE_BANNER: "true",
  // The location of this machine, for `request.cf`.
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
};

/** Where Node keeps what it compiled of wrangler, which starts in half the time from then on: the place that Node itself would take. */
const COMPILE_CACHE = { NODE_COMPILE_CACHE: join(tmpdir(), "node-compile-cache") };

const environmentOf = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...COMPILE_CACHE,
  ...process.env,
  ...OFFLINE,
  ...env,
});

/** The oldest Node on which wrangler runs. */
const MIN_NODE = [22, 12] as const;

/** Throws CommandError if wrangler does not run on this version of Node. */
export const requireNode = (version: string): void => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1])) return;
  throw new CommandError(`This command needs Node ${MIN_NODE.join(".")} or later, and this is ${version}.`);
};

/** The wrangler of the folder in which the command runs. */
const findWrangler = (): string => {
  requireNode(process.versions.node);
  try {
    return join(
      createRequire(join(process.cwd(), "package.json")).resolve("wrangler/package.json"),
      "../bin/wrangler.js",
    );
  } catch {
    throw new CommandError("wrangler is not installed here. Run `npm ci` first.");
  }
};

/** Starts wrangler, with the terminal of this process for what it prints. Throws CommandError if it is not installed. */
export const startWrangler = (args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess =>
  spawn(process.execPath, [findWrangler(), ...args], {
    stdio: ["ignore", "inherit", "inherit"],
    env: environmentOf(env),
  });

/** Runs wrangler to its end with the terminal of this process, where it may ask, and returns whether it succeeded. */
export const runWranglerForPeople = (args: readonly string[], env: NodeJS.ProcessEnv): boolean =>
  spawnSync(process.execPath, [findWrangler(), ...args], {
    stdio: "inherit",
    env: environmentOf(env),
  }).status === 0;

/** Runs wrangler to its end and returns whether it succeeded. Only its errors are printed. */
export const runWrangler = (args: readonly string[]): boolean =>
  spawnSync(process.execPath, [findWrangler(), ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    // With CI it applies the migrations without a question.
    env: environmentOf({ CI: "1" }),
  }).status === 0;
