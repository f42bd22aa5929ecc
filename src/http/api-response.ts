/** A mistake in a story, as `npm run check` names it. */
export interface Message {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: "error" | "warning";
  readonly rule: string;
  readonly reason: string;
}

type Fields = Readonly<Record<string, string>>;

/** Nothing may keep what the API says. */
const PRIVATE: Fields = { "cache-control": "private, no-store", "x-content-type-options": "nosniff" };

const TITLES: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  412: "Precondition Failed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  428: "Precondition Required",
  503: "Service Unavailable",
};

/** An answer with JSON, or without content where `value` is absent. */
export const json = (status: number, value?: unknown, headers: Fields = {}): Response =>
  value === undefined
    ? new Response(null, { status, headers: { ...PRIVATE, ...headers } })
    : new Response(JSON.stringify(value), {
        status,
        headers: { ...PRIVATE, "content-type": "application/json", ...headers },
      });

/** A story's source, or anything else that is not JSON. */
export const raw = (body: Uint8Array, contentType: string, headers: Fields): Response =>
  new Response(body, { headers: { ...PRIVATE, "content-type": contentType, ...headers } });

/** A refusal (RFC 9457). `detail` says what to do; `errors` where. */
export const refuse = (
  status: number,
  detail: string,
  headers: Fields = {},
  errors: readonly Message[] = [],
): Response =>
  new Response(
    JSON.stringify({ status, title: TITLES[status] ?? "Error", detail, ...(errors.length > 0 && { errors }) }),
    { status, headers: { ...PRIVATE, "content-type": "application/problem+json", ...headers } },
  );
