import type { Coding } from "./accept-encoding.ts";
import type { Validators } from "./conditional.ts";
import { formatHttpDate } from "./date.ts";

/** Header fields by name in lower case. */
export type HeaderFields = Readonly<Record<string, string>>;

/** A representation (RFC 9110 §3.2) without its bytes, and whatever its content coding. */
export interface Representation extends Validators {
  readonly contentType: string;
  /** Header fields of every answer, 304 included (RFC 9110 §15.4.5). */
  readonly fields: HeaderFields;
  /** The same as Headers, from which a Response is created faster than from an object. */
  readonly notModifiedHeaders: Headers;
}

/** A representation's bytes in one content coding, with the headers of a 200. */
export interface EncodedRepresentation {
  readonly body: Uint8Array;
  readonly headers: Headers;
}

/** Creates a representation with further header fields. They are prepared here once, so that each answer costs little. */
export const createRepresentation = (
  contentType: string,
  { etag, lastModified }: Validators,
  more: HeaderFields,
): Representation => {
  const fields = {
    etag,
    ...(lastModified !== undefined && { "last-modified": formatHttpDate(lastModified) }),
    "x-content-type-options": "nosniff",
    ...more,
  };
  return {
    contentType,
    etag,
    ...(lastModified !== undefined && { lastModified }),
    fields,
    notModifiedHeaders: new Headers(fields),
  };
};

/** The headers of a 200 but Content-Length. */
const createHeaders = ({ contentType, fields }: Representation, coding: Coding): Headers =>
  new Headers({
    ...fields,
    "content-type": contentType,
    ...(coding !== "identity" && { "content-encoding": coding }),
  });

/** Combines a representation with its bytes, which are in the content coding already. */
export const createEncodedRepresentation = (
  representation: Representation,
  coding: Coding,
  body: Uint8Array,
): EncodedRepresentation => {
  const headers = createHeaders(representation, coding);
  headers.set("content-length", String(body.byteLength));
  return { body, headers };
};

const withChanges = (headers: Headers, changes: HeaderFields | undefined): Headers => {
  if (changes === undefined) return headers;
  const copy = new Headers(headers);
  for (const [name, value] of Object.entries(changes)) copy.set(name, value);
  return copy;
};

/** Creates a 304 (RFC 9110 §15.4.5). `changes` replace header fields in this answer only. */
export const notModifiedResponse = ({ notModifiedHeaders }: Representation, changes?: HeaderFields): Response =>
  new Response(null, { status: 304, headers: withChanges(notModifiedHeaders, changes) });

/**
 * Creates a 200, or with `status` 226 the answer that holds a delta. The answer to a HEAD has the same header fields and no
 * body (RFC 9110 §9.3.2). `changes` replace header fields in this answer only.
 */
export const representationResponse = (
  method: string,
  { body, headers }: EncodedRepresentation,
  changes?: HeaderFields,
  status = 200,
): Response =>
  new Response(method === "HEAD" ? null : body, {
    status,
    headers: withChanges(headers, changes),
    encodeBody: "manual",
  });

/**
 * Creates the answer to a HEAD for bytes that have not been made. It has all header fields of a GET but Content-Length,
 * which only making them would tell (RFC 9110 §9.3.2).
 */
export const headResponse = (
  representation: Representation,
  coding: Coding,
  changes: HeaderFields,
  status: number,
): Response =>
  new Response(null, {
    status,
    headers: withChanges(createHeaders(representation, coding), changes),
    encodeBody: "manual",
  });
