import type { Authenticator } from "../admin/authenticate.ts";
import { authorize } from "../admin/authorize.ts";
import type { Editor } from "../admin/role.ts";
import { jsonResponse, refuse } from "../http/api-response.ts";
import { getAuditLog } from "../newsroom/audit-log-api.ts";
import { addEditor, listEditors, removeEditor } from "../newsroom/editors-api.ts";
import { deleteMedia, getMedia, listMedia, putMedia } from "../newsroom/media/media-api.ts";
import type { Newsroom } from "../newsroom/newsroom.ts";
import { putPartner, removePartner } from "../newsroom/partners-api.ts";
import { endPreviews } from "../newsroom/previews-api.ts";
import { deleteItem, getItem, listItems, patchItem, postItem, putItem } from "../newsroom/stories/stories-api.ts";
import { describeApi } from "./api/openapi.ts";
import { type OperationName, operations } from "./api/operations.ts";
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
  const addRoute = (operation: OperationName, handle: (call: ApiCall) => Promise<Response>): void => {
    const { method, pattern } = operations[operation];
    routes[method](patterns[pattern], (context: RequestContext) =>
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
  // Open to all: whoever writes a client reads it before they have a token.
  routes.get(patterns.openapi, async () => jsonResponse(200, describeApi(newsroom.channel)));
  addRoute("listItems", ({ request }) => listItems(request, newsroom));
  addRoute("postItem", ({ request, editor }) => postItem(request, editor, newsroom));
  addRoute("getItem", ({ request, name, editor }) => getItem(request, name, editor, newsroom));
  addRoute("putItem", ({ request, name, editor }) => putItem(request, name, editor, newsroom));
  addRoute("patchItem", ({ request, name, editor }) => patchItem(request, name, editor, newsroom));
  addRoute("deleteItem", ({ request, name, editor }) => deleteItem(request, name, editor, newsroom));
  addRoute("listMedia", ({ request }) => listMedia(request, newsroom));
  addRoute("getMedia", ({ name }) => getMedia(name, newsroom));
  addRoute("putMedia", ({ request, name, editor }) => putMedia(request, name, editor, newsroom));
  addRoute("deleteMedia", ({ request, name, editor }) => deleteMedia(request, name, editor, newsroom));
  addRoute("getLog", ({ request }) => getAuditLog(request, newsroom));
  addRoute("deletePreviews", ({ editor }) => endPreviews(editor, newsroom));
  addRoute("putPartner", ({ request, name, editor }) => putPartner(request, name, editor, newsroom));
  addRoute("deletePartner", ({ request, name, editor }) => removePartner(request, name, editor, newsroom));
  addRoute("listEditors", ({ request, editor }) => listEditors(request, editor, newsroom));
  addRoute("addEditor", ({ request, name, editor }) => addEditor(request, name, editor, newsroom));
  addRoute("deleteEditor", ({ name, editor }) => removeEditor(name, editor, newsroom));
};
