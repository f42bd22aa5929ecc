import { createProblem, PROBLEM_JSON, type ProblemStatus } from "./problem.ts";

type Fields = Readonly<Record<string, string>>;

/** No cache keeps a response of the API. */
const PRIVATE: Fields = { "cache-control": "private, no-store", "x-content-type-options": "nosniff" };

/** A response with JSON, or without content if `value` is undefined. */
export const jsonResponse = (status: number, value?: unknown, headers: Fields = {}): Response =>
  value === undefined
    ? new Response(null, { status, headers: { ...PRIVATE, ...headers } })
    : new Response(JSON.stringify(value), {
        status,
        headers: { ...PRIVATE, "content-type": "application/json", ...headers },
      });

/** A 200 with bytes that are not JSON, such as the source of a story. */
export const bytesResponse = (body: Uint8Array, contentType: string, headers: Fields): Response =>
  new Response(body, { headers: { ...PRIVATE, "content-type": contentType, ...headers } });

/** A refusal as problem+json (RFC 9457). `detail` says what to do; `errors` are the single mistakes. */
export const refuse = (
  status: ProblemStatus,
  detail: string,
  headers: Fields = {},
  errors: readonly object[] = [],
): Response =>
  new Response(JSON.stringify(createProblem(status, detail, errors)), {
    status,
    headers: { ...PRIVATE, "content-type": PROBLEM_JSON, ...headers },
  });
