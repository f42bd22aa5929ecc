import { NO_STORE } from "../http/cache-control.ts";
import { createProblem, type ProblemStatus, problemResponse } from "../http/problem.ts";
import { unsatisfiedContentRange } from "../http/range.ts";
import { pageHeaders } from "../pages/page-headers.ts";
import { renderProblemPage } from "../pages/problem-page.ts";
import type { RequestContext } from "./request-context.ts";

const problem = (
  { request }: Pick<RequestContext, "request">,
  status: ProblemStatus,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  problemResponse(
    request.headers.get("accept"),
    createProblem(status, detail),
    { "cache-control": NO_STORE, ...pageHeaders, "access-control-allow-origin": "*", ...headers },
    renderProblemPage,
  );

/** 404, never cached: what is missing now may be published in a minute (RFC 9110 §15.5.5). */
export const notFound = (context: RequestContext): Response =>
  problem(context, 404, "There is nothing at this address.");

/** 410: a story was withdrawn, with the reason, or has expired (§15.5.11). */
export const gone = (context: RequestContext, reason: string | undefined, cacheControl: string): Response =>
  problem(context, 410, reason ?? "This story is no longer available.", { "cache-control": cacheControl });

/** 405 with the methods that are allowed (§15.5.6). */
export const methodNotAllowed = (context: RequestContext, allow: string): Response =>
  problem(context, 405, `Use one of: ${allow}.`, { allow });

/** 406 with the media types that there are; `link` is a Link header with their addresses (§15.5.7). */
export const notAcceptable = (context: RequestContext, mediaTypes: readonly string[], link: string): Response =>
  problem(context, 406, `There is: ${mediaTypes.join(", ")}.`, { link });

/** 406: the client accepts neither one of our content-codings nor an unencoded body (§12.5.3). */
export const codingNotAcceptable = (context: Pick<RequestContext, "request">): Response =>
  problem(context, 406, "There is: br, gzip, identity.", { "accept-encoding": "br, gzip" });

/** 412: If-Match or If-Unmodified-Since does not hold (§15.5.13). */
export const preconditionFailed = (context: Pick<RequestContext, "request">): Response =>
  problem(context, 412, "The document is not the one your condition names.");

/** 416 with the length of the file in bytes (§15.5.17). */
export const rangeNotSatisfiable = (context: RequestContext, length: number): Response =>
  problem(context, 416, `The file has ${length} bytes.`, {
    "content-range": unsatisfiedContentRange(length),
    "accept-ranges": "bytes",
  });

/** 503: this version of the worker can't work with what is stored; the caller logs why (§15.6.4). */
export const unavailable = (request: Request): Response =>
  problem({ request }, 503, "This site is being updated. Please try again later.", { "retry-after": "60" });

/** 500: what went wrong is logged by the caller, never shown (§15.6.1). */
export const internalError = (request: Request): Response =>
  problem({ request }, 500, "Something went wrong here. Please try again later.", { "retry-after": "60" });
