import { refuse } from "../http/api-response.ts";

/** What an editor may do, in ascending order: each role may do what those before it may. */
export const ROLES = ["write", "publish", "withdraw", "owner"] as const;

export type Role = (typeof ROLES)[number];

/** Someone with a token. */
export interface Editor {
  readonly name: string;
  readonly role: Role;
}

/** Whether a text is the name of a role. */
export const isRole = (text: string): text is Role => ROLES.some((role) => role === text);

/** The refusal (403) of what takes a role that an editor does not have; undefined if they have it. `action` begins its sentence. */
export const refuseUnless = (role: Role, editor: Editor, action = "This"): Response | undefined =>
  ROLES.indexOf(editor.role) >= ROLES.indexOf(role)
    ? undefined
    : refuse(403, `${action} takes the role \`${role}\`; yours is \`${editor.role}\`.`);
