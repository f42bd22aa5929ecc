/** An image candidate string of a `srcset` (HTML, "srcset attributes"), taken apart. */
export interface ImageCandidate {
  readonly url: string;
  /** Its width or density as written, such as `640w` or `2x`; empty if there is none. */
  readonly descriptor: string;
}

const SEPARATORS = /[\s,]*/y;
const URL_CHARACTERS = /\S*/y;
// A comma in parentheses does not end a descriptor.
const DESCRIPTOR = /(?:\([^)]*\)|[^(,])*/y;

const matchAt = (pattern: RegExp, text: string, position: number): string => {
  pattern.lastIndex = position;
  return pattern.exec(text)?.[0] ?? "";
};

const withoutTrailingCommas = (url: string): string => {
  let end = url.length;
  while (url[end - 1] === ",") end--;
  return url.slice(0, end);
};

/**
 * Parses a `srcset` as browsers do (HTML, "parse a srcset attribute"), for which a URL may hold commas. Keeps
 * descriptors that browsers don't understand, for `isValidDescriptor` to find. The package `srcset` does not do: it loses
 * such descriptors and URLs of one letter, keeps commas before a URL, and joins what only a line break separates.
 */
export const parseSrcset = (text: string): readonly ImageCandidate[] => {
  const candidates: ImageCandidate[] = [];
  let position = matchAt(SEPARATORS, text, 0).length;
  while (position < text.length) {
    const written = matchAt(URL_CHARACTERS, text, position);
    position += written.length;
    const url = withoutTrailingCommas(written);
    const descriptor = url.length < written.length ? "" : matchAt(DESCRIPTOR, text, position);
    position += descriptor.length;
    candidates.push({ url, descriptor: descriptor.trim().replace(/\s+/g, " ") });
    position += matchAt(SEPARATORS, text, position).length;
  }
  return candidates;
};

/** Whether a descriptor is one that browsers understand: a width, a density or nothing. */
export const isValidDescriptor = (descriptor: string): boolean =>
  /^(?:|\d+w|\d*\.?\d+(?:e[+-]?\d+)?x)$/i.test(descriptor);

/** The text of a `srcset`. The candidates' URLs must hold no white space. */
export const serializeSrcset = (candidates: readonly ImageCandidate[]): string =>
  candidates.map(({ url, descriptor }) => (descriptor === "" ? url : `${url} ${descriptor}`)).join(", ");
