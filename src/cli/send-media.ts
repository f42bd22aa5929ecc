import { createHash } from "node:crypto";
import { Complaint, type NewsroomClient } from "./newsroom-client.ts";

/** The newsroom has no place for it: site.yaml names it, so it is deployed with the site. */
const OF_THE_SITE = 409;

/** Sends those of some media files that the newsroom does not have, or has with other bytes. Gives their paths. */
export const sendMedia = async (
  newsroom: NewsroomClient,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<readonly string[]> => {
  const known = new Map((await newsroom.media()).map(({ path, digest }) => [path, digest]));
  const missing = [...files].filter(
    ([path, bytes]) => known.get(path) !== createHash("sha256").update(bytes).digest("hex"),
  );
  for (const [path, bytes] of missing) {
    const response = await newsroom.ask("PUT", `/api/${path.split("/").map(encodeURIComponent).join("/")}`, bytes);
    if (!response.ok && response.status !== OF_THE_SITE) {
      throw new Complaint(`content/${path}: ${response.status} ${await response.text()}`);
    }
    await response.body?.cancel();
  }
  return missing.map(([path]) => path);
};
