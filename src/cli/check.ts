import { SITE_FILE } from "../content/file-kinds.ts";
import { hasErrors } from "../content/messages/messages.ts";
import type { CompiledPublication } from "../content/publication.ts";
import { dialectRules } from "../dialects/rules/rules.ts";
import { CommandError, defineCommand, readArguments, runCommand } from "./command.ts";
import { CONTENT, compileFiles, compileFolder, formatMessages } from "./content/compile-folder.ts";
import { countStories } from "./content/count-stories.ts";
import { formatFindings, isAnyUnfit, leftOutLines, recentJudgements } from "./content/dialect-findings.ts";
import { namedMedia } from "./content/named-media.ts";
import { originFileLines } from "./content/origin-files.ts";
import { warnOfSample } from "./content/sample-warnings.ts";
import { storyPath } from "./content/story-path.ts";
import { type FilesByPath, readFolder } from "./files/read-folder.ts";
import { tokenWarnings } from "./files/token-warnings.ts";
import { checkAllSettings } from "./wrangler/settings/check-settings.ts";

const USAGE = "Usage: npm run check [-- --dialect msn] [content/x.md …]";

/** Warns of a token for `npm start` that opens no API. */
const warnOfTokens = async (): Promise<void> => {
  for (const line of await tokenWarnings()) console.error(line);
};

const checkAll = async (): Promise<boolean> => {
  const { files, publication, brokenDrafts } = await compileFolder();
  const messages = formatMessages(files);
  if (messages !== "") console.error(messages);
  await warnOfTokens();
  await checkAllSettings(publication?.channel);
  if (publication === undefined) return false;
  warnOfSample(publication);
  const stories = countStories(publication.items, Date.now());
  const leftOut = brokenDrafts.length === 0 ? "" : `; left out: ${brokenDrafts.length} with errors`;
  console.log(`${CONTENT}/ can be published: ${stories}${leftOut}.`);
  for (const line of leftOutLines(publication, Date.now())) console.log(line);
  for (const line of originFileLines(publication, Date.now())) console.log(line);
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

/** Prints what the rules of a partner's dialect say of all stories, or of those at some paths. */
const checkDialect = async (dialect: string, paths: readonly string[]): Promise<boolean> => {
  const known = dialectRules.map(({ name }) => name);
  if (!known.includes(dialect))
    throw new CommandError(`There is no dialect ${dialect}. There are: ${known.join(", ")}.`);
  const { judgements, files } = await compileFolder();
  const unknown = paths.find((path) => !judgements.has(path));
  if (unknown !== undefined) throw new CommandError(`There is no file ${CONTENT}/${unknown}. Mend the name.`);
  const named = new Map([...judgements].filter(([path]) => paths.length === 0 || paths.includes(path)));
  const relevant = recentJudgements(named, dialect, Date.now());
  const broken = files.filter((file) => relevant.has(String(file.path)) && hasErrors(file));
  if (broken.length > 0) console.error(formatMessages(broken));
  const lines = formatFindings(relevant, dialect);
  if (lines !== "") console.error(lines);
  const isFit = broken.length === 0 && !isAnyUnfit(relevant, dialect);
  console.log(isFit ? `No story is left out for ${dialect}.` : `Stories with errors are left out for ${dialect}.`);
  const tooOld = named.size - relevant.size;
  if (tooOld > 0) console.log(`Older than ${dialect} takes, and not listed: ${tooOld}.`);
  return isFit;
};

/**
 * Compiles content/ and prints the compiler's messages, or how many stories can be published. Of stories that are named it
 * prints their own messages only; errors count in drafts, too.
 */
export const check = defineCommand(USAGE, async (args) => {
  const options = { dialect: { type: "string" } } as const;
  const { values, positionals } = readArguments({ args, options, allowPositionals: true }, USAGE);
  const paths = positionals.map((file) => storyPath(file, USAGE));
  if (values.dialect !== undefined) return checkDialect(values.dialect, paths);
  return paths.length === 0 ? checkAll() : checkStories(paths);
});

if (import.meta.main) await runCommand(check);
