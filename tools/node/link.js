// Links node_modules/.bin/node of the folder that it runs in to the locked Node, where npm has not: before 11.6.2 it makes the link,
// and takes it away again with the packages for other platforms. Runs after `npm ci`, on whatever Node runs npm: here, and in the
// folders that `feedwright init` makes.
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const read = (file) => JSON.parse(readFileSync(file, "utf8"));

const modules = pathToFileURL(join(process.cwd(), "node_modules/"));
const isWindows = process.platform === "win32";
const link = new URL(isWindows ? ".bin/node.cmd" : ".bin/node", modules);

const fits = (name) => {
  if (!/^node-(?:bin-)?(?:darwin|linux|win)-(?:arm64|x64)$/.test(name)) return false;
  const manifest = new URL(`${name}/package.json`, modules);
  if (!existsSync(manifest)) return false;
  const { os, cpu } = read(manifest);
  return os === process.platform && cpu === process.arch;
};

const name = existsSync(modules) ? readdirSync(modules).find(fits) : undefined;

if (name !== undefined && !existsSync(link)) {
  rmSync(link, { force: true }); // It may lead nowhere.
  if (isWindows) writeFileSync(link, `@"%~dp0..\\${name}\\bin\\node.exe" %*\r\n`);
  else symlinkSync(`../${name}/bin/node`, link);
}
