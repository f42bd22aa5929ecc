import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Publication, writePublication } from "../../model/publication.ts";
import { CODE_FOLDER } from "../files/package-folder.ts";
import { listFolder } from "../files/read-folder.ts";
import { readIfPresent } from "../files/read-if-present.ts";
import { changeTime, lastChangeBelow } from "./change-time.ts";
import { CONTENT, compileFolder, formatMessages } from "./compile-folder.ts";
import { countStories } from "./count-stories.ts";
import { leftOutLines } from "./dialect-findings.ts";
import { DRAFTS_FOLDER } from "./drafts-folder.ts";
import { showHidden } from "./show-hidden.ts";
import { withoutDrafts } from "./without-drafts.ts";

/**
 * What content/ is built for: a deployment, or serving on this machine; or serving it there with drafts and scheduled stories, as its
 * writers look at it.
 */
export type BuildPurpose = "deployment" | "drafts" | "serving";

const BUILD = "build";

/** Where wrangler takes from what it bundles (publication.txt) and what it serves (assets/). Drafts never come where a deployment looks. */
const FOLDERS: Readonly<Record<BuildPurpose, string>> = {
  deployment: BUILD,
  serving: BUILD,
  drafts: DRAFTS_FOLDER,
};

/** What a build did, for people. */
export interface BuildReport {
  readonly isBuilt: boolean;
  /** The compiler's messages, or why content/ can't be read; empty if there is nothing to say. */
  readonly messages: string;
  /** One line: how long the build took, and how many stories there are; or that nothing was built. */
  readonly summary: string;
}

/** Copies first and deletes afterwards: the folder may be served meanwhile, and no picture must be missing. */
const copyMedia = async (paths: readonly string[], folder: string): Promise<void> => {
  const assets = join(folder, "assets");
  await mkdir(join(assets, "media"), { recursive: true });
  for (const path of paths) await cp(join(CONTENT, path), join(assets, path));
  for (const old of await listFolder(assets)) if (!paths.includes(old)) await rm(join(assets, old));
};

/** Replaces the file in one step: wrangler may read it at any moment. */
const writeBundle = async (publication: Publication, purpose: BuildPurpose): Promise<void> => {
  const target = join(FOLDERS[purpose], "publication.txt");
  const text = writePublication(publication);
  const changedAt =
    purpose === "deployment"
      ? undefined
      : changeTime(await readIfPresent(target), text, await lastChangeBelow(CODE_FOLDER), Date.now());
  await writeFile(`${target}.new`, writePublication(publication, changedAt));
  await rename(`${target}.new`, target);
};

/** The report of a build that did not take place, and why. */
export const notBuilt = (messages: string): BuildReport => ({
  isBuilt: false,
  messages,
  summary: `${CONTENT}/ was not built: mend the errors above.`,
});

/**
 * Compiles content/ into build/publication.txt and copies its media into build/assets; with drafts, into a folder of their own. If
 * the content has an error, there is no publication, and the folder stays as it was. If it is served on this machine, and not
 * deployed, the publication says when it last changed. Throws CommandError if there is no content/.
 */
export const buildContent = async (
  purpose: BuildPurpose,
): Promise<{ report: BuildReport; publication?: Publication }> => {
  const start = performance.now();
  const compiled = await compileFolder();
  const messages = formatMessages(compiled.files);
  const { publication } = compiled;
  if (publication === undefined) return { report: notBuilt(messages) };
  const served = purpose === "drafts" ? showHidden(publication, Date.now()) : withoutDrafts(publication);
  await copyMedia(Object.keys(served.media), FOLDERS[purpose]);
  await writeBundle(served, purpose);
  const seconds = ((performance.now() - start) / 1000).toFixed(2);
  const stories = countStories(publication.items, Date.now());
  return {
    publication,
    report: {
      isBuilt: true,
      messages,
      summary: [`Built ${CONTENT}/ in ${seconds} s: ${stories}.`, ...leftOutLines(publication, Date.now())].join("\n"),
    },
  };
};

/** Prints a report: to standard error what has to be mended, to standard output what was built. */
export const printReport = ({ isBuilt, messages, summary }: BuildReport): void => {
  if (messages !== "") console.error(messages);
  if (isBuilt) console.log(summary);
  else console.error(summary);
};
