import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CONTENT, compileFolder, report } from "./content-folder.ts";

const BUILD = "build";

const compiled = await compileFolder(CONTENT);
const text = report(compiled, CONTENT);
if (text !== "") console.error(text);
const { publication } = compiled;
if (publication === undefined) {
  console.error(`${CONTENT}/ was not built. Mend the errors above; nothing that is being served has changed.`);
  process.exitCode = 1;
} else {
  const assets = join(BUILD, "assets");
  await rm(assets, { recursive: true, force: true });
  await mkdir(join(assets, "media"), { recursive: true });
  for (const path of Object.keys(publication.media)) await cp(join(CONTENT, path), join(assets, path));
  await writeFile(join(BUILD, "publication.txt"), JSON.stringify(publication));
}
