import { refuse } from "../http/api-response.ts";
import { isOutage } from "../lib/is-outage.ts";
import { TokenRevoked } from "../lib/token-revoked.ts";
import { type Authenticator, authenticate, refuseToken } from "./authenticate.ts";
import type { Editor } from "./role.ts";

/**
 * Answers a request of an editor by `handle`, which gets the editor. Refuses everybody else (401), and answers 503 if
 * the database, the bucket or the hub does not answer. Rejects with any other error.
 */
export const authorize = async (
  request: Request,
  authenticator: Authenticator,
  handle: (editor: Editor) => Promise<Response>,
): Promise<Response> => {
  try {
    const editor = await authenticate(request, authenticator);
    return editor instanceof Response ? editor : await handle(editor);
  } catch (error) {
    if (error instanceof TokenRevoked) return refuseToken();
    if (!isOutage(error)) throw error;
    console.error("a request to the API got a 503, since a service that it needs does not answer:", error);
    const detail =
      "The newsroom does not answer. Nothing was changed, or all of it: read it again before you send it again.";
    return refuse(503, detail, { "retry-after": "10" });
  }
};
