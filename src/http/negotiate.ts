// Negotiation of media types: RFC 9110 §12.5.1 (https://www.rfc-editor.org/rfc/rfc9110#section-12.5.1).
import { memoize } from "../lib/memoize.ts";
import { parseQvalue } from "./qvalue.ts";

interface MediaRange {
  readonly type: string;
  readonly subtype: string;
  readonly qvalue: number;
}

const TOKEN = "[\\w!#$%&'*+.^`|~-]+";
const MEDIA_RANGE = new RegExp(`^(${TOKEN})/(${TOKEN})\\s*((?:;.*)?)$`);
const WEIGHT = /;\s*q\s*=\s*([^;\s]*)/i;

/** A quoted string (§5.6.4), which may hold commas and weights; one that is not closed reaches to the end of the header. */
const QUOTED_STRING = /"(?:[^"\\]|\\.)*"?/gs;

const parseMediaRange = (member: string): MediaRange | undefined => {
  // Old Java clients send `*` where they mean `*/*`.
  const match = MEDIA_RANGE.exec(member.trim().replace(/^\*(?=\s*(;|$))/, "*/*"));
  if (match === null) return undefined;
  const [, type = "", subtype = "", parameters = ""] = match;
  const qvalue = parseQvalue(WEIGHT.exec(parameters)?.[1] ?? "1");
  return qvalue === undefined ? undefined : { type: type.toLowerCase(), subtype: subtype.toLowerCase(), qvalue };
};

// How specific a media range is that matches a media type; 0 if it does not match.
const ANY_TYPE = 1;
const ANY_SUBTYPE = 2;
const EXACT = 3;

const specificityFor = (range: MediaRange, mediaType: string): number => {
  if (range.type === "*" && range.subtype === "*") return ANY_TYPE;
  const [type, subtype] = mediaType.split("/");
  if (range.type !== type) return 0;
  if (range.subtype === "*") return ANY_SUBTYPE;
  return range.subtype === subtype ? EXACT : 0;
};

interface Preference {
  readonly qvalue: number;
  readonly specificity: number;
}

const NOT_ACCEPTABLE: Preference = { qvalue: 0, specificity: 0 };

/** The most specific media range that matches decides about a media type. */
const preferenceForType = (mediaType: string, ranges: readonly MediaRange[]): Preference =>
  ranges.reduce((best, range) => {
    const specificity = specificityFor(range, mediaType);
    return specificity > best.specificity ? { qvalue: range.qvalue, specificity } : best;
  }, NOT_ACCEPTABLE);

const isBetter = (a: Preference, b: Preference): boolean =>
  a.qvalue > b.qvalue || (a.qvalue === b.qvalue && a.specificity > b.specificity);

/** A range for exactly an offer's own type decides; otherwise its other types count too, if a range is more specific than any type. */
const preferenceForOffer = ([own = "", ...others]: readonly string[], ranges: readonly MediaRange[]): Preference => {
  const preference = preferenceForType(own, ranges);
  if (preference.specificity === EXACT) return preference;
  return others
    .map((type) => preferenceForType(type, ranges))
    .filter(({ specificity }) => specificity > ANY_TYPE)
    .reduce((a, b) => (isBetter(b, a) ? b : a), preference);
};

const negotiate = <Offer>(
  accept: string | null,
  offers: readonly Offer[],
  typesOf: (offer: Offer) => readonly string[],
): Offer | undefined => {
  const members = (accept ?? "").replace(QUOTED_STRING, '""').split(",");
  const ranges = members.flatMap((member) => parseMediaRange(member) ?? []);
  if (ranges.length === 0) return offers[0];
  let best: { readonly offer?: Offer; readonly preference: Preference } = { preference: NOT_ACCEPTABLE };
  for (const offer of offers) {
    const preference = preferenceForOffer(typesOf(offer), ranges);
    if (preference.qvalue > 0 && isBetter(preference, best.preference)) best = { offer, preference };
  }
  return best.offer;
};

/**
 * Creates a function that chooses an offer by an Accept header. `typesOf` returns the media types that an offer goes by, in
 * lower case, its own first. The offer with the highest weight is chosen; among equals the one that a more specific range
 * matches, then the first. Returns undefined if no offer is acceptable (406). Malformed members of the header are ignored; if
 * nothing is left, the first offer is chosen.
 */
export const createNegotiator = <Offer>(
  offers: readonly Offer[],
  typesOf: (offer: Offer) => readonly string[],
): ((accept: string | null) => Offer | undefined) => memoize((accept) => negotiate(accept, offers, typesOf));
