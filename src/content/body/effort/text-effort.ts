import type { Effort } from "./effort.ts";

/** What each mark costs, whatever stands around it: a token, often a node, sometimes a line of them. */
const COSTS: readonly (readonly [marks: RegExp, steps: number])[] = [
  [/\]:/g, 12_000],
  [/:\/\/|www\./gi, 6000],
  [/[\n|@]/g, 3000],
  [/[#&*+<>[\\\]_`~-]/g, 1000],
];

// Addresses that are made links without being asked for: where one ends is searched for from every dot in it.
const ADDRESS = /(?:https?:|www\.)[^\s]{100,}|[-.\w+]{200,}/gi;

/** Counts the work that a text takes however its marks stand: a token for each of them, and very long addresses. */
export const spendOnText = (text: string, effort: Effort): void => {
  for (const [marks, steps] of COSTS) {
    for (const { index } of text.matchAll(marks)) effort.spend(steps, index);
  }
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    const dots = address.match(/[^a-z0-9/]/gi)?.length ?? 0;
    effort.spend(4 * address.length * dots, index);
  }
};
