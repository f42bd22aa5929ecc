import { encodePath } from "../../model/address.ts";
import { CommandError } from "../command-error.ts";
import { makeEmptyFolder } from "../files/make-empty-folder.ts";
import { writeBelow } from "../files/write-below.ts";
import { createProgress } from "../progress.ts";
import { type NewsroomClient, readJson } from "./newsroom-client.ts";
import { refusalLines } from "./refusal-lines.ts";

interface Wanted {
  /** Below content/. */
  readonly path: string;
  /** Where the newsroom has it. */
  readonly address: string;
}

/** Fetches a file and writes it; gives what is in the way, line by line. */
const exportFile = async (newsroom: NewsroomClient, folder: string, wanted: Wanted): Promise<readonly string[]> => {
  const { path, address } = wanted;
  const response = await newsroom.ask("GET", address, undefined, { accept: "text/markdown, */*;q=0.1" });
  if (!response.ok) return refusalLines(await readJson(response), path);
  try {
    await writeBelow(folder, path, new Uint8Array(await response.arrayBuffer()));
    return [];
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return [error.message];
  }
};

/**
 * Writes every story and media file of a newsroom into a new or empty folder. Says of each that it can't write why, and goes on;
 * gives whether all are there.
 */
export const exportNewsroom = async (newsroom: NewsroomClient, folder: string): Promise<boolean> => {
  await makeEmptyFolder(folder);
  const stories = await newsroom.stories();
  const media = await newsroom.media();
  const wanted: readonly Wanted[] = [
    ...stories.map(({ path, slug }) => ({ path, address: `/api/items/${encodeURIComponent(slug)}` })),
    ...media.map(({ path }) => ({ path, address: `/api/${encodePath(path)}` })),
  ];
  const progress = createProgress(wanted.length);
  let missing = 0;
  for (const one of wanted) {
    const against = await exportFile(newsroom, folder, one);
    progress.step();
    for (const line of against) console.error(line);
    if (against.length > 0) missing += 1;
  }
  console.log(
    missing === 0
      ? `${stories.length} stories and ${media.length} media files are in ${folder}/.`
      : `${wanted.length - missing} of ${wanted.length} files are in ${folder}/. Of the others see above.`,
  );
  return missing === 0;
};
