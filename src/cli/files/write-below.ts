import { mkdir, writeFile } from "node:fs/promises";
import { dirname, resolve, sep } from "node:path";
import { CommandError } from "../command-error.ts";
import { errorCode } from "./error-code.ts";

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
 * Writes a file at a path below a folder, where none is yet. A Complaint says why it can't: the path would lead out of the
 * folder, or the disk has no place for it.
 */
export const writeBelow = async (folder: string, path: string, bytes: Uint8Array): Promise<void> => {
  const target = resolve(folder, path);
  if (!target.startsWith(`${resolve(folder)}${sep}`))
    throw new CommandError(`${path} would lie outside of ${folder}/.`);
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes, { flag: "wx" });
  } catch (error) {
    const code = errorCode(error);
    throw code === undefined ? error : new CommandError(`${path} can't be written: ${reasonOf(code, error)}`);
  }
};
