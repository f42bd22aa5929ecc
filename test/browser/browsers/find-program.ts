import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The programs by which Debian and others start each browser, the first that is there. */
const PROGRAMS = { chromium: ["chromium", "chromium-browser"], firefox: ["firefox-esr", "firefox"] } as const;

/** A browser that the pages are tried in. */
export type BrowserName = keyof typeof PROGRAMS;

const isProgram = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The path of a browser's program; throws an Error that says how to install it if it is not on PATH. */
export const findProgram = (name: BrowserName): string => {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = PROGRAMS[name].flatMap((program) => folders.map((folder) => join(folder, program))).find(isProgram);
  if (found !== undefined) return found;
  throw new Error(`There is no ${name} on PATH. Install the browsers: apt-get install -y chromium firefox-esr`);
};

/** Throws the same Error if either browser is missing. */
export const requirePrograms = (): void => {
  findProgram("chromium");
  findProgram("firefox");
};
