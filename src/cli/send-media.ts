import { encodePath } from "../model/address.ts";
import { Complaint } from "./complaint.ts";
import { sha256 } from "./digest.ts";
import type { NewsroomClient } from "./newsroom-client.ts";

/** The newsroom has no place for it: site.yaml names it, so it is deployed with the site. */
const OF_THE_SITE = 409;

/** Sends those of some media files that the newsroom does not have, or has with other bytes. */
export const sendMedia = async (newsroom: NewsroomClient, files: ReadonlyMap<string, Uint8Array>): Promise<void> => {
  const known = new Map((await newsroom.media()).map(({ path, digest }) => [path, digest]));
  for (const [path, bytes] of files) {
    if (known.get(path) === sha256(bytes)) continue;
    const response = await newsroom.ask("PUT", `/api/${encodePath(path)}`, bytes);
    if (!response.ok && response.status !== OF_THE_SITE) {
      throw new Complaint(`content/${path}: ${response.status} ${await response.text()}`);
    }
    await response.body?.cancel();
  }
};
