import leven from "leven";
import { quote } from "./quote.ts";

// Nobody mistypes a name this long; comparing it would only take time.
const MAX_LENGTH = 200;

const letters = (name: string): string => Array.from(name).sort().join("");

/** How far two names are apart, in letters; two letters that changed places count as one. */
const distance = (a: string, b: string): number => {
  const steps = leven(a, b);
  return steps === 2 && letters(a) === letters(b) ? 1 : steps;
};

/** How far a name of this length may be from the one that was meant. */
const reach = (length: number): number => (length < 4 ? 1 : length < 9 ? 2 : 3);

/** The one of the known names that was probably meant; nothing where none is close. */
export const findNearest = (unknown: string, known: readonly string[]): string | undefined => {
  if (unknown.length > MAX_LENGTH) return undefined;
  const written = unknown.toLowerCase();
  let found: string | undefined;
  let least = reach(unknown.length) + 1;
  for (const name of known) {
    if (Math.abs(name.length - unknown.length) >= least) continue;
    const steps = distance(written, name.toLowerCase());
    if (steps >= least) continue;
    found = name;
    least = steps;
  }
  return found ?? (written.length >= 3 ? known.find((name) => name.toLowerCase().startsWith(written)) : undefined);
};

/** "Did you mean …?" with a space before it, where one of the known names is close; empty otherwise. */
export const suggest = (unknown: string, known: readonly string[]): string => {
  const name = findNearest(unknown, known);
  return name === undefined ? "" : ` Did you mean ${quote(name)}?`;
};
