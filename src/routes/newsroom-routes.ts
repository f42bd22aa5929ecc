import type { Authenticator } from "../admin/authenticate.ts";
import { authorize } from "../admin/authorize.ts";
import type { Editor } from "../admin/role.ts";
import { refuse } from "../http/api-response.ts";
import { getAuditLog } from "../newsroom/audit-log.ts";
import { addEditor, listEditors, removeEditor } from "../newsroom/editors/editors-api.ts";
import { deleteMedia, getMedia, listMedia, putMedia } from "../newsroom/media/media-api.ts";
import type { Newsroom } from "../newsroom/newsroom.ts";
import { deleteItem, getItem, listItems, putItem } from "../newsroom/stories/stories-api.ts";
import { patterns } from "./paths.ts";
import { preview, previewMedia } from "./preview.ts";
import { keyParameter, parameter, type RequestContext } from "./request-context.ts";
import type { AddRoutes, Reading } from "./site.ts";

/** Adds the routes of the publish API and of previews, one a line. Those of the API are for editors only. */
export const newsroomRoutes = (newsroom: Newsroom, reading: Reading, authenticator: Authenticator): AddRoutes => {
  const { ownerToken } = authenticator;

  const withEditor =
    (handle: (request: Request, editor: Editor) => Promise<Response>) =>
    ({ request }: RequestContext): Promise<Response> =>
      authorize(request, authenticator, (editor) => handle(request, editor));

  /** The same with the decoded value of the pattern's parameter. */
  const named =
    (
      read: (context: RequestContext) => string | undefined,
      handle: (request: Request, value: string, editor: Editor) => Promise<Response>,
    ) =>
    (context: RequestContext): Promise<Response> =>
      withEditor(async (request, editor) => {
        const value = read(context);
        return value === undefined
          ? refuse(400, "This address is not percent-encoded UTF-8.")
          : handle(request, value, editor);
      })(context);

  const slug = (context: RequestContext) => keyParameter(context, "slug");
  const name = (context: RequestContext) => keyParameter(context, "name");
  const path = (context: RequestContext) => parameter(context, "path");

  return (router) => {
    router.get(patterns.preview, (context: RequestContext) => preview(context, reading, ownerToken));
    router.get(patterns.previewMedia, (context: RequestContext) => previewMedia(context, reading, ownerToken));
    router.get(
      patterns.items,
      withEditor((request) => listItems(request, newsroom)),
    );
    router.get(
      patterns.item,
      named(slug, (request, value) => getItem(request, value, newsroom)),
    );
    router.put(
      patterns.item,
      named(slug, (request, value, editor) => putItem(request, value, editor, newsroom)),
    );
    router.delete(
      patterns.item,
      named(slug, (request, value, editor) => deleteItem(request, value, editor, newsroom)),
    );
    router.get(
      patterns.mediaFiles,
      withEditor((request) => listMedia(request, newsroom)),
    );
    router.get(
      patterns.mediaFile,
      named(path, (_, value) => getMedia(value, newsroom)),
    );
    router.put(
      patterns.mediaFile,
      named(path, (request, value, editor) => putMedia(request, value, editor, newsroom)),
    );
    router.delete(
      patterns.mediaFile,
      named(path, (request, value, editor) => deleteMedia(request, value, editor, newsroom)),
    );
    router.get(
      patterns.log,
      withEditor((request) => getAuditLog(request, newsroom)),
    );
    router.get(
      patterns.editors,
      withEditor((_, editor) => listEditors(editor, newsroom)),
    );
    router.put(
      patterns.editor,
      named(name, (request, value, editor) => addEditor(request, value, editor, newsroom)),
    );
    router.delete(
      patterns.editor,
      named(name, (_, value, editor) => removeEditor(value, editor, newsroom)),
    );
  };
};
