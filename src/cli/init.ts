import { copyFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { SITE_FILE } from "../content/file-kinds.ts";
import { CommandError, defineCommand, readArguments, runCommand } from "./command.ts";
import { CONTENT, compileFiles } from "./content/compile-folder.ts";
import { createOutputFolder, writeOutputFile } from "./files/output-folder.ts";
import { readOwnPackage } from "./init/own-package.ts";
import { type NewPublication, publicationFiles } from "./init/publication-files.ts";
import { workerFiles } from "./init/worker-files.ts";

const USAGE =
  'Usage: feedwright init FOLDER --title "The Courier" --url https://example.org [--language en] [--newsroom]';

/** Of the name of a worker. The names of its queues are longer. */
const MAX_NAME_LENGTH = 52;

/** The option that a line of site.yaml was made of. */
const optionAt = (siteYaml: string, line: number): string => {
  const keys = siteYaml
    .split("\n")
    .slice(0, line)
    .flatMap((text) => /^(\w+):/.exec(text)?.[1] ?? []);
  const key = keys.at(-1) ?? "";
  return key === "description" ? "title" : key;
};

/** Throws CommandError if these files of content/ have an error: what is in them comes from the options. */
const requireValid = async (files: Readonly<Record<string, string>>): Promise<void> => {
  const content = Object.entries(files).map(
    ([path, text]) => [path.replace(/^content\//, ""), new TextEncoder().encode(text)] as const,
  );
  const { files: reports, publication } = await compileFiles(new Map(content));
  if (publication !== undefined) return;
  const site = files[`${CONTENT}/${SITE_FILE}`] ?? "";
  const messages = reports.find(({ path }) => path === SITE_FILE)?.messages ?? [];
  const faults = messages
    .filter(({ fatal }) => fatal === true)
    .map(({ line, reason }) => `--${optionAt(site, line ?? 0)}: ${reason.replace("`description`", "`title`")}`);
  throw new CommandError([...new Set(faults), "Nothing was written."].join("\n"));
};

/** A folder as a shell takes it. */
const shellQuoted = (folder: string): string =>
  /^[\w./@%+,:=-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", "'\\''")}'`;

/** Makes a folder with a publication of its own, that uses this feedwright. Writes nothing if something is wrong. */
export const init = defineCommand(USAGE, async (args) => {
  const one = { type: "string" } as const;
  const options = { title: one, url: one, language: one, newsroom: { type: "boolean" } } as const;
  const { values, positionals } = readArguments({ args, options, allowPositionals: true }, USAGE);
  const [given, ...surplus] = positionals;
  const folder = given?.replace(/(?<=.)[\\/]+$/, "");
  const { title, url, language = "en", newsroom: hasNewsroom = false } = values;
  if (!folder || title === undefined || url === undefined || surplus.length > 0) throw new CommandError(USAGE);
  if (!URL.canParse(url)) throw new CommandError(`\`${url}\` is no address. Write it out: --url https://example.org`);
  const name = basename(resolve(folder));
  if (!/^[a-z\d](?:[a-z\d-]*[a-z\d])?$/.test(name) || name.length > MAX_NAME_LENGTH)
    throw new CommandError(
      `The worker would be called \`${name}\`. Name the folder with letters from a to z, digits and -, ${MAX_NAME_LENGTH} at most, of which - is neither the first nor the last.`,
    );
  const publication: NewPublication = { title, url, language, hasNewsroom };
  const content = publicationFiles(publication, new URL(url).hostname, Math.floor(Date.now() / 1000) * 1000);
  await requireValid(content);
  const own = await readOwnPackage();
  const files = { ...content, ...workerFiles(name, publication, own) };
  await createOutputFolder(folder, "Name a new one.");
  for (const [path, text] of Object.entries(files)) await writeOutputFile(folder, path, new TextEncoder().encode(text));
  if (own.tarball !== undefined) await copyFile(own.tarball, join(folder, basename(own.tarball)));
  console.log(`Wrote ${folder}/. Next: cd ${shellQuoted(folder)} && npm install && npm start`);
  return true;
});

if (import.meta.main) await runCommand(init);
