import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { type Entry, ROOT } from "./bundle.ts";
import { onExit } from "./on-exit.ts";

/** Bytes of a worker's code. */
export interface Size {
  readonly bytes: number;
  /** After gzip, as Cloudflare counts a worker's size. */
  readonly gzipped: number;
}

const TIMEOUT_MS = 30_000;

/** The build compiles content/, which is not part of the code. */
const BUILD_SECTION = /^\[build\]\n(?:[^[\n].*\n)*/m;

/** How wrangler is told of an entry: by the environment of wrangler.toml whose `main` it is (the top level has no name), or by its path. */
const ARGUMENTS: Readonly<Record<Entry, readonly string[]>> = {
  "src/worker.ts": ["--env="],
  "src/newsroom-worker.ts": ["--env=newsroom"],
  "bench/serve/mounted-worker.ts": ["bench/serve/mounted-worker.ts", "--env="],
};

/** Writes all that wrangler reads to a folder, with an empty publication. */
const writeProject = async (folder: string, root: string): Promise<void> => {
  await cp(join(root, "src"), join(folder, "src"), { recursive: true });
  await cp(join(ROOT, "bench/serve/mounted-worker.ts"), join(folder, "bench/serve/mounted-worker.ts"));
  // The hub's User-Agent has the version that stands there.
  await cp(join(root, "package.json"), join(folder, "package.json"));
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  await mkdir(join(folder, "build/assets"), { recursive: true });
  await writeFile(join(folder, "build/publication.txt"), "");
  const settings = await readFile(join(root, "wrangler.toml"), "utf8");
  await writeFile(join(folder, "wrangler.toml"), settings.replace(BUILD_SECTION, ""));
};

/**
 * The code that `wrangler deploy` would upload for an entry, with any polyfill that it adds; undefined if wrangler does
 * not run here.
 */
export const bundleWithWrangler = async (entry: Entry, root: string = ROOT): Promise<Size | undefined> => {
  const folder = mkdtempSync(join(tmpdir(), "feedwright-bench-"));
  using _removal = onExit(() => rmSync(folder, { recursive: true, force: true }));
  await writeProject(folder, root);
  try {
    await promisify(execFile)(
      process.execPath,
      [
        join(ROOT, "node_modules/wrangler/bin/wrangler.js"),
        ...["deploy", "--dry-run", "--outdir", "out", ...ARGUMENTS[entry]],
      ],
      { cwd: folder, timeout: TIMEOUT_MS, env: { ...process.env, WRANGLER_SEND_METRICS: "false" } },
    );
    const code = await readFile(join(folder, "out", basename(entry).replace(/\.ts$/, ".js")));
    return { bytes: code.byteLength, gzipped: gzipSync(code).byteLength };
  } catch {
    return undefined;
  }
};
