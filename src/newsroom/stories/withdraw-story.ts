import { refuseUnless } from "../../admin/role.ts";
import { jsonResponse, refuse } from "../../http/api-response.ts";
import type { Newsroom } from "../newsroom.ts";
import { checkPreconditions } from "../preconditions.ts";
import { summaryOf } from "./describe-story.ts";
import { storyTag, taggedStory } from "./story-etag.ts";
import { withdrawSource } from "./withdraw-source.ts";
import { retryOnConflict, type Writer, writeStory } from "./write-story.ts";

/** A story that is to be taken back. */
export interface WithdrawStoryRequest extends Writer {
  readonly slug: string;
  /** For readers, on one line. */
  readonly reason: string;
  readonly headers: Headers;
}

/** Withdraws a story, as it stands at that very moment. */
export const withdrawStory = (withdrawing: WithdrawStoryRequest, newsroom: Newsroom): Promise<Response> =>
  retryOnConflict(withdrawing, newsroom, async () => {
    const { slug, reason, headers, editor, attempt } = withdrawing;
    const { channel, repository, requiresIfMatch } = newsroom;
    const story = await repository.bySlug(slug);
    if (story === undefined) return refuse(404, "There is no such story.");
    const mayNot = refuseUnless("withdraw", editor);
    if (mayNot !== undefined) return mayNot;
    const failed = checkPreconditions(headers, taggedStory(story), requiresIfMatch);
    if (failed !== undefined) return failed;
    const now = newsroom.now();
    if (story.item.withdrawn !== undefined) {
      return jsonResponse(200, summaryOf(story.item, channel, now), { etag: storyTag(story.version) });
    }
    if (story.item.draft || now < story.item.published) {
      return refuse(409, "No reader has seen this story: make it a draft, or erase it (`?purge=true`).");
    }
    const at = Math.max(Math.floor(now / 1000) * 1000, story.item.published);
    // Not compiled anew: what it links to may be gone, and it must be possible to take it back all the same.
    const item = { ...story.item, withdrawn: { at, reason } };
    const source = withdrawSource(story.path, await repository.sourceOf(story), at, reason);
    const writer = { editor, ...(attempt && { attempt }) };
    const edit = { former: story, item, path: story.path, source, media: [], warnings: [] };
    return writeStory({ ...writer, ...edit, action: "withdraw" }, newsroom);
  });
