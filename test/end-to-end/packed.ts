import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createWorkplace, run, type Workplace } from "./workplace.ts";

/** Runs a command to its end. Throws what it printed if it fails. */
export const succeed = (folder: string, command: string): string => {
  const { status, output } = run({ folder, remove: () => {} }, command);
  if (status !== 0) throw new Error(`\`${command}\` ended with ${status}:\n${output}`);
  return output;
};

/** A folder of somebody else's, in which Feedwright is installed from its tarball. */
export interface Installation extends Workplace {
  /** Path of the tarball. */
  readonly tarball: string;
}

/** Packs Feedwright as it is, and installs it, with other packages of the registry, into a folder of its own. */
export const installPacked = (...others: readonly string[]): Installation => {
  const project = createWorkplace();
  const folder = mkdtempSync(join(tmpdir(), "feedwright-package-"));
  try {
    succeed(project.folder, "npm run --silent package");
    succeed(project.folder, `npm pack --silent --pack-destination ${folder}`);
  } finally {
    project.remove();
  }
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "");
  writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
  succeed(folder, ["npm install --prefer-offline --no-audit --no-fund", tarball, ...others].join(" "));
  return { folder, tarball, remove: () => rmSync(folder, { recursive: true, force: true }) };
};
