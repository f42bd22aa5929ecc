import { timingSafeEqual } from "node:crypto";
import { refuse } from "../http/api-response.ts";
import { sha256 } from "../lib/sha256.ts";
import type { EditorRow } from "../store/d1/newsroom-repository.ts";
import { type Editor, isRole } from "./role.ts";

const isSame = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** RFC 6750 §2.1. */
const BEARER = /^Bearer +([\w.~+/-]{1,512}=*) *$/i;

const unauthorized = (detail: string, error?: string): Response =>
  refuse(401, detail, {
    "www-authenticate": `Bearer realm="newsroom"${error === undefined ? "" : `, error="${error}"`}`,
  });

/** Who is let in. */
export interface Authenticator {
  /** The owner's token: whoever has it may do everything. */
  readonly ownerToken: string;
  /** Who has a token, by its hash. */
  readonly editorByHash: (tokenHash: string) => Promise<EditorRow | undefined>;
}

/** Finds out who asks, by the bearer token; else gives the refusal. Tokens are random, so their hashes take no salt. */
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
  // Hashes have one length, so nothing can be learnt from how long comparing takes.
  if (isSame(hash, sha256(ownerToken))) return { name: "owner", role: "owner" };
  const row = await editorByHash(hash);
  if (row === undefined || !isRole(row.role))
    return unauthorized("Nobody has this token, or it was revoked.", "invalid_token");
  return { name: row.name, role: row.role };
};
