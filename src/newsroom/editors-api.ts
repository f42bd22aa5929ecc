import { randomBytes } from "node:crypto";
import { MAX_LISTED, nextPage } from "../admin/paging.ts";
import { type Editor, isRole, ROLES, refuseUnless } from "../admin/role.ts";
import { jsonResponse, refuse } from "../http/api-response.ts";
import { readBody } from "../http/request-body.ts";
import { isRecord } from "../lib/is-record.ts";
import { sha256 } from "../lib/sha256.ts";
import type { Newsroom } from "./newsroom.ts";

const MAX_BODY_BYTES = 4096;

const TOKEN_BYTES = 32;

/** ASCII, so that no two names look alike in the audit log. Names from before may have other characters. */
const NAME_PATTERN = /^[a-z\d][a-z\d.-]{0,63}$/i;

/** The name of who has PUBLISH_TOKEN. */
const OWNER_PATTERN = /^owner$/i;

const refuseUnlessOwner = (editor: Editor): Response | undefined => refuseUnless("owner", editor);

/**
 * GET /api/editors?after=…: names and roles of the editors, ascending by name. Their tokens are not known, only hashes
 * of them.
 */
export const listEditors = async (
  request: Request,
  editor: Editor,
  { repository, channel }: Newsroom,
): Promise<Response> => {
  const refused = refuseUnlessOwner(editor);
  if (refused !== undefined) return refused;
  const rows = await repository.listEditors(new URL(request.url).searchParams.get("after") ?? "", MAX_LISTED);
  return jsonResponse(200, {
    editors: rows.map(({ name, role, at }) => ({ name, role, since: new Date(at).toISOString() })),
    next: nextPage(channel, rows, MAX_LISTED, ({ name }) => `/api/editors?after=${encodeURIComponent(name)}`),
  });
};

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
  { repository, now }: Newsroom,
): Promise<Response> => {
  const refused = refuseUnlessOwner(editor);
  if (refused !== undefined) return refused;
  if (OWNER_PATTERN.test(name)) return refuse(400, "The owner has that name. Choose another name.");
  if (!NAME_PATTERN.test(name))
    return refuse(400, "Choose another name: at most 64 letters from a to z, digits, - and . without spaces.");
  const role = await readRole(request);
  if (role === undefined || !isRole(role)) return refuse(422, `Send {"role": …}, one of: ${ROLES.join(", ")}.`);
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const { kind } = await repository.addEditor(name, role, sha256(token), now(), editor);
  if (kind === "conflict") {
    const detail = `There is an editor \`${name}\` already, perhaps with other capitals. Revoke that one first.`;
    return refuse(409, detail);
  }
  return jsonResponse(201, { name, role, token });
};

/**
 * DELETE /api/editors/{name}: removes an editor. The token is refused from the next request on, and the editor's
 * preview links are not valid any longer.
 */
export const removeEditor = async (name: string, editor: Editor, { repository, now }: Newsroom): Promise<Response> => {
  const refused = refuseUnlessOwner(editor);
  if (refused !== undefined) return refused;
  return (await repository.removeEditor(name, now(), editor))
    ? jsonResponse(204)
    : refuse(404, `There is no editor \`${name}\`.`);
};
