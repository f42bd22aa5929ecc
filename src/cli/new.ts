import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMedia, isStory, SITE_FILE } from "../content/file-kinds.ts";
import { compilePublication } from "../content/publication.ts";
import { parseStory } from "../content/story/story.ts";
import { CommandError, defineCommand, describeUnknownOption, runCommand } from "./command.ts";
import { CONTENT, formatMessages } from "./content/compile-folder.ts";
import { type Draft, type DraftKeys, draftOf } from "./content/draft.ts";
import { errorCode } from "./files/error-code.ts";
import { type FilesByPath, readFolder } from "./files/read-folder.ts";

const USAGE =
  'Usage: npm run new "The title of the story" [-- --section KEY --tags "ONE, TWO" --author KEY --language TAG]';

const OPTIONS = ["section", "tags", "author", "language"] as const;

type Option = (typeof OPTIONS)[number];

const isOption = (name: string): name is Option => OPTIONS.some((option) => option === name);

/** What the command line says: an option may stand anywhere, and all else is the title. */
interface Arguments {
  readonly title: string;
  readonly values: Readonly<Record<Option, readonly string[]>>;
}

/** Not parsed as other command lines: a title may begin with a hyphen. */
const readTitleAndOptions = (args: readonly string[]): Arguments => {
  const values: Record<Option, string[]> = { section: [], tags: [], author: [], language: [] };
  const words: string[] = [];
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? "";
    const [, name, attached] = /^--([a-z]+)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) words.push(word);
    else if (isOption(name)) {
      const value = attached ?? args[++index];
      if (value === undefined || value.trim() === "") throw new CommandError(`--${name} needs a value.\n${USAGE}`);
      values[name].push(value.trim());
    } else {
      throw new CommandError(`${describeUnknownOption(word, OPTIONS)}\n${USAGE}`);
    }
  }
  return { title: words.join(" ").trim(), values };
};

const keysOf = ({ section, tags, author, language }: Arguments["values"]): DraftKeys => {
  const [lastSection, lastLanguage] = [section.at(-1), language.at(-1)];
  const separate = (texts: readonly string[]): readonly string[] =>
    texts.flatMap((text) => text.split(",")).flatMap((text) => text.trim() || []);
  return {
    ...(lastSection !== undefined && { section: lastSection }),
    ...(tags.length > 0 && { tags: separate(tags) }),
    ...(author.length > 0 && { authors: separate(author) }),
    ...(lastLanguage !== undefined && { language: lastLanguage }),
  };
};

const takenMessage = (path: string): string =>
  `There is a story ${path} already. Choose another title, or edit that one.`;

const ofSite = (files: FilesByPath): FilesByPath =>
  new Map([...files].filter(([path]) => path === SITE_FILE || isMedia(path)));

/** The address of the site. Throws CommandError if site.yaml has errors; what other files have does not matter. */
const readSiteUrl = async (files: FilesByPath): Promise<string> => {
  const { url, files: reports } = await compilePublication(ofSite(files));
  if (url !== undefined) return url;
  const messages = formatMessages(reports.filter(({ path }) => path === SITE_FILE));
  throw new CommandError(`${messages}\nMend the errors above first.`);
};

/** Throws CommandError if the draft would have errors, such as a section that site.yaml does not have. */
const requireValid = async ({ path, text }: Draft, files: FilesByPath): Promise<void> => {
  const sources = new Map([...ofSite(files), [path, new TextEncoder().encode(text)]]);
  const { files: reports } = await compilePublication(sources, undefined, [path]);
  const messages = reports.find((file) => file.path === path)?.messages ?? [];
  const errors = messages.filter(({ fatal }) => fatal === true).map(({ reason }) => reason);
  if (errors.length > 0) throw new CommandError(`${errors.join("\n")}\nNothing was written.`);
};

/** Writes the draft of a story, with what the options say of it. */
export const newStory = defineCommand(USAGE, async (args) => {
  const { title, values } = readTitleAndOptions(args);
  if (title === "") throw new CommandError(USAGE);
  const files = await readFolder(CONTENT);
  const stories = [...files].filter(([path]) => isStory(path)).map(([path, source]) => parseStory(path, source));
  const ids = new Set(stories.flatMap(({ data }) => data.id ?? []));
  const draft = draftOf(title, await readSiteUrl(files), Date.now(), ids, keysOf(values));
  const path = join(CONTENT, draft.path);
  const other = stories.find(({ slug }) => slug === draft.slug);
  if (other !== undefined) throw new CommandError(takenMessage(join(CONTENT, other.path)));
  await requireValid(draft, files);
  try {
    await writeFile(path, draft.text, { flag: "wx" });
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    throw new CommandError(takenMessage(path));
  }
  console.log(`Wrote ${path}`);
  return true;
});

if (import.meta.main) await runCommand(newStory);
