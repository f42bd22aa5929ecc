interface MediaRange {
  readonly type: string;
  readonly subtype: string;
  readonly q: number;
}

const MEMBER = /^\s*([\w!#$&^.+*-]+)\/([\w!#$&^.+*-]+)\s*((?:;[^;]*)*)$/;

const parseRange = (member: string): MediaRange | undefined => {
  const match = MEMBER.exec(member);
  if (match === null) return undefined;
  const [, type = "", subtype = "", parameters = ""] = match;
  const weight = /;\s*q\s*=\s*([^;\s]*)/i.exec(parameters)?.[1];
  if (weight !== undefined && !/^(0(\.\d{0,3})?|1(\.0{0,3})?)$/.test(weight)) return undefined;
  return { type: type.toLowerCase(), subtype: subtype.toLowerCase(), q: Number(weight ?? 1) };
};

const specificity = (range: MediaRange, mediaType: string): number => {
  const [type, subtype] = mediaType.split("/");
  if (range.type === "*" && range.subtype === "*") return 1;
  if (range.type !== type) return 0;
  return range.subtype === "*" ? 2 : range.subtype === subtype ? 3 : 0;
};

interface Preference {
  readonly q: number;
  readonly rank: number;
}

const preferenceFor = (mediaType: string, ranges: readonly MediaRange[]): Preference =>
  ranges.reduce<Preference>(
    (best, range) => {
      const rank = specificity(range, mediaType);
      return rank > best.rank ? { q: range.q, rank } : best;
    },
    { q: 0, rank: 0 },
  );

const better = (a: Preference, b: Preference): boolean => a.q > b.q || (a.q === b.q && a.rank > b.rank);

/**
 * Chooses among offers by an Accept header (RFC 9110 §12.5.1), each offer with the media types it goes by:
 * the highest q; where two are equal, the one that was asked for by name; then the first.
 * Gives nothing where none is acceptable (406).
 */
export const negotiate = <Offer>(
  accept: string | null,
  offers: readonly Offer[],
  typesOf: (offer: Offer) => readonly string[],
): Offer | undefined => {
  if (accept === null || accept.trim() === "") return offers[0];
  const ranges = accept.split(",").flatMap((member) => parseRange(member) ?? []);
  let best: { offer: Offer; preference: Preference } | undefined;
  for (const offer of offers) {
    const preferences = typesOf(offer).map((type) => preferenceFor(type, ranges));
    const preference = preferences.reduce((a, b) => (better(b, a) ? b : a));
    if (preference.q > 0 && (best === undefined || better(preference, best.preference))) best = { offer, preference };
  }
  return best?.offer;
};
