import { remember } from "./remember.ts";
import { readWeight } from "./weight.ts";

/** A content-coding that answers are served in (RFC 9110 §8.4.1). */
export type Coding = "br" | "gzip" | "identity";

// The shortest first: among equals it is chosen.
const OFFERS: readonly Coding[] = ["br", "gzip", "identity"];

const MEMBER = /^([\w!#$%&'*+.^`|~-]+)\s*(?:;\s*q\s*=\s*([^;\s]*))?\s*$/i;

const readMember = (member: string): readonly [coding: string, weight: number] | undefined => {
  const [, coding = "", q = "1"] = MEMBER.exec(member.trim()) ?? [];
  const weight = readWeight(q);
  return coding === "" || weight === undefined ? undefined : [coding.toLowerCase().replace(/^x-gzip$/, "gzip"), weight];
};

const choose = (header: string | null): Coding | undefined => {
  if (header === null) return "identity";
  const weights = new Map(
    header
      .split(",")
      .map(readMember)
      .filter((member) => member !== undefined),
  );
  const any = weights.get("*");
  // Identity is acceptable unless it is refused, but nothing is said of how welcome it is.
  const weightOf = (coding: Coding): number =>
    weights.get(coding) ?? any ?? (coding === "identity" ? Number.MIN_VALUE : 0);
  const best = OFFERS.reduce((a, b) => (weightOf(b) > weightOf(a) ? b : a));
  return weightOf(best) > 0 ? best : undefined;
};

/**
 * The content-coding that an Accept-Encoding header prefers (RFC 9110 §12.5.3); identity where there is no header, nothing
 * where none of ours is acceptable (406). What can't be read of the header is ignored.
 */
export const chooseCoding: (header: string | null) => Coding | undefined = remember(choose);
