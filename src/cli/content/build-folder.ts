import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { writePublication } from "../../model/publication.ts";
import { CONTENT, compileFolder, listFolder, report } from "./content-folder.ts";

const BUILD = "build";

/** Copies first and deletes then: while serving, no picture is ever missing. */
const copyMedia = async (paths: readonly string[]): Promise<void> => {
  const assets = join(BUILD, "assets");
  await mkdir(join(assets, "media"), { recursive: true });
  for (const path of paths) await cp(join(CONTENT, path), join(assets, path));
  for (const old of await listFolder(assets)) if (!paths.includes(old)) await rm(join(assets, old));
};

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
  await copyMedia(Object.keys(publication.media));
  const target = join(BUILD, "publication.txt");
  await writeFile(`${target}.new`, writePublication(publication));
  await rename(`${target}.new`, target);
  return true;
};
