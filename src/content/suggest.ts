import leven from "leven";
import { quoted } from "./quoted.ts";

// Nobody mistypes a name this long; comparing it would only take time.
const LONGEST = 200;

/** "Did you mean …?" with a space before it, where one of the known names is close enough; empty otherwise. */
export const suggest = (unknown: string, known: readonly string[]): string => {
  if (unknown.length > LONGEST) return "";
  const least = Math.max(1, Math.min(3, Math.floor(unknown.length / 3)));
  let nearest: string | undefined;
  let nearestDistance = least + 1;
  for (const name of known) {
    if (Math.abs(name.length - unknown.length) >= nearestDistance) continue;
    const distance = leven(unknown.toLowerCase(), name.toLowerCase());
    if (distance >= nearestDistance) continue;
    nearest = name;
    nearestDistance = distance;
  }
  return nearest === undefined ? "" : ` Did you mean ${quoted(nearest)}?`;
};
