import { createHash } from "node:crypto";
import { type Editor, isRole, refuseUnless } from "../../admin/role.ts";
import { jsonResponse, refuse } from "../../http/api-response.ts";
import { isRecord } from "../../lib/is-record.ts";
import type { Newsroom } from "../newsroom.ts";
import { storyLocation } from "./describe-story.ts";
import { storyEtag } from "./story-etag.ts";

/** The Idempotency-Key of a write, and a digest that tells whether another request with this key is the same write. */
export interface IdempotencyKey {
  readonly key: string;
  readonly requestDigest: string;
}

const KEY_PATTERN = /^"?([\x21\x23-\x7e]{1,255})"?$/;

/**
 * Reads the header Idempotency-Key (draft-ietf-httpapi-idempotency-key-header). Returns undefined if there is none, and
 * the refusal (400) if it is malformed. The digest is made of the method, of the headers that change what the request
 * does, and of `parts`: all else that does.
 */
export const readIdempotencyKey = (
  request: Request,
  ...parts: readonly (string | Uint8Array)[]
): IdempotencyKey | Response | undefined => {
  const header = request.headers.get("idempotency-key");
  if (header === null) return undefined;
  const key = KEY_PATTERN.exec(header.trim())?.[1];
  if (key === undefined) return refuse(400, "Idempotency-Key must have 1 to 255 visible characters, such as a UUID.");
  const hash = createHash("sha256").update(request.method);
  for (const name of ["if-match", "if-none-match", "content-type"]) hash.update(`\n${request.headers.get(name) ?? ""}`);
  for (const part of parts) hash.update("\n").update(part);
  return { key, requestDigest: hash.digest("base64url") };
};

/**
 * The response that the same write got before from the same editor, by the same token; undefined if it was not sent
 * before. A refusal if the key was used for another request (422), or the editor's role is no longer enough (403).
 */
export const replayResponse = async (
  idempotencyKey: IdempotencyKey | undefined,
  editor: Editor,
  { repository, channel }: Newsroom,
): Promise<Response | undefined> => {
  if (idempotencyKey === undefined) return undefined;
  const saved = await repository.findResponse(editor, idempotencyKey.key);
  if (saved === undefined) return undefined;
  if (saved.requestDigest !== idempotencyKey.requestDigest) {
    return refuse(422, "This Idempotency-Key was used for another request. Use a new one for each write.");
  }
  const forbidden = refuseUnless(isRole(saved.role) ? saved.role : "owner", editor);
  if (forbidden !== undefined) return forbidden;
  const body: unknown = JSON.parse(saved.body);
  const slug = isRecord(body) && typeof body.slug === "string" ? body.slug : undefined;
  return jsonResponse(saved.status, body, {
    etag: storyEtag(saved.version),
    ...(saved.status === 201 && slug !== undefined && { location: storyLocation(channel, slug) }),
    "idempotent-replayed": "true",
  });
};
