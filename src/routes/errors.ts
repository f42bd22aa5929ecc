import { NO_STORE, SHORT_CACHE_CONTROL, shortCacheControl } from "../http/cache-control.ts";
import { createProblem, type ProblemStatus, problemResponse } from "../http/problem.ts";
import { unsatisfiedContentRange } from "../http/range.ts";
import type { Lookup } from "../model/lookup.ts";
import type { Snapshot } from "../model/snapshot.ts";
import { pageHeaders } from "../pages/page-headers.ts";
import { renderProblemPage } from "../pages/problem-page.ts";
import type { RequestContext } from "./request-context.ts";

const OPEN = { "access-control-allow-origin": "*" };

const problem = (
  { request }: Pick<RequestContext, "request">,
  status: ProblemStatus,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response =>
  problemResponse(
    request.headers.get("accept"),
    createProblem(status, detail),
    { "cache-control": NO_STORE, ...pageHeaders, ...OPEN, ...headers },
    renderProblemPage,
  );

/** 404, never cached: what is missing now may be published in a minute. */
export const notFound = (context: RequestContext): Response =>
  problem(context, 404, "There is nothing at this address.");

/** 405 with the methods that there are (RFC 9110 §15.5.6). */
export const methodNotAllowed = (context: RequestContext, allow: string): Response =>
  problem(context, 405, `Use one of: ${allow}.`, { allow });

/** 406 with the formats that there are (§15.5.7). */
export const notAcceptable = (context: RequestContext, offers: readonly string[], link: string): Response =>
  problem(context, 406, `There is: ${offers.join(", ")}.`, { link });

/** 406 for a client that accepts neither one of our content-codings nor bytes without one (§12.5.3). */
export const codingNotAcceptable = (context: Pick<RequestContext, "request">): Response =>
  problem(context, 406, "There is: br, gzip, identity.", { "accept-encoding": "br, gzip" });

/** 412: an If-Match or If-Unmodified-Since does not hold (§15.5.13). */
export const preconditionFailed = (context: Pick<RequestContext, "request">): Response =>
  problem(context, 412, "The document is not the one your condition names.");

/** 416 with the length of the file in bytes (§15.5.17). */
export const rangeNotSatisfiable = (context: RequestContext, length: number): Response =>
  problem(context, 416, `The file has ${length} bytes.`, {
    "content-range": unsatisfiedContentRange(length),
    "accept-ranges": "bytes",
  });

/** 500: what went wrong is logged, never shown. */
export const internalError = (request: Request): Response =>
  problem({ request }, 500, "Something went wrong here. Please try again later.", { "retry-after": "60" });

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
 * The response to a lookup that found nothing: 301 to the path that `toPath` gives for the story's new slug, 410 for a story
 * that was withdrawn or has expired, otherwise 404.
 */
export const answerMissing = (
  context: RequestContext,
  siteUrl: string,
  lookup: Exclude<Lookup<unknown>, { kind: "found" }>,
  { now, until }: Snapshot,
  toPath: (slug: string) => string,
): Response => {
  const cacheControl = shortCacheControl(now, until);
  if (lookup.kind === "moved") return movedPermanently(siteUrl, toPath(lookup.slug), cacheControl);
  if (lookup.kind === "missing") return notFound(context);
  return problem(context, 410, lookup.reason ?? "This story is no longer available.", {
    "cache-control": cacheControl,
  });
};
