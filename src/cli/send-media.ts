import { Complaint, type NewsroomClient } from "./newsroom-client.ts";

/** Sends those of some media files that the newsroom does not have yet, or has with another length. Gives their paths. */
export const sendMedia = async (
  newsroom: NewsroomClient,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<readonly string[]> => {
  const known = new Map((await newsroom.media()).map(({ path, length }) => [path, length]));
  const missing = [...files].filter(([path, bytes]) => known.get(path) !== bytes.byteLength);
  for (const [path, bytes] of missing) {
    const response = await newsroom.ask("PUT", `/api/${path.split("/").map(encodeURIComponent).join("/")}`, bytes);
    if (!response.ok) throw new Complaint(`content/${path}: ${response.status} ${await response.text()}`);
    await response.body?.cancel();
  }
  return missing.map(([path]) => path);
};
