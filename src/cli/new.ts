import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMedia, isStory, SITE_FILE } from "../content/file-kinds.ts";
import { compilePublication } from "../content/publication.ts";
import { parseStory } from "../content/story/story.ts";
import { CommandError, defineCommand, runCommand } from "./command.ts";
import { CONTENT, formatMessages } from "./content/compile-folder.ts";
import { draftOf } from "./content/draft.ts";
import { errorCode } from "./files/error-code.ts";
import { type FilesByPath, readFolder } from "./files/read-folder.ts";

const USAGE = 'Usage: npm run new "The title of the story"';

const takenMessage = (path: string): string =>
  `There is a story ${path} already. Choose another title, or edit that one.`;

/** The address of the site. Throws CommandError if site.yaml has errors; what other files have does not matter. */
const readSiteUrl = async (files: FilesByPath): Promise<string> => {
  const ofSite = new Map([...files].filter(([path]) => path === SITE_FILE || isMedia(path)));
  const { url, files: reports } = await compilePublication(ofSite);
  if (url !== undefined) return url;
  const messages = formatMessages(reports.filter(({ path }) => path === SITE_FILE));
  throw new CommandError(`${messages}\nMend the errors above first.`);
};

/** Writes the draft of a story, whose title is all the arguments. */
export const newStory = defineCommand(USAGE, async (args) => {
  // Not parsed: a title may begin with a hyphen.
  const title = args.join(" ").trim();
  if (title === "") throw new CommandError(USAGE);
  const files = await readFolder(CONTENT);
  const stories = [...files].filter(([path]) => isStory(path)).map(([path, source]) => parseStory(path, source));
  const ids = new Set(stories.flatMap(({ data }) => data.id ?? []));
  const draft = draftOf(title, await readSiteUrl(files), Date.now(), ids);
  const path = join(CONTENT, draft.path);
  const other = stories.find(({ slug }) => slug === draft.slug);
  if (other !== undefined) throw new CommandError(takenMessage(join(CONTENT, other.path)));
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
