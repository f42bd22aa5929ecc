import leven from "leven";
import { quote } from "./messages.ts";

// Nobody mistypes a name this long; comparing it would only take time.
const MAX_LENGTH = 200;

const sortLetters = (name: string): string => Array.from(name).sort().join("");

/** The edit distance of two names; two letters that changed places count as one step. */
const distance = (a: string, b: string): number => {
  const steps = leven(a, b);
  return steps === 2 && sortLetters(a) === sortLetters(b) ? 1 : steps;
};

/** How far a name of this length may be from the one that was meant. */
const maxDistance = (length: number): number => (length < 4 ? 1 : length < 9 ? 2 : 3);

/** The known name that was probably meant: the nearest one, or one that begins so; undefined if none is close. */
export const findNearest = (unknown: string, known: readonly string[]): string | undefined => {
  if (unknown.length > MAX_LENGTH) return undefined;
  const written = unknown.toLowerCase();
  let nearest: string | undefined;
  let limit = maxDistance(unknown.length) + 1;
  for (const name of known) {
    if (Math.abs(name.length - unknown.length) >= limit) continue;
    const steps = distance(written, name.toLowerCase());
    if (steps >= limit) continue;
    nearest = name;
    limit = steps;
  }
  return nearest ?? (written.length >= 3 ? known.find((name) => name.toLowerCase().startsWith(written)) : undefined);
};

/** "Did you mean …?" with a space before it, if one of the known names is close; otherwise an empty text. */
export const suggest = (unknown: string, known: readonly string[]): string => {
  const name = findNearest(unknown, known);
  return name === undefined ? "" : ` Did you mean ${quote(name)}?`;
};
