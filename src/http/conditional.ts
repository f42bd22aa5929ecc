import { parseHttpDate } from "./date.ts";
import { matchesStrongly, matchesWeakly } from "./entity-tags.ts";

/** What a client's conditions are compared with. */
export interface Validators {
  readonly etag: string;
  /** Milliseconds; compared by whole seconds. */
  readonly lastModified: number;
}

/** What to answer: the representation, 304 or 412. */
export type Verdict = "proceed" | "not-modified" | "precondition-failed";

const seconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

/** Judges the conditions of a GET or HEAD in the order of RFC 9110 §13.2.2. */
export const judge = (headers: Headers, { etag, lastModified }: Validators): Verdict => {
  const ifMatch = headers.get("if-match");
  if (ifMatch !== null) {
    if (!matchesStrongly(ifMatch, etag)) return "precondition-failed";
  } else {
    const since = parseHttpDate(headers.get("if-unmodified-since") ?? "");
    if (since !== undefined && seconds(lastModified) > seconds(since)) return "precondition-failed";
  }
  const ifNoneMatch = headers.get("if-none-match");
  if (ifNoneMatch !== null) return matchesWeakly(ifNoneMatch, etag) ? "not-modified" : "proceed";
  const since = parseHttpDate(headers.get("if-modified-since") ?? "");
  return since !== undefined && seconds(since) >= seconds(lastModified) ? "not-modified" : "proceed";
};
