import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandError } from "../command.ts";

/** Environment variables with which wrangler needs no account and no network, and prints no banner. */
const OFFLINE = {
  WRANGLER_SEND_METRICS: "false",
  // The banner says whether there is a newer version.
  WRANGLER_HIDE_BANNER: "true",
  // The location of this machine, for `request.cf`.
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
};

const findWrangler = (): string => {
  try {
    return join(fileURLToPath(import.meta.resolve("wrangler/package.json")), "../bin/wrangler.js");
  } catch {
    throw new CommandError("wrangler is not installed. Run `npm ci` first.");
  }
};

/** Starts wrangler, with the terminal of this process for what it prints. Throws CommandError if it is not installed. */
export const startWrangler = (args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess =>
  spawn(process.execPath, [findWrangler(), ...args], {
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...OFFLINE, ...env },
  });

/** Runs wrangler to its end and returns whether it succeeded. Only its errors are printed. */
export const runWrangler = (args: readonly string[]): boolean =>
  spawnSync(process.execPath, [findWrangler(), ...args], {
    stdio: ["ignore", "ignore", "inherit"],
    // With CI it applies the migrations without a question.
    env: { ...process.env, ...OFFLINE, CI: "1" },
  }).status === 0;
