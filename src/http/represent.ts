import { judge, type Validators } from "./conditional.ts";
import { httpDate } from "./date.ts";

type Fields = Readonly<Record<string, string>>;

/** Bytes to be served, with their headers ready: making a response of Headers costs less than of an object. */
export interface Representation extends Required<Validators> {
  readonly body: Uint8Array;
  /** Of a 200. */
  readonly headers: Headers;
  /** Of a 304 (RFC 9110 §15.4.5): all but those that describe the body. */
  readonly notModifiedHeaders: Headers;
}

/** Puts bytes and headers (lower-case) together once, so that serving them later is cheap. */
export const represent = (
  body: Uint8Array,
  contentType: string,
  { etag, lastModified }: Required<Validators>,
  fields: Fields,
): Representation => {
  const all = { etag, "last-modified": httpDate(lastModified), "x-content-type-options": "nosniff", ...fields };
  return {
    body,
    etag,
    lastModified,
    headers: new Headers({ ...all, "content-type": contentType, "content-length": String(body.byteLength) }),
    notModifiedHeaders: new Headers(all),
  };
};

const changed = (headers: Headers, changes: Fields | undefined): Headers => {
  if (changes === undefined) return headers;
  const copy = new Headers(headers);
  for (const [name, value] of Object.entries(changes)) copy.set(name, value);
  return copy;
};

/**
 * Answers a GET or HEAD with a representation, or with 304 by its conditions; nothing where a precondition
 * failed (412). A HEAD gets the same headers and no body (§9.3.2). `changes` replace headers of this answer.
 */
export const serve = (request: Request, representation: Representation, changes?: Fields): Response | undefined => {
  const verdict = judge(request.headers, representation);
  if (verdict === "precondition-failed") return undefined;
  if (verdict === "not-modified") {
    return new Response(null, { status: 304, headers: changed(representation.notModifiedHeaders, changes) });
  }
  const body = request.method === "HEAD" ? null : representation.body;
  return new Response(body, { headers: changed(representation.headers, changes) });
};
