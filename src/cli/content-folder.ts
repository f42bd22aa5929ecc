import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { reporter } from "vfile-reporter";
import { type CompiledPublication, type ContentFiles, compilePublication } from "../content/publication.ts";

/** Where the stories are, below the folder the command runs in. */
export const CONTENT = "content";

/** Reads every file below a folder, hidden ones left out. Paths have forward slashes. */
export const readFolder = async (folder: string): Promise<ContentFiles> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, name: relative(folder, path).split(sep).join("/") }))
    .filter(({ name }) => !name.split("/").some((part) => part.startsWith(".")));
  return new Map(
    await Promise.all(files.map(async ({ path, name }) => [name, new Uint8Array(await readFile(path))] as const)),
  );
};

/** Reads and compiles a content folder. */
export const compileFolder = async (folder: string): Promise<CompiledPublication> =>
  compilePublication(await readFolder(folder), Date.now());

/** What the compiler has to say, for people, with the paths as they would open them; empty where there is nothing. */
export const report = ({ files }: CompiledPublication, folder: string): string => {
  const spoken = files.filter(({ messages }) => messages.length > 0);
  for (const file of spoken) file.history = [`${folder}/${file.path}`];
  return spoken.length === 0 ? "" : reporter(spoken);
};
