import { refuse } from "../http/api-response.ts";

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

/** Nothing where an editor may do what takes a role, else the refusal (403). `deed` begins its sentence. */
export const refuseUnless = (role: Role, editor: Editor, action = "This"): Response | undefined =>
  ROLES.indexOf(editor.role) >= ROLES.indexOf(role)
    ? undefined
    : refuse(403, `${action} takes the role \`${role}\`; yours is \`${editor.role}\`.`);
