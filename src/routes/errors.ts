import type { Found } from "../catalog.ts";
import { NO_STORE, SHORT } from "../http/caching.ts";
import { type Problem, problemResponse } from "../http/problem.ts";
import { renderProblemPage } from "../pages/problem-page.ts";
import type { Ask } from "./ask.ts";

const OPEN = { "access-control-allow-origin": "*" };

const answer = (ask: Pick<Ask, "request">, problem: Problem, headers: Readonly<Record<string, string>>): Response =>
  problemResponse(ask.request.headers.get("accept"), problem, { ...OPEN, ...headers }, renderProblemPage);

/** 404, never kept: what is missing now may be published in a minute. */
export const notFound = (ask: Ask): Response =>
  answer(
    ask,
    { status: 404, title: "Not Found", detail: "There is nothing at this address." },
    { "cache-control": NO_STORE },
  );

/** 410: a story that was withdrawn or has expired. */
export const gone = (ask: Ask, reason: string | undefined): Response =>
  answer(
    ask,
    { status: 410, title: "Gone", detail: reason ?? "This story is no longer available." },
    { "cache-control": SHORT },
  );

/** 405 with the methods that would do (RFC 9110 §15.5.6). */
export const methodNotAllowed = (ask: Ask, allow: string): Response =>
  answer(
    ask,
    { status: 405, title: "Method Not Allowed", detail: `Use one of: ${allow}.` },
    { allow, "cache-control": NO_STORE },
  );

/** 406 with what there is (§15.5.7). */
export const notAcceptable = (ask: Ask, offers: readonly string[], link: string): Response =>
  answer(
    ask,
    { status: 406, title: "Not Acceptable", detail: `There is: ${offers.join(", ")}.` },
    { link, "cache-control": NO_STORE },
  );

/** 412: an If-Match or If-Unmodified-Since that no longer holds (§15.5.13). */
export const preconditionFailed = (ask: Ask): Response =>
  answer(
    ask,
    { status: 412, title: "Precondition Failed", detail: "The document is not the one your condition names." },
    { "cache-control": NO_STORE },
  );

/** 500: what went wrong is logged, never shown. */
export const internalError = (request: Request): Response =>
  answer(
    { request },
    { status: 500, title: "Internal Server Error", detail: "Something went wrong here. Please try again later." },
    { "cache-control": NO_STORE, "retry-after": "60" },
  );

/** 301 to a path of this site or to an absolute URL. */
export const movedPermanently = (siteUrl: string, target: string): Response =>
  new Response(null, {
    status: 301,
    headers: { location: new URL(target, siteUrl).href, "cache-control": SHORT, ...OPEN },
  });

/** The answer where nothing was found; `toPath` gives the address at the story's new slug. */
export const answerMissing = (
  ask: Ask,
  siteUrl: string,
  found: Exclude<Found<unknown>, { kind: "found" }>,
  toPath: (slug: string) => string,
): Response => {
  if (found.kind === "moved") return movedPermanently(siteUrl, toPath(found.slug));
  return found.kind === "gone" ? gone(ask, found.reason) : notFound(ask);
};
