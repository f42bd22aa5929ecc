import { CONTENT, compileFolder, report } from "./content/content-folder.ts";

const compiled = await compileFolder(CONTENT);
const text = report(compiled, CONTENT);
if (text !== "") console.error(text);
if (compiled.publication === undefined) process.exitCode = 1;
else console.log(`${CONTENT}/ can be published: ${compiled.publication.items.length} stories.`);
