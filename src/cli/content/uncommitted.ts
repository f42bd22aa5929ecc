import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What git knows of the stories in a folder. */
export interface Uncommitted {
  /** Paths below the folder of files that are untracked or added. */
  readonly added: ReadonlySet<string>;
  /** Ids of the stories that were committed: an added file may be one of them under another name. */
  readonly committedIds: ReadonlySet<string>;
}

const MAX_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 10_000;

/** What a command of git prints; undefined if it fails, or if there is no git. */
const git = async (...args: readonly string[]): Promise<string | undefined> => {
  try {
    const options = { maxBuffer: MAX_BYTES, timeout: TIMEOUT_MS };
    return (await run("git", ["--no-optional-locks", ...args], options)).stdout;
  } catch (error) {
    if (error instanceof Error && "cmd" in error) return undefined;
    throw error;
  }
};

/** Paths that end in NUL and are relative to where the command runs, as paths below a folder. */
const pathsBelow = (folder: string, output: string): readonly string[] =>
  output
    .split("\0")
    .filter((path) => path.startsWith(`${folder}/`))
    .map((path) => path.slice(folder.length + 1));

/**
 * Asks git what is not committed of a folder below the current one. Undefined if there is no git here, or the folder is in
 * no repository.
 */
export const findUncommitted = async (folder: string): Promise<Uncommitted | undefined> => {
  const where = ["-z", "--", folder];
  const untracked = await git("ls-files", "--others", "--exclude-standard", ...where);
  const staged = await git("diff", "--cached", "--relative", "--name-only", "--diff-filter=A", ...where);
  if (untracked === undefined || staged === undefined) return undefined;
  const added = new Set([...pathsBelow(folder, untracked), ...pathsBelow(folder, staged)]);
  // Nothing is found in a repository without a commit.
  const lines = added.size === 0 ? "" : ((await git("grep", "-h", "-I", "^id:", "HEAD", "--", folder)) ?? "");
  const ids = Array.from(lines.matchAll(/^id:[ \t]*["']?([^"'\s]+)/gm), ([, id = ""]) => id);
  return { added, committedIds: new Set(ids) };
};
