import type { Lookup } from "../catalog/find-feed.ts";
import { NO_STORE, SHORT_CACHE_CONTROL, shortCacheControl } from "../http/cache-control.ts";
import { type Problem, problemResponse } from "../http/problem.ts";
import { unsatisfiedContentRange } from "../http/range.ts";
import { pageHeaders } from "../pages/page-headers.ts";
import { renderProblemPage } from "../pages/problem-page.ts";
import type { Snapshot } from "../store/store.ts";
import type { RequestContext } from "./request-context.ts";

const OPEN = { "access-control-allow-origin": "*" };

const answer = (
  { request }: Pick<RequestContext, "request">,
  problem: Problem,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  problemResponse(
    request.headers.get("accept"),
    problem,
    { "cache-control": NO_STORE, ...pageHeaders, ...OPEN, ...headers },
    renderProblemPage,
  );

/** 404, never kept: what is missing now may be published in a minute. */
export const notFound = (context: RequestContext): Response =>
  answer(context, { status: 404, title: "Not Found", detail: "There is nothing at this address." });

/** 405 with the methods that would do (RFC 9110 §15.5.6). */
export const methodNotAllowed = (context: RequestContext, allow: string): Response =>
  answer(context, { status: 405, title: "Method Not Allowed", detail: `Use one of: ${allow}.` }, { allow });

/** 406 with what there is (§15.5.7). */
export const notAcceptable = (context: RequestContext, offers: readonly string[], link: string): Response =>
  answer(context, { status: 406, title: "Not Acceptable", detail: `There is: ${offers.join(", ")}.` }, { link });

/** 406 for a client that takes neither a coding of ours nor bytes without one (§12.5.3). */
export const codingNotAcceptable = (context: Pick<RequestContext, "request">): Response =>
  answer(
    context,
    { status: 406, title: "Not Acceptable", detail: "There is: br, gzip, identity." },
    { "accept-encoding": "br, gzip" },
  );

/** 412: an If-Match or If-Unmodified-Since that no longer holds (§15.5.13). */
export const preconditionFailed = (context: Pick<RequestContext, "request">): Response =>
  answer(context, {
    status: 412,
    title: "Precondition Failed",
    detail: "The document is not the one your condition names.",
  });

/** 416 with the length there is (§15.5.17). */
export const rangeNotSatisfiable = (context: RequestContext, length: number): Response =>
  answer(
    context,
    { status: 416, title: "Range Not Satisfiable", detail: `The file has ${length} bytes.` },
    { "content-range": unsatisfiedContentRange(length), "accept-ranges": "bytes" },
  );

/** 500: what went wrong is logged, never shown. */
export const internalError = (request: Request): Response =>
  answer(
    { request },
    { status: 500, title: "Internal Server Error", detail: "Something went wrong here. Please try again later." },
    { "retry-after": "60" },
  );

/** 301 to a path of this site or to an absolute URL. */
export const movedPermanently = (siteUrl: string, target: string, cacheControl = SHORT_CACHE_CONTROL): Response =>
  new Response(null, {
    status: 301,
    headers: {
      location: new URL(target, siteUrl).href,
      "cache-control": cacheControl,
      "x-content-type-options": "nosniff",
      ...OPEN,
    },
  });

/**
 * The answer where nothing was found: 301 to the address that `toPath` gives for a story's new slug, 410 for a
 * story that was withdrawn or has expired, else 404.
 */
export const answerMissing = (
  context: RequestContext,
  siteUrl: string,
  found: Exclude<Lookup<unknown>, { kind: "found" }>,
  { now, until }: Snapshot,
  toPath: (slug: string) => string,
): Response => {
  const cacheControl = shortCacheControl(now, until);
  if (found.kind === "moved") return movedPermanently(siteUrl, toPath(found.slug), cacheControl);
  if (found.kind === "missing") return notFound(context);
  const detail = found.reason ?? "This story is no longer available.";
  return answer(context, { status: 410, title: "Gone", detail }, { "cache-control": cacheControl });
};
