import { mkdir, readdir } from "node:fs/promises";
import { CommandError } from "../command-error.ts";
import { errorCode } from "./error-code.ts";

const entriesOf = async (folder: string): Promise<readonly string[]> => {
  try {
    await mkdir(folder, { recursive: true });
    return await readdir(folder);
  } catch (error) {
    throw errorCode(error) === undefined
      ? error
      : new CommandError(`${folder} can't be the folder (${String(error)}). Name another one: --into folder`);
  }
};

/** Makes a folder for an export, unless it is there. A Complaint where something is in it. */
export const makeEmptyFolder = async (folder: string): Promise<void> => {
  if ((await entriesOf(folder)).length === 0) return;
  throw new CommandError(
    `${folder}/ is not empty. Name a new folder: --into another-folder. In this one would stay what was erased in the newsroom since, and restoring it would bring that back.`,
  );
};
