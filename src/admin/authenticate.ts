import { refuse } from "../http/api-response.ts";
import { isSameSecret } from "../lib/is-same-secret.ts";
import { sha256 } from "../lib/sha256.ts";
import { type Editor, isRole } from "./role.ts";

/** Knows who may use the API. */
export interface Authenticator {
  /** SHA-256 (hex) of the owner's token, which authorizes everything. */
  readonly ownerTokenHash: string;
  /** Finds the editor whose token has this SHA-256 (hex); `role` is as it was stored. */
  readonly findEditor: (tokenHash: string) => Promise<{ readonly name: string; readonly role: string } | undefined>;
  /** Counts a request without a valid token, and returns whether its sender is within the limit. */
  readonly mayMiss: (request: Request) => Promise<boolean>;
}

/** RFC 6750 §2.1. */
const BEARER = /^Bearer +([\w.~+/-]{1,512}=*) *$/i;

const unauthorized = (detail: string, error?: string): Response =>
  refuse(401, detail, {
    "www-authenticate": `Bearer realm="newsroom"${error === undefined ? "" : `, error="${error}"`}`,
  });

/** The refusal (401) of a token that nobody has, or that was revoked, before the request or while it was under way. */
export const refuseToken = (): Response => unauthorized("Nobody has this token, or it was revoked.", "invalid_token");

/**
 * Finds the editor who sends a request, by the bearer token. Returns the refusal (401) if the token is absent,
 * malformed or unknown. Tokens are random, so their hashes need no salt.
 */
export const authenticate = async (
  request: Request,
  { ownerTokenHash, findEditor }: Authenticator,
): Promise<Editor | Response> => {
  const header = request.headers.get("authorization");
  if (header === null) return unauthorized("Send a token: `Authorization: Bearer …`.");
  const token = BEARER.exec(header)?.[1];
  if (token === undefined)
    return unauthorized("This is no bearer token. Send `Authorization: Bearer …`.", "invalid_request");
  const tokenHash = sha256(token);
  // Hashes all have the same length, so the time of the comparison does not depend on the token.
  if (isSameSecret(tokenHash, ownerTokenHash)) return { name: "owner", role: "owner", tokenHash, isRevocable: false };
  const editor = await findEditor(tokenHash);
  if (editor === undefined || !isRole(editor.role)) return refuseToken();
  return { name: editor.name, role: editor.role, tokenHash, isRevocable: true };
};
