import { type Editor, refuseUnless } from "../../admin/role.ts";
import { jsonResponse, refuse } from "../../http/api-response.ts";
import type { Newsroom } from "../newsroom.ts";
import { checkPreconditions } from "../preconditions.ts";
import { taggedStory } from "./story-etag.ts";

/** Erases a story, with the media files that no other uses: only its id stays. Their bytes go a little later (buryMedia). */
export const eraseStory = async (
  slug: string,
  headers: Headers,
  editor: Editor,
  newsroom: Newsroom,
): Promise<Response> => {
  const { repository, now, onWritten } = newsroom;
  const mayNot = refuseUnless("owner", editor, "Erasing");
  if (mayNot !== undefined) return mayNot;
  const story = await repository.bySlug(slug);
  if (story === undefined) return refuse(404, "There is no such story.");
  const failed = checkPreconditions(headers, taggedStory(story), newsroom.requiresIfMatch);
  if (failed !== undefined) return failed;
  const event = { editor: editor.name, action: "erase", subject: story.item.id, changes: [] };
  const outcome = await repository.erase(story, now(), event);
  if (outcome.kind === "changed") return refuse(412, "Somebody changed the story meanwhile. Read it again.");
  onWritten();
  return jsonResponse(204);
};
