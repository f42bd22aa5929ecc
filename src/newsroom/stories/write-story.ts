import type { Editor, Role } from "../../admin/role.ts";
import { jsonResponse, refuse } from "../../http/api-response.ts";
import { sha256 } from "../../lib/sha256.ts";
import type { CompilerVersion } from "../../model/compiler-version.ts";
import type { Item } from "../../model/item.ts";
import type { StoredStory } from "../../store/d1/rows.ts";
import type { Newsroom } from "../newsroom.ts";
import type { StoryFinding } from "./compile-story.ts";
import { changedKeys, describeSource, describeStory, storyLocation } from "./describe-story.ts";
import { type IdempotencyKey, replayResponse } from "./idempotency.ts";
import type { StoryMessage } from "./message-places.ts";
import { storyEtag } from "./story-etag.ts";

/** What every request has that writes a story. */
export interface WriteRequest {
  readonly editor: Editor;
  /** Undefined if the request has no Idempotency-Key. */
  readonly idempotencyKey: IdempotencyKey | undefined;
}

/** A story that passed all checks and may be written. */
export interface StoryWrite {
  /** The story as it was read for the checks; it must still be what is stored. Undefined if there was none. */
  readonly former: StoredStory | undefined;
  readonly item: Item;
  readonly path: string;
  readonly source: Uint8Array;
  /** Paths of the uploaded media files that it uses. */
  readonly media: readonly string[];
  /** Paths of the media files of which `item` knows that other stories mark them as not distributable. */
  readonly knownMarks: readonly string[];
  /** What `item` was compiled by. */
  readonly compiledBy: CompilerVersion;
  /** The role that it takes. */
  readonly role: Role;
  /** Whether the response says all that a GET of the story does, if its source is not very long. */
  readonly echo?: boolean;
  /** For the audit log. */
  readonly action: "put" | "withdraw";
  readonly warnings: readonly StoryMessage[];
  /** What the rules of partners' dialects say of it. */
  readonly findings: readonly StoryFinding[];
}

/** Something was written since `former` was read, so nothing was written and the checks must be repeated. */
export const CONFLICT = "conflict";

/** What the rules of the dialects in use say, by dialect; nothing if they say nothing. */
const describeFindings = async (findings: readonly StoryFinding[], { formatsInUse }: Newsroom) => {
  if (findings.length === 0) return {};
  const inUse = await formatsInUse();
  const used = findings.filter(({ dialect }) => inUse?.has(dialect) !== false);
  const byDialect = Object.entries(Object.groupBy(used, ({ dialect }) => dialect));
  const dialects = Object.fromEntries(byDialect.map(([name, own = []]) => [name, own.map(({ finding }) => finding)]));
  return used.length === 0 ? {} : { dialects };
};

/** Bytes of source that a response repeats twice: in JSON they may be twice as many, and a row of D1 holds a stored response of 2 MB. */
const MAX_ECHOED_BYTES = 262_144;

/** Writes a story, unless that would change nothing. Returns the response to the editor. */
export const writeStory = async (
  { editor, idempotencyKey }: WriteRequest,
  write: StoryWrite,
  newsroom: Newsroom,
): Promise<Response | typeof CONFLICT> => {
  const { former, item, path, source, media, knownMarks, compiledBy, role, action, warnings, findings } = write;
  const { repository, channel } = newsroom;
  const now = newsroom.now();
  const changes = changedKeys(former?.item, item);
  const body = {
    ...(await describeStory(item, editor, newsroom, now)),
    ...(write.echo === true && source.byteLength <= MAX_ECHOED_BYTES && describeSource(path, source)),
    changes,
    warnings,
    ...(await describeFindings(findings, newsroom)),
  };
  const status = former === undefined ? 201 : 200;
  const replayable = idempotencyKey && { ...idempotencyKey, status, body: JSON.stringify(body), story: item.id, role };
  const digest = sha256(source);
  if (former?.path === path && former.digest === digest && changes.length === 0) {
    if (replayable !== undefined) await repository.saveResponse(editor, former.version, replayable, now);
    return jsonResponse(200, body, { etag: storyEtag(former.version) });
  }
  const event = { editor, action, subject: item.slug, changes };
  const edit = { item, path, source, digest, media, knownMarks, compiledBy };
  const outcome = await repository.putStory(former, edit, now, event, replayable);
  if (outcome.kind === "conflict") return CONFLICT;
  const location = storyLocation(channel, item.slug);
  return jsonResponse(status, body, { etag: storyEtag(outcome.version), ...(status === 201 && { location }) });
};

const MAX_ATTEMPTS = 5;

/**
 * Runs `attempt`, which checks and writes a story, again as long as it ends in a conflict; refuses (409) after five
 * attempts. A request that was sent before gets the response that it got then.
 */
export const retryOnConflict = async (
  { editor, idempotencyKey }: WriteRequest,
  newsroom: Newsroom,
  attempt: () => Promise<Response | typeof CONFLICT>,
): Promise<Response> => {
  for (let count = 0; count < MAX_ATTEMPTS; count++) {
    const replayed = await replayResponse(idempotencyKey, editor, newsroom);
    if (replayed !== undefined) return replayed;
    const outcome = await attempt();
    if (outcome !== CONFLICT) return outcome;
  }
  return refuse(409, "Others keep changing the same story or its names. Read it again, and try once more.");
};
