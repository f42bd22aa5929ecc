import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { compile } from "../../src/content/compile.ts";
import { compilePublication } from "../../src/content/publication.ts";
import { HARD_UNITS, hardTexts, prose, randomUnit } from "../input/hard-markdown.ts";
import { randomFrom } from "../input/random.ts";
import { spreadOf } from "../measure/statistics.ts";
import { kilobytes, threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { ROOT } from "../serve/bundle.ts";

const SITE =
  "title: Bench\nurl: https://example.org\nlanguage: en\ndescription: Stories.\nid: tag:example.org,2026:bench\n";

const FRONT_MATTER = "---\nid: tag:example.org,2026:hard\ntitle: Hard\npublished: 2026-11-22T18:00:00Z\n---\n\n";

const PROSE_LENGTH = 400_000;

/** A mebibyte of a unit, of which a story may have less. */
const MEBIBYTE = 1_048_000;

type Compile = typeof compile;

interface CompileCost {
  /** CPU seconds, the median. */
  readonly seconds: number;
  readonly isRefused: boolean;
}

const measure = (compileOne: () => ReturnType<Compile>, rounds: number): CompileCost => {
  const seconds: number[] = [];
  let isRefused = false;
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage();
    isRefused = compileOne().item === undefined;
    const { user, system } = process.cpuUsage(start);
    seconds.push((user + system) / 1_000_000);
  }
  return { seconds: spreadOf(seconds).median, isRefused };
};

/** What compiles a story of a checkout. */
const compilerOf = async (root: string): Promise<(text: string) => ReturnType<Compile>> => {
  const module: { readonly compile: Compile } = await import(pathToFileURL(join(root, "src/content/compile.ts")).href);
  const { publication } = await compilePublication(new Map([["site.yaml", new TextEncoder().encode(SITE)]]));
  if (publication === undefined) throw new Error("The site of the benchmark does not compile.");
  const context = { channel: publication.channel, media: {}, slugs: {} };
  return (text) => module.compile("hard.md", FRONT_MATTER + text, context);
};

const cell = ({ seconds, isRefused }: CompileCost): string => `${threeDigits(seconds)}${isRefused ? " (refused)" : ""}`;

/** The CPU time of compiling texts that are made to be costly, beside that of prose. */
export const compilingPart: Part = async ({ isQuick, before }) => {
  const compileNow = await compilerOf(ROOT);
  const compileBefore = before === undefined ? undefined : await compilerOf(before);
  const rounds = isQuick ? 1 : 3;
  const random = randomFrom(7);
  const units = [...HARD_UNITS, ...Array.from({ length: isQuick ? 0 : 20 }, () => randomUnit(random))];
  const texts = units
    .slice(0, isQuick ? 3 : undefined)
    .flatMap((unit) => [
      ...hardTexts(unit),
      { unit, text: unit.repeat(Math.ceil(MEBIBYTE / unit.length)).slice(0, MEBIBYTE) },
    ]);
  const plain = measure(() => compileNow(prose(PROSE_LENGTH)), rounds);
  const hard = texts.map(({ unit, text }) => ({ unit, text, now: measure(() => compileNow(text), 1) }));
  const worst = hard
    .toSorted((a, b) => b.now.seconds - a.now.seconds)
    .slice(0, 12)
    .map(({ unit, text }) => ({ unit, text, now: measure(() => compileNow(text), rounds) }));
  const rows = [
    { name: "prose", text: prose(PROSE_LENGTH), now: plain },
    ...worst.map(({ unit, text, now }) => ({ name: JSON.stringify(unit).replaceAll("|", "\\|"), text, now })),
  ].map(({ name, text, now }) => [
    name,
    kilobytes(text.length),
    cell(now),
    threeDigits(now.seconds / plain.seconds),
    ...(compileBefore === undefined ? [] : [cell(measure(() => compileBefore(text), 1))]),
  ]);
  return `## Compiling

CPU seconds of compiling one story: prose, and the twelve costliest of ${texts.length} texts that repeat a unit as often as the limits of a
body allow, or to a mebibyte. The limits are those of \`src/content/body/limits\`; a test counts steps.

${table(["repeated", "text", "CPU s", "times prose", ...(compileBefore === undefined ? [] : ["before: CPU s"])], rows)}
`;
};
