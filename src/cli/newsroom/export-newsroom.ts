import { encodePath } from "../../model/address.ts";
import { CommandError } from "../command.ts";
import { createOutputFolder, writeOutputFile } from "../files/output-folder.ts";
import { createProgress } from "../progress.ts";
import { type NewsroomClient, readJson } from "./newsroom-client.ts";
import { refusalLines } from "./refusal-lines.ts";

/** What to do if the folder of an export is not empty. */
const ADVICE = "Name a new folder: --into another-folder.";

const REASON = "In this one would stay what was erased in the newsroom since, and restoring it would bring that back.";

/** A file of the newsroom. */
interface RemoteFile {
  /** Below content/. */
  readonly path: string;
  /** Its path in the API. */
  readonly address: string;
}

/** Fetches a file and writes it. Resolves to the lines that say why it could not; none if it could. */
const exportFile = async (
  newsroom: NewsroomClient,
  folder: string,
  { path, address }: RemoteFile,
): Promise<readonly string[]> => {
  const response = await newsroom.request("GET", address, undefined, { accept: "text/markdown, */*;q=0.1" });
  if (!response.ok) return refusalLines(await readJson(response), path);
  try {
    await writeOutputFile(folder, path, new Uint8Array(await response.arrayBuffer()));
    return [];
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return [error.message];
  }
};

/**
 * Writes every story and media file of a newsroom into a new or empty folder. Prints why a file can't be written, and goes on
 * with the next. Resolves to whether all were written.
 */
export const exportNewsroom = async (newsroom: NewsroomClient, folder: string): Promise<boolean> => {
  await createOutputFolder(folder, ADVICE, REASON);
  const stories = await newsroom.listStories();
  const media = await newsroom.listMedia();
  const files: readonly RemoteFile[] = [
    ...stories.map(({ path, slug }) => ({ path, address: `/api/items/${encodeURIComponent(slug)}` })),
    ...media.map(({ path }) => ({ path, address: `/api/${encodePath(path)}` })),
  ];
  let missing = 0;
  {
    using progress = createProgress("Exporting");
    for (const [index, file] of files.entries()) {
      const reasons = await exportFile(newsroom, folder, file);
      progress.update(index + 1, files.length);
      progress.print(reasons);
      if (reasons.length > 0) missing += 1;
    }
  }
  console.log(
    missing === 0
      ? `${stories.length} stories and ${media.length} media files are in ${folder}/.`
      : `${files.length - missing} of ${files.length} files are in ${folder}/. Of the others see above.`,
  );
  return missing === 0;
};
