import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import nodePackages from "../../../tools/node/package.json" with { type: "json" };
import { isRecord } from "../../lib/is-record.ts";
import { CommandError } from "../command.ts";
import { PACKAGE_FOLDER } from "../files/package-folder.ts";
import { readJson, textOf } from "../files/read-json.ts";
import { ownVersion } from "./own-version.ts";

/** What this Feedwright has that a new folder takes over. */
export interface OwnPackage {
  /** What the folder asks npm for: a version, or an address. */
  readonly feedwright: string;
  /** Feedwright packed, where it comes from no registry: the folder gets a copy, so that it can be installed anywhere. */
  readonly tarball?: string;
  /** The version of wrangler. */
  readonly wrangler: string;
  /** The packages with Node, one for each platform, and their versions. */
  readonly node: Readonly<Record<string, unknown>>;
  /** The text of wrangler.toml. */
  readonly wranglerToml: string;
  /** What package.json tells Cloudflare's deploy button of each binding and secret, by name. */
  readonly bindings: Readonly<Record<string, unknown>>;
}

const recordAt = (record: unknown, key: string): Readonly<Record<string, unknown>> => {
  const value = isRecord(record) ? record[key] : undefined;
  return isRecord(value) ? value : {};
};

const packedIn = (tarball: string): Pick<OwnPackage, "feedwright" | "tarball"> => {
  if (existsSync(tarball)) return { feedwright: `file:${basename(tarball)}`, tarball };
  throw new CommandError(`${tarball} is missing. In a checkout of Feedwright, \`npm run init\` packs it.`);
};

/** What this Feedwright was installed from. A checkout is packed into itself. */
const findSource = async (version: string): Promise<Pick<OwnPackage, "feedwright" | "tarball">> => {
  if (basename(dirname(PACKAGE_FOLDER)) !== "node_modules")
    return packedIn(join(PACKAGE_FOLDER, `feedwright-${version}.tgz`));
  const installed = recordAt(await readJson(join(PACKAGE_FOLDER, "../.package-lock.json")), "packages");
  const resolved = textOf(installed["node_modules/feedwright"], "resolved");
  if (resolved?.startsWith("file:")) return packedIn(resolve(PACKAGE_FOLDER, "../..", resolved.slice("file:".length)));
  return { feedwright: ownVersion(version, resolved) };
};

/** Reads it from the folder of this Feedwright. Throws CommandError if the packed Feedwright is missing. */
export const readOwnPackage = async (): Promise<OwnPackage> => {
  const manifest = await readJson(join(PACKAGE_FOLDER, "package.json"));
  return {
    ...(await findSource(textOf(manifest, "version") ?? "latest")),
    wrangler: textOf(recordAt(manifest, "devDependencies"), "wrangler") ?? "4",
    node: nodePackages.optionalDependencies,
    wranglerToml: await readFile(join(PACKAGE_FOLDER, "wrangler.toml"), "utf8"),
    bindings: recordAt(recordAt(manifest, "cloudflare"), "bindings"),
  };
};
