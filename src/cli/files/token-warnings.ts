import { parseEnv } from "node:util";
import { findTokenFault } from "../../lib/bearer-token.ts";
import { readIfPresent } from "./read-if-present.ts";

/** The files from which wrangler reads secrets on this machine. */
const SECRET_FILES = [".dev.vars", ".dev.vars.newsroom"];

/** Lines that say why a PUBLISH_TOKEN of these files will not open the API; never the token. */
export const tokenWarnings = async (): Promise<readonly string[]> => {
  const lines: string[] = [];
  for (const path of SECRET_FILES) {
    const { PUBLISH_TOKEN: token = "" } = parseEnv((await readIfPresent(path)) ?? "");
    const fault = token === "" ? undefined : findTokenFault(token);
    if (fault !== undefined) lines.push(`${path}: PUBLISH_TOKEN ${fault}, so it opens no API.`);
  }
  return lines;
};
