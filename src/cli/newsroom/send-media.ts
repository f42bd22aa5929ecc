import { sha256 } from "../../lib/sha256.ts";
import { encodePath } from "../../model/address.ts";
import type { FilesByPath } from "../files/read-folder.ts";
import { createProgress } from "../progress.ts";
import { type NewsroomClient, readJson } from "./newsroom-client.ts";
import { refusalLines } from "./refusal-lines.ts";

/**
 * Sends those media files that the newsroom does not have, or has with other bytes. Prints why it refuses one, and goes on with
 * the next. Resolves to whether it has all of them now.
 */
export const sendMedia = async (newsroom: NewsroomClient, files: FilesByPath): Promise<boolean> => {
  if (files.size === 0) return true;
  const known = new Map((await newsroom.listMedia()).map(({ path, digest }) => [path, digest]));
  const missing = [...files].filter(([path, bytes]) => known.get(path) !== sha256(bytes));
  using progress = createProgress("Sending media");
  let isDone = true;
  for (const [index, [path, bytes]] of missing.entries()) {
    const response = await newsroom.request("PUT", `/api/${encodePath(path)}`, bytes);
    const answer = await readJson(response);
    progress.update(index + 1, missing.length);
    if (response.ok) continue;
    progress.print(refusalLines(answer, `content/${path}`));
    isDone = false;
  }
  return isDone;
};
