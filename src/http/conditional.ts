// Conditional requests: RFC 9110 §13 (https://www.rfc-editor.org/rfc/rfc9110#section-13).
import { parseHttpDate } from "./date.ts";
import { matchesStrongly, matchesWeakly } from "./etag.ts";

/** The validators of a representation, which preconditions are compared with (RFC 9110 §8.8). */
export interface Validators {
  readonly etag: string;
  /** Milliseconds, compared in whole seconds. If it is absent, conditions by date are ignored. */
  readonly lastModified?: number;
}

/** What the preconditions ask for: the method's usual answer, 304 or 412. */
export type PreconditionResult = "proceed" | "not-modified" | "precondition-failed";

const wholeSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** Whether a representation was modified after the date in a header; undefined if either has no valid date. */
const isModifiedSince = (lastModified: number | undefined, header: string | null): boolean | undefined => {
  if (header === null) return undefined;
  const date = parseHttpDate(header);
  return lastModified === undefined || date === undefined ? undefined : wholeSeconds(lastModified) > wholeSeconds(date);
};

/**
 * Evaluates the preconditions of a GET or HEAD in the order of RFC 9110 §13.2.2
 * (https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2). Reading a header costs time, so a caller that has read
 * If-None-Match already passes it.
 */
export const evaluatePreconditions = (
  headers: Headers,
  { etag, lastModified }: Validators,
  ifNoneMatch = headers.get("if-none-match"),
): PreconditionResult => {
  const ifMatch = headers.get("if-match");
  const isMet =
    ifMatch === null
      ? isModifiedSince(lastModified, headers.get("if-unmodified-since")) !== true
      : matchesStrongly(ifMatch, etag);
  if (!isMet) return "precondition-failed";
  const isNotModified =
    ifNoneMatch === null
      ? isModifiedSince(lastModified, headers.get("if-modified-since")) === false
      : matchesWeakly(ifNoneMatch, etag);
  return isNotModified ? "not-modified" : "proceed";
};
