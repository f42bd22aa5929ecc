import { join, relative, resolve } from "node:path";
import { type Settings, tableAt, textAt } from "./parse-settings.ts";

/** How the entry of a worker may name what was built, by how deep it lies. */
const BUNDLE_NAMES = ["./", "../", "../../", "../../../"].map((folders) => `${folders}build/publication.txt`);

const LOOPBACK = "127.0.0.1";

/** A path of a folder's settings from elsewhere; the name of a package stays as it is. */
const fromElsewhere = (folder: string, path: unknown): unknown =>
  typeof path === "string" && /^\.{0,2}\//.test(path) ? resolve(folder, path) : path;

const watchedOf = (build: Settings): readonly unknown[] => {
  const { watch_dir: watched } = build;
  return Array.isArray(watched) ? watched : watched === undefined ? [] : [watched];
};

/**
 * The settings with which wrangler serves drafts: those of `folder` (its wrangler.toml), with what was built in `built` in place of
 * build/. Whatever they say, the server and its inspector listen to this machine only. They lie in `built` as a file of their own,
 * since wrangler has no option for that; a deployment reads those of the folder.
 */
export const draftsSettings = (settings: Settings, folder: string, built: string): Settings => {
  const { env: _, ...ofReading } = settings;
  const build = tableAt(settings, "build") ?? {};
  const aliases = Object.entries(tableAt(settings, "alias") ?? {});
  return {
    ...ofReading,
    // If somebody has wrangler deploy this very file, there is no such account.
    account_id: "drafts-are-never-deployed",
    main: resolve(folder, textAt(settings, "main") ?? ""),
    alias: {
      ...Object.fromEntries(aliases.map(([name, path]) => [name, fromElsewhere(folder, path)])),
      ...Object.fromEntries(BUNDLE_NAMES.map((name) => [name, join(built, "publication.txt")])),
    },
    build: {
      ...build,
      cwd: resolve(folder, textAt(build, "cwd") ?? ""),
      // wrangler takes these for relative to the file, whatever they begin with.
      watch_dir: watchedOf(build).map((path) => relative(built, resolve(folder, String(path)))),
    },
    assets: { ...tableAt(settings, "assets"), directory: join(built, "assets") },
    dev: { ...tableAt(settings, "dev"), ip: LOOPBACK, inspector_ip: LOOPBACK },
  };
};
