import { copyFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { CommandError, defineCommand, readArguments, runCommand } from "./command.ts";
import { compileFiles, formatMessages } from "./content/compile-folder.ts";
import { createOutputFolder, writeOutputFile } from "./files/output-folder.ts";
import { readOwnPackage } from "./init/own-package.ts";
import { type NewPublication, publicationFiles } from "./init/publication-files.ts";
import { workerFiles } from "./init/worker-files.ts";

const USAGE =
  'Usage: feedwright init FOLDER --title "The Courier" --url https://example.org [--language en] [--newsroom]';

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
  const own = await readOwnPackage();
  const files = { ...content, ...workerFiles(name, publication, own) };
  await createOutputFolder(folder, "Name a new one.");
  for (const [path, text] of Object.entries(files)) await writeOutputFile(folder, path, new TextEncoder().encode(text));
  if (own.tarball !== undefined) await copyFile(own.tarball, join(folder, basename(own.tarball)));
  console.log(`Wrote ${folder}/. Next: cd ${folder} && npm install && npm start`);
  return true;
});

if (import.meta.main) await runCommand(init);
