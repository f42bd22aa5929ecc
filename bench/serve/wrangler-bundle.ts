import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { ROOT } from "./bundle.ts";
import { onExit } from "./on-exit.ts";

/** Bytes of a worker's code. */
export interface Size {
  readonly bytes: number;
  /** After gzip, as Cloudflare counts a worker's size. */
  readonly gzipped: number;
}

const TIMEOUT = 30_000;

/** The build compiles content/, which has nothing to do with the code. */
const BUILD_SECTION = /^\[build\]\n(?:[^[\n].*\n)*/m;

/** Writes all that wrangler reads to a folder, with a publication of nothing. */
const writeProject = async (folder: string): Promise<void> => {
  await cp(join(ROOT, "src"), join(folder, "src"), { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  await mkdir(join(folder, "build/assets"), { recursive: true });
  await writeFile(join(folder, "build/publication.txt"), "");
  const settings = await readFile(join(ROOT, "wrangler.toml"), "utf8");
  await writeFile(join(folder, "wrangler.toml"), settings.replace(BUILD_SECTION, ""));
};

/** What `wrangler deploy` would upload as code, with any polyfill that it adds; nothing where wrangler does not run here. */
export const bundleWithWrangler = async (): Promise<Size | undefined> => {
  const folder = mkdtempSync(join(tmpdir(), "feedwright-bench-"));
  using _removal = onExit(() => rmSync(folder, { recursive: true, force: true }));
  await writeProject(folder);
  try {
    await promisify(execFile)(
      process.execPath,
      [join(ROOT, "node_modules/wrangler/bin/wrangler.js"), "deploy", "--dry-run", "--outdir", "out"],
      { cwd: folder, timeout: TIMEOUT, env: { ...process.env, WRANGLER_SEND_METRICS: "false" } },
    );
    const code = await readFile(join(folder, "out/worker.js"));
    return { bytes: code.byteLength, gzipped: gzipSync(code).byteLength };
  } catch {
    return undefined;
  }
};
