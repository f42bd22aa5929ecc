import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { CommandError } from "../command.ts";
import { errorCode } from "./error-code.ts";

const createFolder = async (folder: string, advice: string): Promise<readonly string[]> => {
  try {
    await mkdir(folder, { recursive: true });
    return await readdir(folder);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    throw new CommandError(`${folder} can't be the folder (${String(error)}). ${advice}`);
  }
};

/**
 * Creates a folder unless there is one. Throws CommandError, with `advice`, if that is not empty or can't be created. `reason` says why
 * it must be empty.
 */
export const createOutputFolder = async (folder: string, advice: string, reason?: string): Promise<void> => {
  if ((await createFolder(folder, advice)).length === 0) return;
  throw new CommandError([`${folder}/ is not empty.`, advice, reason].filter((part) => part !== undefined).join(" "));
};

const CLASH = "another file is where it or its folder would be";

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: CLASH,
  EISDIR: CLASH,
  ENAMETOOLONG: "its name is too long for this disk",
  ENOTDIR: CLASH,
};

const reasonOf = (code: string, error: unknown): string => {
  const known = REASONS[code];
  return known === undefined
    ? `${String(error)}.`
    : `${known}. Give it another name in the newsroom, then export again into a new folder.`;
};

/**
 * Writes a new file at `path` below a folder. Throws CommandError if the path leads out of the folder, if there is a file
 * already, or if the disk has no place for it.
 */
export const writeOutputFile = async (folder: string, path: string, bytes: Uint8Array): Promise<void> => {
  const target = resolve(folder, path);
  if (!target.startsWith(`${resolve(folder)}${sep}`))
    throw new CommandError(`${path} would lie outside of ${folder}/.`);
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes, { flag: "wx" });
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new CommandError(`${path} can't be written: ${reasonOf(code, error)}`);
  }
};
