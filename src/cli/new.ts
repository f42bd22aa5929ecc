import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CONTENT, compileFolder, report } from "./content/content-folder.ts";
import { draftOf } from "./content/draft.ts";
import { errorCode } from "./files/error-code.ts";

/** Writes the draft of a story with this title; gives the reason where it can't. */
const writeDraft = async (title: string): Promise<string | undefined> => {
  if (title === "") return 'Usage: npm run new "The title of the story"';
  const compiled = await compileFolder(CONTENT);
  if (compiled.publication === undefined) return `${report(compiled, CONTENT)}\nMend the errors above first.`;
  const draft = draftOf(title, compiled.publication.url, Date.now());
  const path = join(CONTENT, draft.path);
  try {
    await writeFile(path, draft.text, { flag: "wx" });
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
    return `There is a story ${path} already. Choose another title, or edit that one.`;
  }
  console.log(`Wrote ${path}`);
  return undefined;
};

const error = await writeDraft(process.argv.slice(2).join(" ").trim());
if (error !== undefined) {
  console.error(error);
  process.exitCode = 1;
}
