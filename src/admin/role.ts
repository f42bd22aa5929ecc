import { refuse } from "../http/api-response.ts";

/** What an editor may do, in ascending order: each role may also do what those before it may. */
export const ROLES = ["write", "publish", "withdraw", "owner"] as const;

/** The role of an editor. */
export type Role = (typeof ROLES)[number];

/** Someone who has a token. */
export interface Editor {
  readonly name: string;
  readonly role: Role;
  /** SHA-256 of the token (hex). Another editor of the same name has another one. */
  readonly tokenHash: string;
  /** Whether the token can be revoked while a request is under way: not the owner's, which is a variable. */
  readonly isRevocable: boolean;
}

/** Whether a text is the name of a role. */
export const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

/**
 * Returns the refusal (403) if an editor does not have `role` or a higher one, otherwise undefined. `action` begins its
 * sentence.
 */
export const refuseUnless = (role: Role, editor: Editor, action = "This"): Response | undefined =>
  ROLES.indexOf(editor.role) >= ROLES.indexOf(role)
    ? undefined
    : refuse(403, `${action} takes the role \`${role}\`; yours is \`${editor.role}\`.`);
