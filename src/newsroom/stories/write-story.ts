import type { Editor } from "../../admin/role.ts";
import { jsonResponse, refuse } from "../../http/api-response.ts";
import { sha256 } from "../../lib/sha256.ts";
import type { Item } from "../../model/item.ts";
import type { StoredStory } from "../../store/d1/story-row.ts";
import { type Attempt, findAnswer } from "../idempotency.ts";
import type { Newsroom } from "../newsroom.ts";
import type { Message } from "./compile-story.ts";
import { changesBetween, detailsOf } from "./describe-story.ts";
import { storyTag } from "./story-etag.ts";

/** Who writes; `attempt` where it may be sent again. */
export interface Writer {
  readonly editor: Editor;
  readonly attempt?: Attempt;
}

/** A story that was judged, and may be written. */
export interface StoryWrite extends Writer {
  /** What was read before, and is written over. */
  readonly former: StoredStory | undefined;
  readonly item: Item;
  readonly path: string;
  readonly source: Uint8Array;
  /** Uploaded files that it needs. */
  readonly media: readonly string[];
  /** What the log says of it. */
  readonly action: "put" | "withdraw";
  readonly warnings: readonly Message[];
}

/** Somebody else wrote since `former` was read, so it must be judged again. */
export const CHANGED = "changed";

/** Writes a story, unless that would change nothing; gives what its writer is told. */
export const writeStory = async (write: StoryWrite, newsroom: Newsroom): Promise<Response | typeof CHANGED> => {
  const { repository, channel, onWritten } = newsroom;
  const { former, item, path, source, media, action, warnings, editor, attempt } = write;
  const now = newsroom.now();
  const changes = changesBetween(former?.item, item);
  const body = { ...detailsOf(item, newsroom, now), changes, warnings };
  const status = former === undefined ? 201 : 200;
  const kept = attempt && { ...attempt, status, body: JSON.stringify(body), story: item.id };
  const digest = sha256(source);
  if (former?.path === path && former.digest === digest && changes.length === 0) {
    if (kept !== undefined) await repository.saveResponse(editor.name, former.version, kept, now);
    return jsonResponse(200, body, { etag: storyTag(former.version) });
  }
  const event = { editor: editor.name, action, subject: item.slug, changes };
  const outcome = await repository.put(former, { item, path, source, digest, media }, now, event, kept);
  if (outcome.kind === "changed") return CHANGED;
  onWritten();
  const location = `${channel.url}/api/items/${encodeURIComponent(item.slug)}`;
  return jsonResponse(status, body, { etag: storyTag(outcome.version), ...(status === 201 && { location }) });
};

const MAX_ATTEMPTS = 5;

/**
 * Judges and writes by `judge`, again where somebody else writes at the same time. What was sent before gets the answer that it
 * got then.
 */
export const retryOnConflict = async (
  { attempt, editor }: Writer,
  newsroom: Newsroom,
  judge: () => Promise<Response | typeof CHANGED>,
): Promise<Response> => {
  for (let count = 0; count < MAX_ATTEMPTS; count++) {
    const replayed = await findAnswer(attempt, editor, newsroom);
    if (replayed !== undefined) return replayed;
    const answer = await judge();
    if (answer !== CHANGED) return answer;
  }
  return refuse(409, "Others keep changing the same story or its names. Read it again, and try once more.");
};
