import type { Editor } from "../admin/role.ts";
import { refuse } from "../http/api-response.ts";
import { getAuditLog } from "../newsroom/audit-log.ts";
import { addEditor, listEditors, removeEditor } from "../newsroom/editors/editors-api.ts";
import { deleteMedia, getMedia, listMedia, putMedia } from "../newsroom/media/media-api.ts";
import type { Newsroom } from "../newsroom/newsroom.ts";
import { deleteItem, getItem, listItems, putItem } from "../newsroom/stories/stories-api.ts";
import type { Handler } from "./handler.ts";
import { key, parameter, type RequestContext } from "./request-context.ts";
import { withEditor } from "./with-editor.ts";

const forNewsroom = (
  handle: (context: RequestContext, editor: Editor, newsroom: Newsroom) => Promise<Response>,
): Handler => withEditor(({ newsroom }) => newsroom, handle);

const withName = (
  name: string,
  handle: (value: string, context: RequestContext, editor: Editor, newsroom: Newsroom) => Promise<Response>,
): Handler =>
  forNewsroom((context, editor, newsroom) => {
    const value = name === "path" ? parameter(context, name) : key(context, name);
    return value === undefined
      ? Promise.resolve(refuse(400, "This address is not percent-encoded UTF-8."))
      : handle(value, context, editor, newsroom);
  });

/** `/api/items` */
export const items = forNewsroom(({ request }, _editor, newsroom) => listItems(request, newsroom));

/** `/api/items/{slug}` */
export const item = {
  get: withName("slug", (slug, { request }, _editor, newsroom) => getItem(request, slug, newsroom)),
  put: withName("slug", (slug, { request }, editor, newsroom) => putItem(request, slug, editor, newsroom)),
  delete: withName("slug", (slug, { request }, editor, newsroom) => deleteItem(request, slug, editor, newsroom)),
};

/** `/api/media` */
export const mediaFiles = forNewsroom(({ request }, _editor, newsroom) => listMedia(request, newsroom));

/** `/api/media/{name}` */
export const mediaFile = {
  get: withName("path", (name, _ask, _editor, newsroom) => getMedia(name, newsroom)),
  put: withName("path", (name, { request }, editor, newsroom) => putMedia(request, name, editor, newsroom)),
  delete: withName("path", (name, { request }, editor, newsroom) => deleteMedia(request, name, editor, newsroom)),
};

/** `/api/log` */
export const log = forNewsroom(({ request }, _editor, newsroom) => getAuditLog(request, newsroom));

/** `/api/editors` */
export const editors = forNewsroom((_ask, editor, newsroom) => listEditors(editor, newsroom));

/** `/api/editors/{name}` */
export const editorNamed = {
  put: withName("name", (name, { request }, editor, newsroom) => addEditor(request, name, editor, newsroom)),
  delete: withName("name", (name, _ask, editor, newsroom) => removeEditor(name, editor, newsroom)),
};
