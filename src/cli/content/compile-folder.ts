import type { VFile } from "vfile";
import { reporter } from "vfile-reporter";
import { type CompiledPublication, type ContentFiles, compilePublication } from "../../content/publication.ts";
import type { Instant } from "../../model/instant.ts";
import { readFolder } from "../files/read-folder.ts";
import { createProgress } from "../progress.ts";
import { warnOfOldDates } from "./old-dates.ts";
import { warnOfRedirects } from "./redirects.ts";
import { findUncommitted } from "./uncommitted.ts";

/** The folder of the publication, below the folder that the command runs in. */
export const CONTENT = "content";

const compileWithProgress = async (
  files: ContentFiles,
  now: Instant,
  named: readonly string[],
): Promise<CompiledPublication> => {
  using progress = createProgress("Compiling stories");
  return await compilePublication(files, now, named, progress.update);
};

/**
 * Compiles the files of content/ as of now, with a progress bar. Warns also of what no file tells by itself: redirects that lead nowhere, and
 * new stories with old dates. Errors of drafts are warnings, but for those at the paths `named`.
 */
export const compileFiles = async (
  files: ContentFiles,
  named: readonly string[] = [],
): Promise<CompiledPublication> => {
  const now = Date.now();
  const compiled = await compileWithProgress(files, now, named);
  await warnOfRedirects(compiled, files, now);
  warnOfOldDates(compiled, files, await findUncommitted(CONTENT), now);
  return compiled;
};

/** Reads and compiles content/. Throws CommandError if there is none. */
export const compileFolder = async (): Promise<CompiledPublication> => compileFiles(await readFolder(CONTENT));

/** The messages about files as text, with paths that begin with content/; empty if there is no message. */
export const formatMessages = (files: readonly VFile[]): string => {
  const withMessages = files.filter(({ messages }) => messages.length > 0);
  for (const file of withMessages) file.history = [`${CONTENT}/${file.path}`];
  return withMessages.length === 0 ? "" : reporter(withMessages);
};
