import { createHash } from "node:crypto";
import type { StoredStory } from "../store/d1.ts";
import { json, refuse } from "./answer.ts";
import { changesBetween, summaryOf } from "./describe.ts";
import { type Editor, may } from "./editor.ts";
import { type Attempt, findAnswer } from "./idempotency.ts";
import type { Newsroom } from "./newsroom.ts";
import { checkPreconditions, tagOf } from "./precondition.ts";
import { withdrawSource } from "./withdraw-source.ts";

/** A story that is to be taken back. */
export interface Withdrawing {
  readonly slug: string;
  /** For readers, on one line. */
  readonly reason: string;
  readonly headers: Headers;
  readonly editor: Editor;
  readonly attempt?: Attempt;
}

/** Characters: it stands in feeds. */
const MOST_REASON = 1000;

const write = async (
  { reason, editor, attempt }: Withdrawing,
  newsroom: Newsroom,
  story: StoredStory,
): Promise<Response | "changed"> => {
  const { desk, store, channel, onWritten } = newsroom;
  const now = newsroom.now();
  const at = Math.max(Math.floor(now / 1000) * 1000, story.item.published);
  // Not compiled anew: what it links to may be gone, and it must be possible to take it back all the same.
  const item = { ...story.item, withdrawn: { at, reason } };
  const source = withdrawSource(story.path, await desk.sourceOf(story), at, reason);
  const digest = createHash("sha256").update(source).digest("hex");
  const changes = changesBetween(story.item, item);
  const body = { ...summaryOf(item, channel, now), changes, warnings: [] };
  const kept = attempt && { ...attempt, status: 200, body: JSON.stringify(body), story: item.id };
  const deed = { editor: editor.name, action: "withdraw", subject: item.slug, changes };
  const outcome = await desk.put(story, { item, path: story.path, source, digest }, now, deed, kept);
  if (outcome.kind === "changed") return "changed";
  store.forgetMoment();
  onWritten();
  return json(200, body, { etag: tagOf(outcome.version) });
};

const MOST_ATTEMPTS = 5;

/** Withdraws a story, as it stands at that very moment. */
export const withdrawStory = async (withdrawing: Withdrawing, newsroom: Newsroom): Promise<Response> => {
  const { slug, reason, headers, editor, attempt } = withdrawing;
  for (let count = 0; count < MOST_ATTEMPTS; count++) {
    const replayed = await findAnswer(attempt, editor, newsroom);
    if (replayed !== undefined) return replayed;
    const story = await newsroom.desk.bySlug(slug);
    if (story === undefined) return refuse(404, "There is no such story.");
    if (!may(editor, "withdraw")) return refuse(403, `This takes the role \`withdraw\`; yours is \`${editor.role}\`.`);
    if (reason === "" || reason.length > MOST_REASON) {
      return refuse(400, "Say why, in a sentence for readers: `?reason=…`, or as the body.");
    }
    const failed = checkPreconditions(headers, story, newsroom.mustBeConditional);
    if (failed !== undefined) return failed;
    const now = newsroom.now();
    if (story.item.withdrawn !== undefined) {
      return json(200, summaryOf(story.item, newsroom.channel, now), { etag: tagOf(story.version) });
    }
    if (story.item.draft || now < story.item.published) {
      return refuse(409, "No reader has seen this story: make it a draft, or erase it (`?purge=true`).");
    }
    const answer = await write(withdrawing, newsroom, story);
    if (answer !== "changed") return answer;
  }
  return refuse(409, "Others keep changing the same story. Try once more.");
};
