import { refuse } from "../publish/answer.ts";
import { addEditor, listEditors, removeEditor } from "../publish/editors-api.ts";
import { deleteItem, getItem, listItems, putItem } from "../publish/items.ts";
import { getLog } from "../publish/log.ts";
import { deleteMedia, getMedia, listMedia, putMedia } from "../publish/media.ts";
import type { Newsroom } from "../publish/newsroom.ts";
import type { Editor } from "../publish/role.ts";
import { type Ask, key, parameter } from "./ask.ts";
import { notFound } from "./errors.ts";
import { letIn } from "./let-in.ts";
import type { Site } from "./site.ts";

type Handler = (ask: Ask, site: Site) => Promise<Response>;

/** Without a newsroom there is nothing at these addresses. */
const forEditors =
  (handle: (ask: Ask, editor: Editor, newsroom: Newsroom) => Promise<Response>): Handler =>
  async (ask, { gate, newsroom }) =>
    gate === undefined || newsroom === undefined
      ? notFound(ask)
      : letIn(ask.request, gate, (editor) => handle(ask, editor, newsroom));

const withName = (
  name: string,
  handle: (value: string, ask: Ask, editor: Editor, newsroom: Newsroom) => Promise<Response>,
): Handler =>
  forEditors((ask, editor, newsroom) => {
    const value = name === "path" ? parameter(ask, name) : key(ask, name);
    return value === undefined
      ? Promise.resolve(refuse(400, "This address is not percent-encoded UTF-8."))
      : handle(value, ask, editor, newsroom);
  });

/** `/api/items` */
export const items = forEditors(({ request }, _editor, newsroom) => listItems(request, newsroom));

/** `/api/items/{slug}` */
export const item = {
  get: withName("slug", (slug, { request }, _editor, newsroom) => getItem(request, slug, newsroom)),
  put: withName("slug", (slug, { request }, editor, newsroom) => putItem(request, slug, editor, newsroom)),
  delete: withName("slug", (slug, { request }, editor, newsroom) => deleteItem(request, slug, editor, newsroom)),
};

/** `/api/media` */
export const mediaFiles = forEditors(({ request }, _editor, newsroom) => listMedia(request, newsroom));

/** `/api/media/{name}` */
export const mediaFile = {
  get: withName("path", (name, _ask, _editor, newsroom) => getMedia(name, newsroom)),
  put: withName("path", (name, { request }, editor, newsroom) => putMedia(request, name, editor, newsroom)),
  delete: withName("path", (name, { request }, editor, newsroom) => deleteMedia(request, name, editor, newsroom)),
};

/** `/api/log` */
export const log = forEditors(({ request }, _editor, newsroom) => getLog(request, newsroom));

/** `/api/editors` */
export const editors = forEditors((_ask, editor, newsroom) => listEditors(editor, newsroom));

/** `/api/editors/{name}` */
export const editorNamed = {
  put: withName("name", (name, { request }, editor, newsroom) => addEditor(request, name, editor, newsroom)),
  delete: withName("name", (name, _ask, editor, newsroom) => removeEditor(name, editor, newsroom)),
};
