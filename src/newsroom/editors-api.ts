import { randomBytes } from "node:crypto";
import { is } from "valibot";
import { type Editor, isRole, ROLES, refuseUnless } from "../admin/role.ts";
import { key } from "../content/schema/values.ts";
import { jsonResponse, refuse } from "../http/api-response.ts";
import { readBody } from "../http/request-body.ts";
import { isRecord } from "../lib/is-record.ts";
import { sha256 } from "../lib/sha256.ts";
import type { Newsroom } from "./newsroom.ts";

const MAX_BODY_BYTES = 4096;

const TOKEN_BYTES = 32;

const refuseUnlessOwner = (editor: Editor): Response | undefined => refuseUnless("owner", editor);

/** GET /api/editors: names and roles of the editors. Their tokens are not known, only hashes of them. */
export const listEditors = async (editor: Editor, { repository }: Newsroom): Promise<Response> =>
  refuseUnlessOwner(editor) ??
  jsonResponse(200, {
    editors: (await repository.listEditors()).map(({ name, role, at }) => ({
      name,
      role,
      since: new Date(at).toISOString(),
    })),
  });

const readRole = async (request: Request): Promise<string | undefined> => {
  const bytes = await readBody(request, MAX_BODY_BYTES);
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isRecord(value) && typeof value.role === "string" ? value.role : undefined;
  } catch {
    return undefined;
  }
};

/** PUT /api/editors/{name} with `{"role": …}`: adds an editor. Only this response shows the token. */
export const addEditor = async (
  request: Request,
  name: string,
  editor: Editor,
  { repository, now, onWritten }: Newsroom,
): Promise<Response> => {
  const refused = refuseUnlessOwner(editor);
  if (refused !== undefined) return refused;
  if (!is(key, name) || name === "owner")
    return refuse(400, "Choose another name: letters, digits, - . _ ~ and no spaces.");
  const role = await readRole(request);
  if (role === undefined || !isRole(role)) return refuse(422, `Send {"role": …}, one of: ${ROLES.join(", ")}.`);
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const { kind } = await repository.addEditor(name, role, sha256(token), now(), editor.name);
  if (kind === "conflict") return refuse(409, `There is an editor \`${name}\` already. Revoke that one first.`);
  onWritten();
  return jsonResponse(201, { name, role, token });
};

/** DELETE /api/editors/{name}: removes an editor. The token is refused from the next request on. */
export const removeEditor = async (name: string, editor: Editor, { repository, now }: Newsroom): Promise<Response> => {
  const refused = refuseUnlessOwner(editor);
  if (refused !== undefined) return refused;
  return (await repository.removeEditor(name, now(), editor.name))
    ? jsonResponse(204)
    : refuse(404, `There is no editor \`${name}\`.`);
};
