import { isRecord } from "../../lib/is-record.ts";
import { type NewsroomClient, readJson } from "./newsroom-client.ts";
import type { Outgoing } from "./send-stories.ts";

/**
 * The ETag of the story that the newsroom has by the same id, under its slug or a former one; nothing where it has none there.
 * A story of another id that holds the slug is not the one that is changed.
 */
export const findVersion = async (
  newsroom: NewsroomClient,
  { id, slug, aliases }: Pick<Outgoing, "aliases" | "id" | "slug">,
): Promise<string | undefined> => {
  if (id === undefined) return undefined;
  for (const name of [slug, ...aliases]) {
    const response = await newsroom.ask("GET", `/api/items/${encodeURIComponent(name)}`);
    const there = await readJson(response);
    const etag = response.headers.get("etag");
    if (response.ok && isRecord(there) && there.id === id && etag !== null) return etag;
  }
  return undefined;
};
