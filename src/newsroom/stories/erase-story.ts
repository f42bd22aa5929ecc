import { type Editor, refuseUnless } from "../../admin/role.ts";
import { jsonResponse, refuse } from "../../http/api-response.ts";
import type { Newsroom } from "../newsroom.ts";
import { checkPreconditions } from "../preconditions.ts";
import { toCurrentResource } from "./story-etag.ts";

/**
 * Erases a story and the media files that no other story uses; only its id stays, so that no other story gets it. The
 * bytes of the files are deleted later (delete-unused-media.ts).
 */
export const eraseStory = async (
  slug: string,
  headers: Headers,
  editor: Editor,
  newsroom: Newsroom,
): Promise<Response> => {
  const { repository, now, requiresIfMatch } = newsroom;
  const forbidden = refuseUnless("owner", editor, "Erasing");
  if (forbidden !== undefined) return forbidden;
  const story = await repository.findBySlug(slug);
  if (story === undefined) return refuse(404, "There is no such story.");
  const failed = checkPreconditions(headers, toCurrentResource(story), requiresIfMatch);
  if (failed !== undefined) return failed;
  const event = { editor, action: "erase", subject: story.item.id, changes: [] };
  const { kind } = await repository.eraseStory(story, now(), event);
  if (kind === "conflict") return refuse(412, "Somebody changed the story meanwhile. Read it again.");
  return jsonResponse(204);
};
