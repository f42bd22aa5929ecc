import type { Coding } from "./accept-encoding.ts";
import type { Validators } from "./conditional.ts";
import { httpDate } from "./date.ts";

/** Headers by lower-case name. */
export type Fields = Readonly<Record<string, string>>;

/** What is to be served, whatever its content-coding. */
export interface Representation extends Required<Validators> {
  readonly contentType: string;
  /** Of every answer, 304 as well (RFC 9110 §15.4.5). */
  readonly fields: Fields;
  /** The same, ready: making a response of Headers costs less than of an object. */
  readonly notModifiedHeaders: Headers;
}

/** Bytes in one content-coding, with the headers of a 200. */
export interface Encoded {
  readonly body: Uint8Array;
  readonly headers: Headers;
}

/** Puts the headers of a representation together once, so that serving it later is cheap. */
export const createRepresentation = (
  contentType: string,
  { etag, lastModified }: Required<Validators>,
  more: Fields,
): Representation => {
  const fields = { etag, "last-modified": httpDate(lastModified), "x-content-type-options": "nosniff", ...more };
  return { contentType, etag, lastModified, fields, notModifiedHeaders: new Headers(fields) };
};

/** A representation's bytes in a coding, which they are in already. */
export const encoded = ({ contentType, fields }: Representation, coding: Coding, body: Uint8Array): Encoded => ({
  body,
  headers: new Headers({
    ...fields,
    "content-type": contentType,
    "content-length": String(body.byteLength),
    ...(coding !== "identity" && { "content-encoding": coding }),
  }),
});

const changed = (headers: Headers, changes: Fields | undefined): Headers => {
  if (changes === undefined) return headers;
  const copy = new Headers(headers);
  for (const [name, value] of Object.entries(changes)) copy.set(name, value);
  return copy;
};

/** 304. `changes` replace headers of this answer. */
export const notModified = ({ notModifiedHeaders }: Representation, changes?: Fields): Response =>
  new Response(null, { status: 304, headers: changed(notModifiedHeaders, changes) });

/** 200, or 226 where it is a delta. A HEAD gets the same headers and no body (§9.3.2). */
export const found = (method: string, { body, headers }: Encoded, changes?: Fields, status = 200): Response =>
  new Response(method === "HEAD" ? null : body, { status, headers: changed(headers, changes), encodeBody: "manual" });
