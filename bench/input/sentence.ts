import type { Random } from "./random.ts";

const WHO = [
  "The ministry",
  "A spokesperson for Smith & Sons",
  "The harbour authority",
  "Marta Oliveira, who runs the R&D unit,",
  "The city council",
  "Zoë Ångström of the union",
  "An adviser to the court",
  "The fishing fleet’s owners",
] as const;

const DID = [
  "said on Tuesday that",
  "told reporters that",
  "confirmed in a letter that",
  "denied reports that",
  'wrote, in a note headed "For the record", that',
  "is expected to announce that",
  "has warned for years that",
] as const;

const WHAT = [
  "the northern line would reopen before the end of the month",
  "fewer than 5 in 100 of the permits (p < 0.05) had ever been checked",
  "it’s “not a question of money – it’s a question of will”",
  "prices rose by 3.4% while wages & pensions stood still",
  "nobody had read the 412-page annex",
  "the bridge can carry loads > 40 tonnes, whatever the sign says",
  "the vote was 31 to 12, with Q&A to follow",
  "a second inquiry would cost more than the damage itself",
] as const;

const WHERE = [
  "in the old town",
  "along the coast",
  'near the "Three Lamps" crossing',
  "across the province",
  "at the company’s plant in Łódź",
  "between 6 a.m. and noon",
] as const;

/** A random sentence of a news story as Markdown, with characters that are escaped in XML: & < > and quotes. */
export const writeSentence = (random: Random): string =>
  `${random.pick(WHO)} ${random.pick(DID)} ${random.pick(WHAT)} ${random.pick(WHERE)}.`;
