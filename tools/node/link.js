// Links node_modules/.bin/node to the locked Node, where npm has not: before 11.6.2 it makes the link, and takes
// it away again with the packages for other platforms. Runs after `npm ci`, on whatever Node runs npm.
import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";

const read = (file) => JSON.parse(readFileSync(file, "utf8"));

const modules = new URL("../../node_modules/", import.meta.url);
const isWindows = process.platform === "win32";
const link = new URL(isWindows ? ".bin/node.cmd" : ".bin/node", modules);

const fits = (name) => {
  const manifest = new URL(`${name}/package.json`, modules);
  if (!existsSync(manifest)) return false;
  const { os, cpu } = read(manifest);
  return os === process.platform && cpu === process.arch;
};

const { optionalDependencies } = read(new URL("package.json", import.meta.url));
const name = Object.keys(optionalDependencies).find(fits);

if (name !== undefined && !existsSync(link)) {
  rmSync(link, { force: true }); // It may lead nowhere.
  if (isWindows) writeFileSync(link, `@"%~dp0..\\${name}\\bin\\node.exe" %*\r\n`);
  else symlinkSync(`../${name}/bin/node`, link);
}
