import { type Authenticator, authenticate } from "../admin/authenticate.ts";
import type { Editor } from "../admin/role.ts";
import { refuse } from "../http/api-response.ts";
import { Unavailable } from "../lib/with-timeout.ts";
import { notFound } from "./errors.ts";
import type { Handler } from "./handler.ts";
import type { RequestContext } from "./request-context.ts";
import type { Site } from "./site.ts";

const isOutage = (error: unknown): boolean =>
  error instanceof Unavailable || (error instanceof Error && /\bD1_|\bD1\b|network/i.test(error.message));

/** Lets an editor in, and nobody else; says 503 where the database does not answer. */
export const authorize = async (
  request: Request,
  authenticator: Authenticator,
  handle: (editor: Editor) => Promise<Response>,
): Promise<Response> => {
  try {
    const editor = await authenticate(request, authenticator);
    return editor instanceof Response ? editor : await handle(editor);
  } catch (error) {
    if (!isOutage(error)) throw error;
    console.error("the database does not answer the newsroom", error);
    const detail =
      "The newsroom does not answer. Nothing was changed, or all of it: read it again before you send it again.";
    return refuse(503, detail, { "retry-after": "10" });
  }
};

/** For editors, and only where the site has a part: without it, or without editors, there is nothing at these addresses. */
export const withEditor =
  <Part>(
    partOf: (site: Site) => Part | undefined,
    handle: (context: RequestContext, editor: Editor, part: Part) => Promise<Response>,
  ): Handler =>
  async (context, site) => {
    const part = partOf(site);
    return site.authenticator === undefined || part === undefined
      ? notFound(context)
      : authorize(context.request, site.authenticator, (editor) => handle(context, editor, part));
  };
