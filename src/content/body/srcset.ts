/** One candidate of a `srcset`: a URL and its width or density, which may be empty. */
export interface Candidate {
  readonly url: string;
  readonly size: string;
}

const SEPARATORS = /[\s,]*/y;
const ADDRESS = /\S*/y;
const SIZE = /(?:\([^)]*\)|[^(,])*/y;

const take = (pattern: RegExp, text: string, from: number): string => {
  pattern.lastIndex = from;
  return pattern.exec(text)?.[0] ?? "";
};

const withoutCommas = (address: string): string => {
  let end = address.length;
  while (address[end - 1] === ",") end--;
  return address.slice(0, end);
};

/** Reads a `srcset` as browsers do (HTML, "parse a srcset attribute"): a URL may itself hold commas. */
export const parseSrcset = (text: string): readonly Candidate[] => {
  const candidates: Candidate[] = [];
  let position = take(SEPARATORS, text, 0).length;
  while (position < text.length) {
    const address = take(ADDRESS, text, position);
    position += address.length;
    const url = withoutCommas(address);
    const size = url.length < address.length ? "" : take(SIZE, text, position);
    position += size.length;
    candidates.push({ url, size: size.trim().replace(/\s+/g, " ") });
    position += take(SEPARATORS, text, position).length;
  }
  return candidates;
};

/** Whether a candidate's size is one that browsers understand: a width, a density or nothing. */
export const isSize = (size: string): boolean => /^(?:|\d+w|\d*\.?\d+(?:e[+-]?\d+)?x)$/i.test(size);

/** Writes candidates down; their URLs hold no white space. */
export const writeSrcset = (candidates: readonly Candidate[]): string =>
  candidates.map(({ url, size }) => (size === "" ? url : `${url} ${size}`)).join(", ");
