import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { CommandError } from "../command.ts";
import { errorCode } from "./error-code.ts";
import { PACKAGE_FOLDER } from "./package-folder.ts";
import { readJson, textOf } from "./read-json.ts";

/** The folder of the feedwright that a worker in `folder` imports; undefined if there is none, which wrangler reports. */
const importedFrom = (folder: string): string | undefined => {
  try {
    return dirname(createRequire(join(folder, "worker.ts")).resolve("feedwright/package.json"));
  } catch (error) {
    if (errorCode(error) !== undefined) return undefined;
    throw error;
  }
};

const versionIn = async (folder: string): Promise<string | undefined> =>
  textOf(await readJson(join(folder, "package.json")), "version");

/**
 * Throws CommandError if the workers of a folder import another version of Feedwright than that of this program: what one compiles,
 * the other might not serve.
 */
export const requireOneVersion = async (folder: string): Promise<void> => {
  const imported = importedFrom(folder);
  if (imported === undefined) return;
  const [own, other] = await Promise.all([versionIn(PACKAGE_FOLDER), versionIn(imported)]);
  if (own === other) return;
  throw new CommandError(
    `There are two versions of feedwright: this command is ${own} (${PACKAGE_FOLDER}), and the workers here import ${other} (${imported}). Run the command as \`npx feedwright\` in this folder. If they still differ, run \`npm dedupe\`, or pin one version in package.json.`,
  );
};
