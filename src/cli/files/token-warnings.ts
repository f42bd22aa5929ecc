import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import { findTokenFault } from "../../lib/bearer-token.ts";
import { errorCode } from "./error-code.ts";

/** The files from which wrangler reads secrets on this machine. */
const SECRET_FILES = [".dev.vars", ".dev.vars.newsroom"];

const readIfPresent = async (path: string): Promise<string> => {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return "";
    throw error;
  }
};

/** Lines that say why a PUBLISH_TOKEN of these files will not open the API; never the token. */
export const tokenWarnings = async (): Promise<readonly string[]> => {
  const lines: string[] = [];
  for (const path of SECRET_FILES) {
    const { PUBLISH_TOKEN: token = "" } = parseEnv(await readIfPresent(path));
    const fault = token === "" ? undefined : findTokenFault(token);
    if (fault !== undefined) lines.push(`${path}: PUBLISH_TOKEN ${fault}, so it opens no API.`);
  }
  return lines;
};
