import { type Command, readArguments, runCommand } from "./command.ts";
import { CONTENT, compileFolder, formatMessages } from "./content/compile-folder.ts";
import { countStories } from "./content/count-stories.ts";
import { tokenWarnings } from "./files/token-warnings.ts";

const USAGE = "Usage: npm run check";

/**
 * Compiles content/ and prints the compiler's messages, or how many stories can be published. Warns of a token for `npm
 * start` that opens no API.
 */
export const check: Command = async (args) => {
  readArguments({ args }, USAGE);
  const compiled = await compileFolder(CONTENT);
  const messages = formatMessages(compiled, CONTENT);
  if (messages !== "") console.error(messages);
  for (const line of await tokenWarnings()) console.error(line);
  if (compiled.publication === undefined) return false;
  console.log(`${CONTENT}/ can be published: ${countStories(compiled.publication.items, Date.now())}.`);
  return true;
};

if (import.meta.main) await runCommand(check);
