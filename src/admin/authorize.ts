import { refuse } from "../http/api-response.ts";
import { Unavailable } from "../lib/with-timeout.ts";
import { type Authenticator, authenticate } from "./authenticate.ts";
import type { Editor } from "./role.ts";

const isOutage = (error: unknown): boolean =>
  error instanceof Unavailable || (error instanceof Error && /\bD1_|\bD1\b|network/i.test(error.message));

/** Lets `handle` answer a request of an editor; refuses all others with 401, and says 503 if the database does not answer. */
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
