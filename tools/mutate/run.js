// `npm run mutate -- <path> [options]`: installs Stryker here at the first run, so that `npm ci` need not, and runs it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const stryker = fileURLToPath(new URL("node_modules/@stryker-mutator/core/bin/stryker.js", import.meta.url));

const run = (program, ...words) => spawnSync(program, words, { stdio: "inherit" }).status ?? 1;

const installed = existsSync(stryker) ? 0 : run(process.execPath, process.env.npm_execpath, "ci", "--prefix", folder);
process.exitCode =
  installed === 0 ? run(process.execPath, stryker, "run", "--mutate", ...process.argv.slice(2)) : installed;
