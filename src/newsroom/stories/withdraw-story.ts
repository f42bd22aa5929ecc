import { safeParse } from "valibot";
import { refuseUnless } from "../../admin/role.ts";
import { isUtf8 } from "../../content/decode.ts";
import { findIllegalCharacters } from "../../content/illegal-characters.ts";
import { containsPlaceholderOrigin, PLACEHOLDER_ORIGIN_RESERVED } from "../../content/references/placeholder-origin.ts";
import { text } from "../../content/schema/values.ts";
import { jsonResponse, refuse } from "../../http/api-response.ts";
import { mediaTypeOf, readBody } from "../../http/request-body.ts";
import { UNKNOWN_VERSION } from "../../model/compiler-version.ts";
import type { Newsroom } from "../newsroom.ts";
import { checkPreconditions } from "../preconditions.ts";
import { summarizeStory } from "./describe-story.ts";
import { storyEtag, toCurrentResource } from "./story-etag.ts";
import { parseJsonObject } from "./story-source.ts";
import { addWithdrawal } from "./withdrawal-source.ts";
import { retryOnConflict, type WriteRequest, writeStory } from "./write-story.ts";

/** Feeds show the reason, so it is a sentence, not a story. */
const MAX_REASON_LENGTH = 1000;

const MAX_BODY_BYTES = 4096;

/** As `requiredRole` says of every withdrawal; one that changes nothing takes it too. */
const ROLE = "withdraw";

const SAY_WHY =
  'Say why, in a sentence for readers: `?reason=…`, or as the body: text/plain, or {"reason": …} in JSON.';

/** The reason in a request's body: as it stands in text, in the key `reason` of JSON; undefined if there is none. */
const readReasonInBody = async (request: Request): Promise<unknown> => {
  const bytes = await readBody(request, MAX_BODY_BYTES);
  if (bytes === undefined) return refuse(413, "The reason is too long. Say it in a sentence.");
  if (bytes.length === 0) return undefined;
  switch (mediaTypeOf(request)) {
    case "":
    case "text/plain":
      return isUtf8(bytes) ? new TextDecoder().decode(bytes) : refuse(400, "The reason is not UTF-8.");
    case "application/json": {
      const value = parseJsonObject(bytes, SAY_WHY);
      return value instanceof Response ? value : value.reason;
    }
    default:
      // Readers would see what another kind of body wraps the reason in.
      return refuse(415, SAY_WHY);
  }
};

/**
 * Reads why a story is withdrawn, from `?reason=…` or the body. Returns the refusal if the key `withdrawn` cannot hold
 * it.
 */
export const readReason = async (request: Request): Promise<string | Response> => {
  const reason = new URL(request.url).searchParams.get("reason") ?? (await readReasonInBody(request));
  if (reason instanceof Response) return reason;
  const { success, output } = safeParse(text, reason);
  if (!success) return refuse(400, SAY_WHY);
  if (output.length > MAX_REASON_LENGTH)
    return refuse(400, `The reason has more than ${MAX_REASON_LENGTH} characters.`);
  const [illegal] = findIllegalCharacters(output);
  if (illegal !== undefined) return refuse(400, `${illegal.name} can't stand in a feed. Take it out of the reason.`);
  return containsPlaceholderOrigin(output) ? refuse(400, PLACEHOLDER_ORIGIN_RESERVED) : output;
};

/** A request to withdraw a story. */
export interface WithdrawStoryRequest extends WriteRequest {
  readonly slug: string;
  /** For readers, as `readReason` returns it. */
  readonly reason: string;
  readonly headers: Headers;
}

/** Withdraws a story as it is stored at that moment. A story that is withdrawn already stays as it is (200). */
export const withdrawStory = (request: WithdrawStoryRequest, newsroom: Newsroom): Promise<Response> =>
  retryOnConflict(request, newsroom, async () => {
    const { slug, reason, headers, editor } = request;
    const { channel, repository, requiresIfMatch } = newsroom;
    const found = await repository.findWithSource(slug);
    if (found === undefined) return refuse(404, "There is no such story.");
    const { story } = found;
    const forbidden = refuseUnless(ROLE, editor, "Withdrawing");
    if (forbidden !== undefined) return forbidden;
    const failed = checkPreconditions(headers, toCurrentResource(story), requiresIfMatch);
    if (failed !== undefined) return failed;
    const now = newsroom.now();
    if (story.item.withdrawn !== undefined) {
      return jsonResponse(200, summarizeStory(story.item, channel, now), { etag: storyEtag(story.version) });
    }
    if (story.item.draft || now < story.item.published) {
      return refuse(409, "No reader has seen this story: make it a draft, or erase it (`?purge=true`).");
    }
    // In whole seconds, and the newest of the story's changes: readers replace a text by one with a later date only.
    const at = Math.max(Math.floor(now / 1000) * 1000, story.item.updated + 1000);
    // It is not compiled here: that would fail if something it links to is gone, and withdrawing must always be
    // possible. The scheduler compiles it later.
    const item = { ...story.item, withdrawn: { at, reason } };
    const { path } = story;
    const source = addWithdrawal(path, found.source, at, reason);
    const write = { former: story, item, path, source, compiledBy: UNKNOWN_VERSION, role: ROLE } as const;
    return writeStory(
      request,
      { ...write, media: [], knownMarks: [], warnings: [], findings: [], action: "withdraw" },
      newsroom,
    );
  });
