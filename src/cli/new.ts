import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Command, CommandError, runCommand } from "./command.ts";
import { CONTENT, compileFolder, formatMessages } from "./content/compile-folder.ts";
import { draftOf } from "./content/draft.ts";
import { errorCode } from "./files/error-code.ts";

const USAGE = 'Usage: npm run new "The title of the story"';

/** Writes the draft of a story, whose title is all the arguments. */
export const newStory: Command = async (args) => {
  // Not parsed: a title may begin with a hyphen.
  const title = args.join(" ").trim();
  if (title === "") throw new CommandError(USAGE);
  const compiled = await compileFolder(CONTENT);
  if (compiled.publication === undefined)
    throw new CommandError(`${formatMessages(compiled, CONTENT)}\nMend the errors above first.`);
  const draft = draftOf(title, compiled.publication.url, Date.now());
  const path = join(CONTENT, draft.path);
  try {
    await writeFile(path, draft.text, { flag: "wx" });
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    throw new CommandError(`There is a story ${path} already. Choose another title, or edit that one.`);
  }
  console.log(`Wrote ${path}`);
  return true;
};

if (import.meta.main) await runCommand(newStory);
