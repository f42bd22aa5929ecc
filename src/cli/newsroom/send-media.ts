import { encodePath } from "../../model/address.ts";
import { sha256 } from "../digest.ts";
import { type NewsroomClient, readJson } from "./newsroom-client.ts";
import { refusalLines } from "./refusal-lines.ts";

/**
 * Sends those of some media files that the newsroom does not have, or has with other bytes. Says what it has against any; gives
 * whether it took them all.
 */
export const sendMedia = async (newsroom: NewsroomClient, files: ReadonlyMap<string, Uint8Array>): Promise<boolean> => {
  if (files.size === 0) return true;
  const known = new Map((await newsroom.media()).map(({ path, digest }) => [path, digest]));
  let isDone = true;
  for (const [path, bytes] of files) {
    if (known.get(path) === sha256(bytes)) continue;
    const response = await newsroom.ask("PUT", `/api/${encodePath(path)}`, bytes);
    const answer = await readJson(response);
    if (response.ok) continue;
    for (const line of refusalLines(answer, `content/${path}`)) console.error(line);
    isDone = false;
  }
  return isDone;
};
