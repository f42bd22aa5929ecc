import { type Editor, refuseUnless } from "../admin/role.ts";
import { jsonResponse } from "../http/api-response.ts";
import type { Newsroom } from "./newsroom.ts";

/** DELETE /api/previews: ends all preview links, whoever made them. Whoever needs one reads the story again. */
export const endPreviews = async (editor: Editor, { repository, now }: Newsroom): Promise<Response> => {
  const refused = refuseUnless("owner", editor, "Ending all previews");
  if (refused !== undefined) return refused;
  await repository.deletePreviewKeys(now(), editor);
  return jsonResponse(204);
};
