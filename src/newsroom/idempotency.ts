import { createHash } from "node:crypto";
import type { Editor } from "../admin/role.ts";
import { jsonResponse, refuse } from "../http/api-response.ts";
import type { Newsroom } from "./newsroom.ts";
import { storyTag } from "./stories/story-etag.ts";

/** A write that may be sent again: `key` is the sender's, `request` a digest of what it asks. */
export interface Attempt {
  readonly key: string;
  readonly request: string;
}

const KEY = /^"?([\x21\x23-\x7e]{1,255})"?$/;

/**
 * Reads Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): nothing where there is none, the refusal where it can't be
 * one. `facts` are all that makes the request what it is.
 */
export const readAttempt = (
  request: Request,
  ...facts: readonly (string | Uint8Array)[]
): Attempt | Response | undefined => {
  const header = request.headers.get("idempotency-key");
  if (header === null) return undefined;
  const key = KEY.exec(header.trim())?.[1];
  if (key === undefined) return refuse(400, "Idempotency-Key must have 1 to 255 visible characters, such as a UUID.");
  const hash = createHash("sha256").update(request.method);
  for (const name of ["if-match", "if-none-match", "content-type"]) hash.update(`\n${request.headers.get(name) ?? ""}`);
  for (const fact of facts) hash.update("\n").update(fact);
  return { key, request: hash.digest("base64url") };
};

/** The answer that the same write got before, if it was sent before. */
export const findAnswer = async (
  attempt: Attempt | undefined,
  { name }: Editor,
  { repository }: Newsroom,
): Promise<Response | undefined> => {
  const given = attempt && (await repository.responseTo(name, attempt.key));
  if (given === undefined) return undefined;
  if (given.request !== attempt?.request) {
    return refuse(422, "This Idempotency-Key was used for another request. Use a new one for each write.");
  }
  return jsonResponse(given.status, JSON.parse(given.body), {
    etag: storyTag(given.version),
    "idempotent-replayed": "true",
  });
};
