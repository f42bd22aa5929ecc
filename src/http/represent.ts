import { judge, type Validators } from "./conditional.ts";
import { httpDate } from "./date.ts";

type Fields = Readonly<Record<string, string>>;

/** Bytes to be served, with all that their headers say but how long they are fresh. */
export interface Representation extends Required<Validators> {
  readonly body: Uint8Array;
  /** Headers that a 304 carries as well (RFC 9110 §15.4.5), lower-case. */
  readonly headers: Fields;
  /** Headers that describe the body: content-type, content-length. */
  readonly bodyHeaders: Fields;
}

/** Puts bytes and headers together once, so that serving them later is cheap. */
export const represent = (
  body: Uint8Array,
  contentType: string,
  { etag, lastModified }: Required<Validators>,
  headers: Fields,
): Representation => ({
  body,
  etag,
  lastModified,
  headers: { etag, "last-modified": httpDate(lastModified), "x-content-type-options": "nosniff", ...headers },
  bodyHeaders: { "content-type": contentType, "content-length": String(body.byteLength) },
});

/**
 * Answers a GET or HEAD with a representation, or with 304 by its conditions; nothing where a precondition
 * failed (412). A HEAD gets the same headers and no body (§9.3.2).
 */
export const serve = (
  request: Request,
  { body, headers, bodyHeaders, ...validators }: Representation,
  more: Fields,
): Response | undefined => {
  const verdict = judge(request.headers, validators);
  if (verdict === "precondition-failed") return undefined;
  if (verdict === "not-modified") return new Response(null, { status: 304, headers: { ...headers, ...more } });
  return new Response(request.method === "HEAD" ? null : body, { headers: { ...headers, ...bodyHeaders, ...more } });
};
