import { timingSafeEqual } from "node:crypto";
import { refuse } from "../http/api-response.ts";
import { sha256 } from "../lib/sha256.ts";
import { type Editor, isRole } from "./role.ts";

/** Who may use the API. */
export interface Authenticator {
  /** The owner's token: whoever has it may do everything. */
  readonly ownerToken: string;
  /** The editor whose token has this SHA-256 (hex); `role` is as it was stored. */
  readonly editorByHash: (tokenHash: string) => Promise<{ readonly name: string; readonly role: string } | undefined>;
}

const isSame = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** RFC 6750 §2.1. */
const BEARER = /^Bearer +([\w.~+/-]{1,512}=*) *$/i;

const unauthorized = (detail: string, error?: string): Response =>
  refuse(401, detail, {
    "www-authenticate": `Bearer realm="newsroom"${error === undefined ? "" : `, error="${error}"`}`,
  });

/** Finds out who sends a request, by the bearer token; returns the refusal (401) if nobody has it. Tokens are random, so their hashes take no salt. */
export const authenticate = async (
  request: Request,
  { ownerToken, editorByHash }: Authenticator,
): Promise<Editor | Response> => {
  const header = request.headers.get("authorization");
  if (header === null) return unauthorized("Send a token: `Authorization: Bearer …`.");
  const token = BEARER.exec(header)?.[1];
  if (token === undefined)
    return unauthorized("This is no bearer token. Send `Authorization: Bearer …`.", "invalid_request");
  const hash = sha256(token);
  // Hashes have one length, so the time that comparing takes tells nothing.
  if (isSame(hash, sha256(ownerToken))) return { name: "owner", role: "owner" };
  const editor = await editorByHash(hash);
  if (editor === undefined || !isRole(editor.role))
    return unauthorized("Nobody has this token, or it was revoked.", "invalid_token");
  return { name: editor.name, role: editor.role };
};
