import { encodePath } from "../../model/address.ts";

/** What a relative reference in a file of content/ means: a path below content/, and the part from `#` on. */
export interface ContentPath {
  readonly path: string;
  readonly hash: string;
}

const decodeRun = (run: string): string => {
  try {
    return decodeURIComponent(run);
  } catch {
    return run;
  }
};

/** Percent-decoding that leaves alone what is no code: `100%.jpg` is a file name too. */
export const decodePercentEncoding = (text: string): string => text.replace(/(?:%[0-9a-f]{2})+/gi, decodeRun);

/**
 * Resolves a relative reference against the file it stands in. `media/…` means the one media folder from
 * everywhere. Percent codes are decoded; `..` never leads out of content/.
 */
export const resolveContentPath = (reference: string, from: string): ContentPath | undefined => {
  const isRooted = /^(?:[\\/]|(?:\.[\\/])?media[\\/])/.test(reference);
  const base = new URL(isRooted ? "" : encodePath(from), "https://content.invalid/");
  if (!URL.canParse(reference, base)) return undefined;
  const { pathname, hash } = new URL(reference, base);
  return { path: decodePercentEncoding(pathname.slice(1)), hash };
};

/** The entry of a table by path: also where the two spell an accented letter in different ways (NFC, NFD). */
export const findByPath = <Value>(
  table: Readonly<Record<string, Value>>,
  path: string,
): readonly [path: string, value: Value] | undefined => {
  const value = Object.hasOwn(table, path) ? table[path] : undefined;
  if (value !== undefined) return [path, value];
  const normal = path.normalize();
  return Object.entries(table).find(([name]) => name.normalize() === normal);
};
