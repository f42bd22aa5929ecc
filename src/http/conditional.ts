import { parseHttpDate } from "./date.ts";
import { matchesStrongly, matchesWeakly } from "./etag.ts";

/** What a client's conditions are compared with. */
export interface Validators {
  readonly etag: string;
  /** Milliseconds, compared by whole seconds; without it, conditions by date are ignored. */
  readonly lastModified?: number;
}

/** What to answer: the representation, 304 or 412. */
export type PreconditionResult = "proceed" | "not-modified" | "precondition-failed";

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** Whether it was modified after the date in a header; nothing where either is no date. */
const isNewer = (lastModified: number | undefined, header: string | null): boolean | undefined => {
  if (header === null) return undefined;
  const date = parseHttpDate(header);
  return lastModified === undefined || date === undefined ? undefined : seconds(lastModified) > seconds(date);
};

/**
 * Judges the conditions of a GET or HEAD in the order of RFC 9110 §13.2.2. `ifNoneMatch` is that header, for those who have
 * read it already: each costs time.
 */
export const evaluatePreconditions = (
  headers: Headers,
  { etag, lastModified }: Validators,
  ifNoneMatch = headers.get("if-none-match"),
): PreconditionResult => {
  const ifMatch = headers.get("if-match");
  const holds =
    ifMatch === null
      ? isNewer(lastModified, headers.get("if-unmodified-since")) !== true
      : matchesStrongly(ifMatch, etag);
  if (!holds) return "precondition-failed";
  const isHeld =
    ifNoneMatch === null
      ? isNewer(lastModified, headers.get("if-modified-since")) === false
      : matchesWeakly(ifNoneMatch, etag);
  return isHeld ? "not-modified" : "proceed";
};
