import { encodePath } from "../../model/address.ts";

/** What a relative reference in a file of content/ leads to. */
export interface ContentPath {
  /** Below content/, without percent-encoding. */
  readonly path: string;
  /** From `#` on; empty if there is none. */
  readonly hash: string;
}

const decodeRun = (run: string): string => {
  try {
    return decodeURIComponent(run);
  } catch {
    return run;
  }
};

/** Decodes percent-encoding and leaves alone what is none: `100%.jpg` is a file name too. */
export const decodePercentEncoding = (text: string): string => text.replace(/(?:%[0-9a-f]{2})+/gi, decodeRun);

/**
 * Resolves a relative reference against the path of the file it stands in, both below content/. `media/…` means the one
 * media folder from everywhere; `..` never leads out of content/. Returns undefined for what is no URL.
 */
export const resolveContentPath = (reference: string, from: string): ContentPath | undefined => {
  const isRooted = /^(?:[\\/]|(?:\.[\\/])?media[\\/])/.test(reference);
  const base = new URL(isRooted ? "" : encodePath(from), "https://content.invalid/");
  if (!URL.canParse(reference, base)) return undefined;
  const { pathname, hash } = new URL(reference, base);
  return { path: decodePercentEncoding(pathname.slice(1)), hash };
};

/** The entry of a table by path, also if the two spell an accented letter differently (NFC and NFD). */
export const findByPath = <Value>(
  table: Readonly<Record<string, Value>>,
  path: string,
): readonly [path: string, value: Value] | undefined => {
  const value = Object.hasOwn(table, path) ? table[path] : undefined;
  if (value !== undefined) return [path, value];
  const normalized = path.normalize();
  return Object.entries(table).find(([name]) => name.normalize() === normalized);
};
