import { memoize } from "../lib/memoize.ts";
import { readQvalue } from "./qvalue.ts";

interface MediaRange {
  readonly type: string;
  readonly subtype: string;
  readonly q: number;
}

const TOKEN = "[\\w!#$%&'*+.^`|~-]+";
const RANGE = new RegExp(`^(${TOKEN})/(${TOKEN})\\s*((?:;.*)?)$`);
const WEIGHT = /;\s*q\s*=\s*([^;\s]*)/i;

const parseRange = (member: string): MediaRange | undefined => {
  // Old Java clients say `*` where they mean `*/*`.
  const match = RANGE.exec(member.trim().replace(/^\*(?=\s*(;|$))/, "*/*"));
  if (match === null) return undefined;
  const [, type = "", subtype = "", parameters = ""] = match;
  const q = readQvalue(WEIGHT.exec(parameters)?.[1] ?? "1");
  return q === undefined ? undefined : { type: type.toLowerCase(), subtype: subtype.toLowerCase(), q };
};

const ANY = 1;
const BY_FAMILY = 2;
const BY_NAME = 3;

/** How closely a range names a media type: by name, by its family, as anything, or not at all. */
const closeness = (range: MediaRange, mediaType: string): number => {
  if (range.type === "*" && range.subtype === "*") return ANY;
  const [type, subtype] = mediaType.split("/");
  if (range.type !== type) return 0;
  if (range.subtype === "*") return BY_FAMILY;
  return range.subtype === subtype ? BY_NAME : 0;
};

interface Preference {
  readonly q: number;
  readonly rank: number;
}

const UNWANTED: Preference = { q: 0, rank: 0 };

/** The most specific range decides (§12.5.1). */
const preferenceFor = (mediaType: string, ranges: readonly MediaRange[]): Preference =>
  ranges.reduce((best, range) => {
    const rank = closeness(range, mediaType);
    return rank > best.rank ? { q: range.q, rank } : best;
  }, UNWANTED);

const isBetter = (a: Preference, b: Preference): boolean => a.q > b.q || (a.q === b.q && a.rank > b.rank);

/** What is said of an offer's own type counts before what is said of its other names; anything at all names none of them. */
const preferenceForOffer = ([own = "", ...others]: readonly string[], ranges: readonly MediaRange[]): Preference => {
  const preference = preferenceFor(own, ranges);
  if (preference.rank === BY_NAME) return preference;
  return others
    .map((type) => preferenceFor(type, ranges))
    .filter(({ rank }) => rank > ANY)
    .reduce((a, b) => (isBetter(b, a) ? b : a), preference);
};

const negotiate = <Offer>(
  accept: string | null,
  offers: readonly Offer[],
  typesOf: (offer: Offer) => readonly string[],
): Offer | undefined => {
  const ranges = (accept ?? "").split(",").flatMap((member) => parseRange(member) ?? []);
  if (ranges.length === 0) return offers[0];
  let best: { readonly offer?: Offer; readonly preference: Preference } = { preference: UNWANTED };
  for (const offer of offers) {
    const preference = preferenceForOffer(typesOf(offer), ranges);
    if (preference.q > 0 && isBetter(preference, best.preference)) best = { offer, preference };
  }
  return best.offer;
};

/**
 * Chooses among offers by an Accept header (RFC 9110 §12.5.1), each offer with the media types it goes by,
 * its own first: the highest q; where two are equal, the one that was asked for by name; then the first.
 * Gives nothing where none is acceptable (406). A header that says nothing readable is ignored.
 * Remembers its answers: the headers that clients really send are few.
 */
export const createNegotiator = <Offer>(
  offers: readonly Offer[],
  typesOf: (offer: Offer) => readonly string[],
): ((accept: string | null) => Offer | undefined) => memoize((accept) => negotiate(accept, offers, typesOf));
