import { SITE_FILE } from "../content/file-kinds.ts";
import { hasErrors } from "../content/messages/messages.ts";
import type { CompiledPublication } from "../content/publication.ts";
import { type Command, CommandError, readArguments, runCommand } from "./command.ts";
import { CONTENT, compileFiles, compileFolder, formatMessages } from "./content/compile-folder.ts";
import { countStories } from "./content/count-stories.ts";
import { namedMedia } from "./content/named-media.ts";
import { storyPath } from "./content/story-path.ts";
import { type FilesByPath, readFolder } from "./files/read-folder.ts";
import { tokenWarnings } from "./files/token-warnings.ts";

const USAGE = "Usage: npm run check [-- content/x.md …]";

/** Warns of a token for `npm start` that opens no API. */
const warnOfTokens = async (): Promise<void> => {
  for (const line of await tokenWarnings()) console.error(line);
};

const checkAll = async (): Promise<boolean> => {
  const { files, publication, brokenDrafts } = await compileFolder();
  const messages = formatMessages(files);
  if (messages !== "") console.error(messages);
  await warnOfTokens();
  if (publication === undefined) return false;
  const stories = countStories(publication.items, Date.now());
  const leftOut = brokenDrafts.length === 0 ? "" : `; left out: ${brokenDrafts.length} with errors`;
  console.log(`${CONTENT}/ can be published: ${stories}${leftOut}.`);
  return true;
};

/** The files that decide whether some stories can be published: they, their media, and site.yaml. */
const filesOf = (paths: readonly string[], sources: FilesByPath, { files }: CompiledPublication) => {
  const stories = paths.map((path) => ({ path, source: sources.get(path) ?? new Uint8Array() }));
  const media = namedMedia(stories, [...sources.keys()], sources.get(SITE_FILE) ?? new Uint8Array());
  const relevant = new Set([SITE_FILE, ...paths, ...media]);
  return files.filter(({ path }) => relevant.has(path));
};

const checkStories = async (paths: readonly string[]): Promise<boolean> => {
  const sources = await readFolder(CONTENT);
  const missing = paths.find((path) => !sources.has(path));
  if (missing !== undefined) throw new CommandError(`There is no file ${CONTENT}/${missing}. Mend the name.`);
  const relevant = filesOf(paths, sources, await compileFiles(sources, paths));
  const isBroken = relevant.some(hasErrors);
  const messages = formatMessages(relevant);
  if (messages !== "") console.error(messages);
  if (!isBroken) console.log(`No errors in ${paths.map((path) => `${CONTENT}/${path}`).join(", ")}.`);
  return !isBroken;
};

/**
 * Compiles content/ and prints the compiler's messages, or how many stories can be published. Of stories that are named it
 * prints their own messages only; errors count in drafts, too.
 */
export const check: Command = async (args) => {
  const { positionals } = readArguments({ args, allowPositionals: true }, USAGE);
  const paths = positionals.map((file) => storyPath(file, USAGE));
  return paths.length === 0 ? checkAll() : checkStories(paths);
};

if (import.meta.main) await runCommand(check);
