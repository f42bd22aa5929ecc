import { isRecord } from "../../lib/is-record.ts";
import { type NewsroomClient, readJson } from "./newsroom-client.ts";
import type { LocalStory } from "./send-stories.ts";

/**
 * The ETag of the newsroom's story with the same id, looked up by its slug and its former slugs; undefined if there is none. A
 * story with another id that has the slug is another story.
 */
export const findVersion = async (
  newsroom: NewsroomClient,
  { id, slug, aliases }: Pick<LocalStory, "aliases" | "id" | "slug">,
): Promise<string | undefined> => {
  if (id === undefined) return undefined;
  for (const name of [slug, ...aliases]) {
    const response = await newsroom.request("GET", `/api/items/${encodeURIComponent(name)}`);
    const remote = await readJson(response);
    const etag = response.headers.get("etag");
    if (response.ok && isRecord(remote) && remote.id === id && etag !== null) return etag;
  }
  return undefined;
};
