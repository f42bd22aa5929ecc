#!/usr/bin/env node
// Links node_modules/.bin/node to the locked Node, where npm has not: before 11.6.2 it makes the link, and takes it away again with the
// packages for other platforms. Runs after `npm ci`, on whatever Node runs npm: here, and, as `feedwright-node`, in the folders that
// `feedwright init` makes. In a workspace, node_modules is that of a folder above.
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

const read = (file) => JSON.parse(readFileSync(file, "utf8"));

const isWindows = process.platform === "win32";

/** This folder and those above it, the nearest first. */
const foldersFrom = (folder) => [folder, ...(dirname(folder) === folder ? [] : foldersFrom(dirname(folder)))];

const fits = (modules, name) => {
  if (!/^node-(?:bin-)?(?:darwin|linux|win)-(?:arm64|x64)$/.test(name)) return false;
  const manifest = new URL(`${name}/package.json`, modules);
  if (!existsSync(manifest)) return false;
  const { os, cpu } = read(manifest);
  return os === process.platform && cpu === process.arch;
};

for (const folder of foldersFrom(process.cwd())) {
  const modules = pathToFileURL(join(folder, "node_modules/"));
  const name = existsSync(modules) ? readdirSync(modules).find((one) => fits(modules, one)) : undefined;
  if (name === undefined) continue;
  const link = new URL(isWindows ? ".bin/node.cmd" : ".bin/node", modules);
  if (existsSync(link)) break;
  rmSync(link, { force: true }); // It may lead nowhere.
  if (isWindows) writeFileSync(link, `@"%~dp0..\\${name}\\bin\\node.exe" %*\r\n`);
  else symlinkSync(`../${name}/bin/node`, link);
  break;
}
