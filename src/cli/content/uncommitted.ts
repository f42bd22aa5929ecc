import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What git has not committed of a folder. Paths are below the folder. */
export interface Uncommitted {
  /** Files that are untracked or added. */
  readonly added: ReadonlySet<string>;
  /** The bytes of files that are no longer there, as they were committed: an added file may be one of them, renamed. */
  readonly removed: readonly Uint8Array[];
}

const MAX_BYTES = 64 * 1024 * 1024;
const TIMEOUT_MS = 10_000;

const git = async (...args: readonly string[]): Promise<Uint8Array> => {
  const options = { encoding: "buffer", maxBuffer: MAX_BYTES, timeout: TIMEOUT_MS } as const;
  return (await run("git", ["--no-optional-locks", ...args], options)).stdout;
};

/** The paths that a command of git lists below a folder; they end in NUL, and are relative to where the command runs. */
const listPaths = async (folder: string, ...args: readonly string[]): Promise<readonly string[]> =>
  new TextDecoder()
    .decode(await git(...args, "-z", "--", folder))
    .split("\0")
    .filter((path) => path.startsWith(`${folder}/`))
    .map((path) => path.slice(folder.length + 1));

const listStaged = (folder: string, status: "A" | "D"): Promise<readonly string[]> =>
  listPaths(folder, "diff", "--cached", "--relative", "--find-renames", "--name-only", `--diff-filter=${status}`);

/**
 * Asks git what is not committed of a folder below the current one. Undefined if there is no git here, or the folder is in
 * no repository.
 */
export const findUncommitted = async (folder: string): Promise<Uncommitted | undefined> => {
  try {
    const untracked = await listPaths(folder, "ls-files", "--others", "--exclude-standard");
    const staged = await listStaged(folder, "A");
    const added = new Set([...untracked, ...staged]);
    if (added.size === 0) return { added, removed: [] };
    const deleted = await listPaths(folder, "ls-files", "--deleted");
    const gone = new Set([...deleted, ...(await listStaged(folder, "D"))].filter((path) => !staged.includes(path)));
    const removed = await Promise.all(Array.from(gone, (path) => git("show", `HEAD:./${folder}/${path}`)));
    return { added, removed };
  } catch {
    return undefined;
  }
};
