import { readFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { isRecord } from "../lib/is-record.ts";
import { CommandError, defineCommand, readArguments } from "./command.ts";
import { compileFiles, formatMessages } from "./content/compile-folder.ts";
import { createOutputFolder, writeOutputFile } from "./files/output-folder.ts";
import { PACKAGE_FOLDER } from "./files/package-folder.ts";
import { readJson, textOf } from "./files/read-json.ts";
import { ownVersion } from "./init/own-version.ts";
import { type NewPublication, publicationFiles } from "./init/publication-files.ts";
import { type Versions, workerFiles } from "./init/worker-files.ts";

const USAGE =
  'Usage: feedwright init FOLDER --title "The Courier" --url https://example.org [--language en] [--newsroom]';

/** What this feedwright was installed from, as a folder says it: its version, if that was a registry. */
const readVersions = async (folder: string): Promise<Versions> => {
  const own = await readJson(join(PACKAGE_FOLDER, "package.json"));
  const installed = (await readJson(join(PACKAGE_FOLDER, "../.package-lock.json"))).packages;
  const resolved = textOf(isRecord(installed) ? installed["node_modules/feedwright"] : undefined, "resolved");
  const version = textOf(own, "version") ?? "latest";
  return {
    feedwright: ownVersion(version, resolved, join(PACKAGE_FOLDER, "../.."), folder),
    wrangler: textOf(own.devDependencies, "wrangler") ?? "4",
  };
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
  const files = { ...content, ...workerFiles(name, publication, await readVersions(resolve(folder)), ownWrangler) };
  await createOutputFolder(folder, "Name a new one.");
  for (const [path, text] of Object.entries(files)) await writeOutputFile(folder, path, new TextEncoder().encode(text));
  console.log(`Wrote ${folder}/. Next: cd ${folder} && npm install && npm start`);
  return true;
});
