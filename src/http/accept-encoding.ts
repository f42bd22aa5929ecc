import { memoize } from "../lib/memoize.ts";
import { readQvalueList } from "./qvalue.ts";

/** A content-coding that answers are served in (RFC 9110 §8.4.1). */
export type Coding = "br" | "gzip" | "identity";

// The shortest first: among equals it is chosen.
const OFFERS: readonly Coding[] = ["br", "gzip", "identity"];

const choose = (header: string | null): Coding | undefined => {
  if (header === null) return "identity";
  const qvalues = new Map(
    readQvalueList(header).map(({ name, qvalue }) => [name.replace(/^x-gzip$/, "gzip"), qvalue] as const),
  );
  const any = qvalues.get("*");
  // Identity is acceptable unless it is refused, but nothing is said of how welcome it is.
  const qvalueOf = (coding: Coding): number =>
    qvalues.get(coding) ?? any ?? (coding === "identity" ? Number.MIN_VALUE : 0);
  const best = OFFERS.reduce((a, b) => (qvalueOf(b) > qvalueOf(a) ? b : a));
  return qvalueOf(best) > 0 ? best : undefined;
};

/**
 * The content-coding that an Accept-Encoding header prefers (RFC 9110 §12.5.3); identity where there is no header, nothing
 * where none of ours is acceptable (406). What can't be read of the header is ignored.
 */
export const chooseCoding: (header: string | null) => Coding | undefined = memoize(choose);
