import { createNegotiator } from "./negotiate.ts";

/** An error as RFC 9457 puts it; `type` is left at about:blank, so `title` is the status's own phrase. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  /** What to do, or why. Never an exception's message. */
  readonly detail?: string;
}

const PROBLEM = "application/problem+json";
const HTML = "text/html";

const negotiate = createNegotiator([PROBLEM, HTML], (type) => [type]);

const encoder = new TextEncoder();

/**
 * The one shape of every error: problem+json, or the page that `toHtml` makes of it where a browser asked.
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
      "content-type": isPage ? `${HTML}; charset=utf-8` : PROBLEM,
      "content-length": String(body.byteLength),
      vary: "Accept",
      "x-content-type-options": "nosniff",
      ...headers,
    },
  });
};
