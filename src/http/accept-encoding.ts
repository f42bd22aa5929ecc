import { memoize } from "../lib/memoize.ts";
import { parseQvalueList } from "./qvalue.ts";

/** A content coding that documents are served in (RFC 9110 §8.4.1, https://www.rfc-editor.org/rfc/rfc9110#section-8.4.1). */
export type Coding = "br" | "gzip" | "identity";

/** From the shortest to the longest: among codings of equal weight, the first is chosen. */
const CODINGS: readonly Coding[] = ["br", "gzip", "identity"];

const choose = (header: string | null): Coding | undefined => {
  if (header === null) return "identity";
  const qvalues = new Map(
    // `x-gzip` is another name of gzip (RFC 9110 §8.4.1.3).
    parseQvalueList(header).map(({ name, qvalue }) => [name.replace(/^x-gzip$/, "gzip"), qvalue] as const),
  );
  const wildcard = qvalues.get("*");
  // Identity that is not listed is acceptable, but less welcome than any coding that is.
  const qvalueOf = (coding: Coding): number =>
    qvalues.get(coding) ?? wildcard ?? (coding === "identity" ? Number.MIN_VALUE : 0);
  const best = CODINGS.reduce((a, b) => (qvalueOf(b) > qvalueOf(a) ? b : a));
  return qvalueOf(best) > 0 ? best : undefined;
};

/**
 * Chooses the content coding that an Accept-Encoding header prefers (RFC 9110 §12.5.3,
 * https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3): identity if the header is absent, undefined if none of ours is
 * acceptable (406). Members of the list that are malformed are ignored.
 */
export const chooseCoding: (header: string | null) => Coding | undefined = memoize(choose);
