import { createNegotiator } from "./negotiate.ts";

/** Reason phrases of RFC 9110 §15 and RFC 6585. */
const TITLES = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  406: "Not Acceptable",
  409: "Conflict",
  410: "Gone",
  412: "Precondition Failed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  416: "Range Not Satisfiable",
  422: "Unprocessable Content",
  428: "Precondition Required",
  429: "Too Many Requests",
  500: "Internal Server Error",
  501: "Not Implemented",
  503: "Service Unavailable",
} as const;

/** The status codes that problems are reported with. */
export type ProblemStatus = keyof typeof TITLES;

/** An error as RFC 9457 puts it. There is no `type`, which means about:blank: `title` is the status code's own phrase. */
export interface Problem {
  readonly status: ProblemStatus;
  readonly title: string;
  /** Why, and what to do about it. Never an exception's message. */
  readonly detail?: string;
  /** Extension member (§3.2): the single mistakes, if they are known. */
  readonly errors?: readonly object[];
}

/** A problem with the phrase of its status code. */
export const createProblem = (status: ProblemStatus, detail: string, errors: readonly object[] = []): Problem => ({
  status,
  title: TITLES[status],
  detail,
  ...(errors.length > 0 && { errors }),
});

/** The header of a 429 (RFC 6585 §4) whose sender asked too often for what does not exist, or with a token that nobody has. */
export const RETRY_AFTER_MISSES = { "retry-after": "60" } as const;

/** The media type of a problem (§6.1). */
export const PROBLEM_JSON = "application/problem+json";

const HTML = "text/html";

const negotiate = createNegotiator([PROBLEM_JSON, HTML], (type) => [type]);

const encoder = new TextEncoder();

/**
 * A response with a problem: as JSON, or as the page that `toHtml` makes of it if the Accept header prefers HTML, as that of a
 * browser does.
 */
export const problemResponse = (
  accept: string | null,
  problem: Problem,
  headers: Readonly<Record<string, string>>,
  toHtml: (problem: Problem) => string,
): Response => {
  const isPage = negotiate(accept) === HTML;
  const body = encoder.encode(isPage ? toHtml(problem) : JSON.stringify(problem));
  return new Response(body, {
    status: problem.status,
    headers: {
      "content-type": isPage ? `${HTML}; charset=utf-8` : PROBLEM_JSON,
      "content-length": String(body.byteLength),
      vary: "Accept",
      "x-content-type-options": "nosniff",
      ...headers,
    },
  });
};
