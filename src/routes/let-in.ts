import { refuse } from "../publish/answer.ts";
import { authenticate, type Gate } from "../publish/authenticate.ts";
import type { Editor } from "../publish/role.ts";
import { Unavailable } from "../store/deadline.ts";

const isOutage = (error: unknown): boolean =>
  error instanceof Unavailable || (error instanceof Error && /\bD1_|\bD1\b|network/i.test(error.message));

/** Lets an editor in, and nobody else; says 503 where the database does not answer. */
export const letIn = async (
  request: Request,
  gate: Gate,
  handle: (editor: Editor) => Promise<Response>,
): Promise<Response> => {
  try {
    const editor = await authenticate(request, gate);
    return editor instanceof Response ? editor : await handle(editor);
  } catch (error) {
    if (!isOutage(error)) throw error;
    console.error("the database does not answer the newsroom", error);
    const detail =
      "The newsroom does not answer. Nothing was changed, or all of it: read it again before you send it again.";
    return refuse(503, detail, { "retry-after": "10" });
  }
};
