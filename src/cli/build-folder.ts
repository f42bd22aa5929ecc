import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writePublication } from "../model/publication.ts";
import { CONTENT, compileFolder, report } from "./content-folder.ts";

const BUILD = "build";

/**
 * Compiles content/ into build/publication.txt and its media into build/assets, for wrangler to bundle.
 * Prints the report; where there is a problem, leaves build/ as it was and gives false.
 */
export const buildFolder = async (): Promise<boolean> => {
  const compiled = await compileFolder(CONTENT);
  const text = report(compiled, CONTENT);
  if (text !== "") console.error(text);
  const { publication } = compiled;
  if (publication === undefined) {
    console.error(`${CONTENT}/ was not built. Mend the errors above; what is being served has not changed.`);
    return false;
  }
  const assets = join(BUILD, "assets");
  await rm(assets, { recursive: true, force: true });
  await mkdir(join(assets, "media"), { recursive: true });
  for (const path of Object.keys(publication.media)) await cp(join(CONTENT, path), join(assets, path));
  const target = join(BUILD, "publication.txt");
  await writeFile(`${target}.new`, writePublication(publication));
  await rename(`${target}.new`, target);
  return true;
};
