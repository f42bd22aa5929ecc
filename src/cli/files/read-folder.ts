import type { Dirent } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { CommandError } from "../command.ts";
import { errorCode } from "./error-code.ts";

/** The bytes of files, by path below the folder. Paths have forward slashes. */
export type FilesByPath = ReadonlyMap<string, Uint8Array>;

const explainFolder = (folder: string, error: unknown): string => {
  const code = errorCode(error);
  if (code === "ENOENT") return `There is no folder ${folder}/ here. Run the command in the folder above it.`;
  if (code === "ENOTDIR") return `${folder} is a file. A folder of that name has to be there.`;
  return `${folder}/ can't be read: ${String(error)}`;
};

const explainFile = (path: string, error: unknown): string =>
  ["ENOENT", "ENOTDIR"].includes(errorCode(error) ?? "")
    ? `There is no file ${path}. Mend the name.`
    : `${path} can't be read: ${String(error)}`;

const readEntries = async (folder: string): Promise<readonly Dirent[]> => {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CommandError(explainFolder(folder, error));
  }
};

const readOne = async (path: string): Promise<Uint8Array> => {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CommandError(explainFile(path, error));
  }
};

/** The paths of all files below a folder, without hidden ones. Throws CommandError if there is no such folder. */
export const listFolder = async (folder: string): Promise<readonly string[]> => {
  const entries = await readEntries(folder);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => !path.split("/").some((part) => part.startsWith(".")));
};

/** Reads files below a folder. Throws CommandError if one of them does not exist or can't be read. */
export const readFiles = async (folder: string, paths: readonly string[]): Promise<FilesByPath> =>
  new Map(await Promise.all(paths.map(async (path) => [path, await readOne(join(folder, path))] as const)));

/** Reads every file below a folder. Throws CommandError if there is no such folder. */
export const readFolder = async (folder: string): Promise<FilesByPath> => readFiles(folder, await listFolder(folder));
