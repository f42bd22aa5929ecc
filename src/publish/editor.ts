import { createHash, timingSafeEqual } from "node:crypto";
import { refuse } from "./answer.ts";
import type { Newsroom } from "./newsroom.ts";

/** What an editor may do; each role may do what those before it may. */
export const ROLES = ["write", "publish", "withdraw", "owner"] as const;

export type Role = (typeof ROLES)[number];

/** Who asks. */
export interface Editor {
  readonly name: string;
  readonly role: Role;
}

/** Whether a text is the name of a role. */
export const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

/** Whether an editor may do what takes a role. */
export const may = (editor: Editor, role: Role): boolean => ROLES.indexOf(editor.role) >= ROLES.indexOf(role);

/** The form in which the database knows a token: SHA-256, in hex. Tokens are random, so no salt is needed. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");

const isSame = (a: string, b: string): boolean => timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** RFC 6750 §2.1. */
const BEARER = /^Bearer +([\w.~+/-]{1,512}=*) *$/i;

const unauthorized = (detail: string, error?: string): Response =>
  refuse(401, detail, {
    "www-authenticate": `Bearer realm="newsroom"${error === undefined ? "" : `, error="${error}"`}`,
  });

/** Finds out who asks, by the bearer token; else gives the refusal. */
export const authenticate = async (request: Request, { desk, ownerToken }: Newsroom): Promise<Editor | Response> => {
  const header = request.headers.get("authorization");
  if (header === null) return unauthorized("Send a token: `Authorization: Bearer …`.");
  const token = BEARER.exec(header)?.[1];
  if (token === undefined)
    return unauthorized("This is no bearer token. Send `Authorization: Bearer …`.", "invalid_request");
  const hash = hashToken(token);
  // Hashes have one length, so nothing can be learnt from how long comparing takes.
  if (isSame(hash, hashToken(ownerToken))) return { name: "owner", role: "owner" };
  const row = await desk.editorByHash(hash);
  if (row === undefined || !isRole(row.role))
    return unauthorized("Nobody has this token, or it was revoked.", "invalid_token");
  return { name: row.name, role: row.role };
};
