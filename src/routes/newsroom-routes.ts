import type { Authenticator } from "../admin/authenticate.ts";
import { authorize } from "../admin/authorize.ts";
import type { Editor } from "../admin/role.ts";
import { refuse } from "../http/api-response.ts";
import { getAuditLog } from "../newsroom/audit-log-api.ts";
import { addEditor, listEditors, removeEditor } from "../newsroom/editors-api.ts";
import { deleteMedia, getMedia, listMedia, putMedia } from "../newsroom/media/media-api.ts";
import type { Newsroom } from "../newsroom/newsroom.ts";
import { putPartner, removePartner } from "../newsroom/partners-api.ts";
import { endPreviews } from "../newsroom/previews-api.ts";
import { deleteItem, getItem, listItems, patchItem, postItem, putItem } from "../newsroom/stories/stories-api.ts";
import { preview, previewMedia } from "./preview.ts";
import { keyParameter, parameter, type RequestContext } from "./request-context.ts";
import type { Routes } from "./router.ts";
import type { Site } from "./site.ts";
import { patterns } from "./url-map.ts";

/** A request of an editor to the API. */
interface ApiCall {
  readonly request: Request;
  readonly editor: Editor;
  /** The decoded parameter of the route: a slug, a path or a name; empty if the route has none. */
  readonly name: string;
}

/** The decoded parameter of a route of the API, which has one at most; undefined if it is not percent-encoded UTF-8. */
const readName = (context: RequestContext): string | undefined => {
  const [parameterName] = Object.keys(context.params);
  if (parameterName === undefined) return "";
  return parameterName === "path" ? parameter(context, "path") : keyParameter(context, parameterName);
};

/** Adds the routes of previews and of the publish API, one a line. */
export const addNewsroomRoutes = (
  routes: Routes,
  newsroom: Newsroom,
  site: Site,
  authenticator: Authenticator,
): void => {
  const addRoute = (
    method: "get" | "post" | "put" | "patch" | "delete",
    pattern: string,
    handle: (call: ApiCall) => Promise<Response>,
  ): void => {
    routes[method](pattern, (context: RequestContext) =>
      authorize(context.request, authenticator, async (editor) => {
        // Rejects if the database has newer data than this code knows.
        await site.store.snapshotAt(site.now());
        const name = readName(context);
        return name === undefined
          ? refuse(400, "This address is not percent-encoded UTF-8.")
          : handle({ request: context.request, editor, name });
      }),
    );
  };

  routes.get(patterns.preview, (context: RequestContext) => preview(context, site, newsroom));
  routes.get(patterns.previewMedia, (context: RequestContext) => previewMedia(context, site, newsroom));
  addRoute("get", patterns.items, ({ request }) => listItems(request, newsroom));
  addRoute("post", patterns.items, ({ request, editor }) => postItem(request, editor, newsroom));
  addRoute("get", patterns.item, ({ request, name, editor }) => getItem(request, name, editor, newsroom));
  addRoute("put", patterns.item, ({ request, name, editor }) => putItem(request, name, editor, newsroom));
  addRoute("patch", patterns.item, ({ request, name, editor }) => patchItem(request, name, editor, newsroom));
  addRoute("delete", patterns.item, ({ request, name, editor }) => deleteItem(request, name, editor, newsroom));
  addRoute("get", patterns.mediaFiles, ({ request }) => listMedia(request, newsroom));
  addRoute("get", patterns.mediaFile, ({ name }) => getMedia(name, newsroom));
  addRoute("put", patterns.mediaFile, ({ request, name, editor }) => putMedia(request, name, editor, newsroom));
  addRoute("delete", patterns.mediaFile, ({ request, name, editor }) => deleteMedia(request, name, editor, newsroom));
  addRoute("get", patterns.log, ({ request }) => getAuditLog(request, newsroom));
  addRoute("delete", patterns.previews, ({ editor }) => endPreviews(editor, newsroom));
  addRoute("put", patterns.contract, ({ request, name, editor }) => putPartner(request, name, editor, newsroom));
  addRoute("delete", patterns.contract, ({ request, name, editor }) => removePartner(request, name, editor, newsroom));
  addRoute("get", patterns.editors, ({ request, editor }) => listEditors(request, editor, newsroom));
  addRoute("put", patterns.editor, ({ request, name, editor }) => addEditor(request, name, editor, newsroom));
  addRoute("delete", patterns.editor, ({ name, editor }) => removeEditor(name, editor, newsroom));
};
