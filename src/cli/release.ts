import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasErrors } from "../content/messages/messages.ts";
import { parseInstant } from "../content/schema/parse-instant.ts";
import { parseStory } from "../content/story/story.ts";
import { rfc3339 } from "../formats/dates.ts";
import type { Instant } from "../model/instant.ts";
import { CommandError, defineCommand, readArguments, runCommand } from "./command.ts";
import { CONTENT, compileFiles, formatMessages } from "./content/compile-folder.ts";
import { releaseDraft } from "./content/release-draft.ts";
import { storyPath } from "./content/story-path.ts";
import { type FilesByPath, readFolder } from "./files/read-folder.ts";

const USAGE = "Usage: npm run release -- content/x.md [--at 2026-11-22T18:00:00Z]";

/** When a story is to appear, as the option says it and in milliseconds. */
interface ReleaseDate {
  readonly text: string;
  readonly instant: Instant;
}

const readDate = (text: string): ReleaseDate => {
  const instant = parseInstant(text);
  if (typeof instant === "string") throw new CommandError(`--at ${instant}\n${USAGE}`);
  return { text: text.trim(), instant };
};

/**
 * When a story that is not out yet appears: at the given date; if its front matter has one that lies ahead, then; otherwise
 * now. Throws CommandError if it is out.
 */
const chooseDate = (path: string, source: Uint8Array, given: ReleaseDate | undefined, now: Instant): ReleaseDate => {
  const { data, isDraft } = parseStory(path, source);
  const { published } = data;
  if (!isDraft && published !== undefined) {
    const verb = published > now ? "will appear" : "appeared";
    throw new CommandError(
      `${CONTENT}/${path} is no draft: it ${verb} at ${rfc3339(published)}. Nothing was changed. Edit \`published\` to move it.`,
    );
  }
  const date = published !== undefined && published > now ? published : now;
  return given ?? { text: rfc3339(date), instant: date };
};

/** Throws CommandError if a story has errors, with these and a sentence about them. */
const refuseErrors = async (files: FilesByPath, path: string, sentence: string): Promise<void> => {
  const compiled = await compileFiles(files, [path]);
  const file = compiled.files.find((one) => one.path === path);
  if (file !== undefined && hasErrors(file)) {
    throw new CommandError(`${formatMessages([file])}\n${sentence} Nothing was changed.`);
  }
};

/** Makes a draft a story that readers will see: takes `draft` out of its file and writes `published`. */
export const release = defineCommand(USAGE, async (args) => {
  const options = { at: { type: "string" } } as const;
  const { values, positionals } = readArguments({ args, options, allowPositionals: true }, USAGE);
  const [name, ...surplus] = positionals;
  if (name === undefined || surplus.length > 0) throw new CommandError(USAGE);
  const path = storyPath(name, USAGE);
  const given = values.at === undefined ? undefined : readDate(values.at);
  const files = await readFolder(CONTENT);
  const source = files.get(path);
  if (source === undefined) throw new CommandError(`There is no file ${CONTENT}/${path}. Mend the name.`);
  const now = Date.now();
  const date = chooseDate(path, source, given, now);
  const released = releaseDraft(path, source, date.text);
  // First as it is, so that the lines are those of the file.
  if (parseStory(path, source).isDraft) await refuseErrors(files, path, "Mend the errors above first.");
  await refuseErrors(new Map([...files, [path, released]]), path, `It would have these errors from ${date.text} on.`);
  await writeFile(join(CONTENT, path), released);
  const when = date.instant > now ? `It will appear at ${date.text}` : "It will appear";
  console.log(`${CONTENT}/${path} is no draft any longer: published ${date.text}. ${when} once you deploy or send it.`);
  return true;
});

if (import.meta.main) await runCommand(release);
