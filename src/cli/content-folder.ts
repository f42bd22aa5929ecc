import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { reporter } from "vfile-reporter";
import { type CompiledPublication, type ContentFiles, compilePublication } from "../content/publication.ts";

/** Where the stories are, below the folder the command runs in. */
export const CONTENT = "content";

/** The paths of all files below a folder, hidden ones left out. They have forward slashes. */
export const listFolder = async (folder: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !path.split("/").some((part) => part.startsWith(".")));
};

/** Reads files below a folder. */
export const readFiles = async (folder: string, paths: readonly string[]): Promise<ContentFiles> =>
  new Map(
    await Promise.all(paths.map(async (path) => [path, new Uint8Array(await readFile(join(folder, path)))] as const)),
  );

/** Reads every file below a folder. */
export const readFolder = async (folder: string): Promise<ContentFiles> => readFiles(folder, await listFolder(folder));

/** Compiles the files of a content folder as of now. */
export const compileFiles = (files: ContentFiles): Promise<CompiledPublication> =>
  compilePublication(files, Date.now());

/** Reads and compiles a content folder. */
export const compileFolder = async (folder: string): Promise<CompiledPublication> =>
  compileFiles(await readFolder(folder));

/** What the compiler has to say, for people, with the paths as they would open them; empty where there is nothing. */
export const report = ({ files }: CompiledPublication, folder: string): string => {
  const spoken = files.filter(({ messages }) => messages.length > 0);
  for (const file of spoken) file.history = [`${folder}/${file.path}`];
  return spoken.length === 0 ? "" : reporter(spoken);
};
