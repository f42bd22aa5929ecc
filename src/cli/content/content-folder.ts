import type { Dirent } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { reporter } from "vfile-reporter";
import { type CompiledPublication, type ContentFiles, compilePublication } from "../../content/publication.ts";
import { CommandError } from "../command-error.ts";
import { errorCode } from "../files/error-code.ts";

/** Where the stories are, below the folder the command runs in. */
export const CONTENT = "content";

/** An error of the system as a Complaint, `missing` where nothing is there; any other error as it is. */
const toCommandError = (error: unknown, missing: string): unknown => {
  const code = errorCode(error);
  if (code === undefined) return error;
  return new CommandError(code === "ENOENT" || code === "ENOTDIR" ? missing : `It can't be read: ${String(error)}`);
};

const readEntries = async (folder: string): Promise<readonly Dirent[]> => {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    throw toCommandError(error, `There is no folder ${folder}/ here. Run the command in the folder above it.`);
  }
};

const readOne = async (path: string): Promise<Uint8Array> => {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    throw toCommandError(error, `There is no file ${path}. Mend the name.`);
  }
};

/** The paths of all files below a folder, hidden ones left out. They have forward slashes. A Complaint where it is no folder. */
export const listFolder = async (folder: string): Promise<readonly string[]> => {
  const entries = await readEntries(folder);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !path.split("/").some((part) => part.startsWith(".")));
};

/** Reads files below a folder. A Complaint where one is not there, or is no file. */
export const readFiles = async (folder: string, paths: readonly string[]): Promise<ContentFiles> =>
  new Map(await Promise.all(paths.map(async (path) => [path, await readOne(join(folder, path))] as const)));

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
