import type { Usage } from "../model/item.ts";

const listOf = (rights: Usage, names: readonly (readonly [keyof Usage, string])[], yes: string, no: string): string =>
  names
    .filter(([use]) => rights[use] !== undefined)
    .map(([use, name]) => `${name}=${rights[use] === true ? yes : no}`)
    .join(", ");

/** Content Signals (https://contentsignals.org), such as `search=yes, ai-train=no`; empty if nothing is stated. */
export const contentSignals = (rights: Usage): string =>
  listOf(
    rights,
    [
      ["search", "search"],
      ["aiInput", "ai-input"],
      ["aiTrain", "ai-train"],
    ],
    "yes",
    "no",
  );

/**
 * A usage preference of the IETF (draft-ietf-aipref-vocab-08, a dictionary of RFC 9651), such as `train-ai=n, search=y`; empty if
 * nothing is stated. Who does not know one of the labels ignores it.
 */
export const usagePreference = (rights: Usage): string =>
  listOf(
    rights,
    [
      ["aiTrain", "train-ai"],
      ["aiInput", "ai-use"],
      ["search", "search"],
    ],
    "y",
    "n",
  );
