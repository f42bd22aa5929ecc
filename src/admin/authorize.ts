import { refuse } from "../http/api-response.ts";
import { RETRY_AFTER_MISSES } from "../http/problem.ts";
import { isOutage } from "../lib/is-outage.ts";
import { TokenRevoked } from "../lib/token-revoked.ts";
import { type Authenticator, authenticate, refuseToken } from "./authenticate.ts";
import type { Editor } from "./role.ts";

const TOO_MANY_MISSES = "Too many requests from your address had no token, or one that nobody has. Wait a minute.";

/**
 * Answers a request of an editor by `handle`, which gets the editor. Refuses everybody else (401, or 429 to whoever tries
 * too many tokens), and answers 503 if the database, the bucket or the hub does not answer. Rejects with any other error.
 */
export const authorize = async (
  request: Request,
  authenticator: Authenticator,
  handle: (editor: Editor) => Promise<Response>,
): Promise<Response> => {
  try {
    const editor = await authenticate(request, authenticator);
    if (!(editor instanceof Response)) return await handle(editor);
    // Only whoever has no valid token is counted, so that nobody else's guesses keep an editor out.
    return (await authenticator.mayMiss(request)) ? editor : refuse(429, TOO_MANY_MISSES, RETRY_AFTER_MISSES);
  } catch (error) {
    if (error instanceof TokenRevoked) return refuseToken();
    if (!isOutage(error)) throw error;
    console.error("a request to the API got a 503, since a service that it needs does not answer:", error);
    const detail =
      "The newsroom does not answer. Nothing was changed, or all of it: read it again before you send it again.";
    return refuse(503, detail, { "retry-after": "10" });
  }
};
