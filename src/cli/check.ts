import { type Command, readArguments, runCommand } from "./command.ts";
import { CONTENT, compileFolder, formatMessages } from "./content/compile-folder.ts";
import { countStories } from "./content/count-stories.ts";

const USAGE = "Usage: npm run check";

/** Compiles content/ and prints the compiler's messages, or how many stories can be published. */
export const check: Command = async (args) => {
  readArguments({ args }, USAGE);
  const compiled = await compileFolder(CONTENT);
  const messages = formatMessages(compiled, CONTENT);
  if (messages !== "") console.error(messages);
  if (compiled.publication === undefined) return false;
  console.log(`${CONTENT}/ can be published: ${countStories(compiled.publication.items, Date.now())}.`);
  return true;
};

if (import.meta.main) await runCommand(check);
