import { readdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The declarations that a declaration file imports from its own package. */
const importsOf = (path: string, text: string): readonly string[] =>
  Array.from(text.matchAll(/(?:\bfrom |\bimport\()"(\.[^"]+)\.ts"/g), ([, name = ""]) =>
    join(dirname(path), `${name}.d.ts`),
  );

/** Deletes the declaration files of a folder that none of `entries` reaches: they name types of packages that nobody has. */
export const keepReachableTypes = async (folder: string, entries: readonly string[]): Promise<void> => {
  const reached = new Set(entries);
  for (const path of reached)
    for (const target of importsOf(path, await readFile(join(folder, path), "utf8"))) reached.add(target);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(folder.length + 1);
    if (entry.isFile() && !reached.has(path)) await rm(join(folder, path));
  }
};
