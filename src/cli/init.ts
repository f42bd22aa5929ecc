import { existsSync } from "node:fs";
import { copyFile, readFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { isRecord } from "../lib/is-record.ts";
import { CommandError, defineCommand, readArguments, runCommand } from "./command.ts";
import { compileFiles, formatMessages } from "./content/compile-folder.ts";
import { createOutputFolder, writeOutputFile } from "./files/output-folder.ts";
import { PACKAGE_FOLDER } from "./files/package-folder.ts";
import { readIfPresent } from "./files/read-if-present.ts";
import { type NewPublication, publicationFiles } from "./init/publication-files.ts";
import { type Versions, workerFiles } from "./init/worker-files.ts";

const USAGE =
  'Usage: feedwright init FOLDER --title "The Courier" --url https://example.org [--language en] [--newsroom]';

const readJson = async (path: string): Promise<Readonly<Record<string, unknown>>> => {
  const text = await readIfPresent(path);
  const value: unknown = text === undefined ? {} : JSON.parse(String(text));
  return isRecord(value) ? value : {};
};

const textOf = (record: unknown, key: string): string | undefined => {
  const value = isRecord(record) ? record[key] : undefined;
  return typeof value === "string" ? value : undefined;
};

/** What a new folder asks npm for. */
interface Sources {
  readonly versions: Versions;
  /** The packed Feedwright, if that is no registry's: the folder gets a copy, so that it can be installed anywhere. */
  readonly tarball?: string;
}

/** The packed Feedwright that this one was installed from or, in a checkout, packed into; undefined if it came from elsewhere. */
const findTarball = async (version: string): Promise<string | undefined> => {
  if (basename(dirname(PACKAGE_FOLDER)) !== "node_modules") return join(PACKAGE_FOLDER, `feedwright-${version}.tgz`);
  const installed = (await readJson(join(PACKAGE_FOLDER, "../.package-lock.json"))).packages;
  const resolved = textOf(isRecord(installed) ? installed["node_modules/feedwright"] : undefined, "resolved");
  return resolved?.startsWith("file:") ? resolve(PACKAGE_FOLDER, "../..", resolved.slice("file:".length)) : undefined;
};

const readSources = async (): Promise<Sources> => {
  const own = await readJson(join(PACKAGE_FOLDER, "package.json"));
  const version = textOf(own, "version") ?? "latest";
  const wrangler = textOf(own.devDependencies, "wrangler") ?? "4";
  const tarball = await findTarball(version);
  if (tarball === undefined) return { versions: { feedwright: version, wrangler } };
  if (!existsSync(tarball))
    throw new CommandError(`${tarball} is missing. In a checkout of Feedwright take \`npm run init\`, which packs it.`);
  return { versions: { feedwright: `file:${basename(tarball)}`, wrangler }, tarball };
};

const compile = async (files: Readonly<Record<string, string>>): Promise<void> => {
  const content = Object.entries(files).map(
    ([path, text]) => [path.replace(/^content\//, ""), new TextEncoder().encode(text)] as const,
  );
  const { files: reports, publication } = await compileFiles(new Map(content));
  if (publication === undefined) throw new CommandError(`${formatMessages(reports)}\nNothing was written.`);
};

/** Makes a folder with a publication of its own, that uses this feedwright. Writes nothing if something is wrong. */
export const init = defineCommand(USAGE, async (args) => {
  const one = { type: "string" } as const;
  const options = { title: one, url: one, language: one, newsroom: { type: "boolean" } } as const;
  const { values, positionals } = readArguments({ args, options, allowPositionals: true }, USAGE);
  const [folder, ...surplus] = positionals;
  const { title, url, language = "en", newsroom: hasNewsroom = false } = values;
  if (folder === undefined || title === undefined || url === undefined || surplus.length > 0)
    throw new CommandError(USAGE);
  if (!URL.canParse(url)) throw new CommandError(`\`${url}\` is no address. Write it out: --url https://example.org`);
  const name = basename(resolve(folder));
  if (!/^[a-z\d](?:[a-z\d-]{0,50}[a-z\d])?$/.test(name))
    throw new CommandError(
      `The worker would be called \`${name}\`. Name the folder with letters from a to z, digits and -.`,
    );
  const publication: NewPublication = { title, url, language, hasNewsroom };
  const content = publicationFiles(publication, new URL(url).hostname, Math.floor(Date.now() / 1000) * 1000);
  await compile(content);
  const ownWrangler = await readFile(join(PACKAGE_FOLDER, "wrangler.toml"), "utf8");
  const { versions, tarball } = await readSources();
  const files = { ...content, ...workerFiles(name, publication, versions, ownWrangler) };
  await createOutputFolder(folder, "Name a new one.");
  for (const [path, text] of Object.entries(files)) await writeOutputFile(folder, path, new TextEncoder().encode(text));
  if (tarball !== undefined) await copyFile(tarball, join(folder, basename(tarball)));
  console.log(`Wrote ${folder}/. Next: cd ${folder} && npm install && npm start`);
  return true;
});

if (import.meta.main) await runCommand(init);
