import { benchFeed } from "../input/feed.ts";
import { alternate, type Contender, type Sample, type Timing } from "../measure/alternate.ts";
import { spreadOf } from "../measure/statistics.ts";
import { kilobytes, range, threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { contests } from "./contenders.ts";

const PEER = "feed";

const checkItems = (contenders: readonly Contender[], itemMark: string, count: number): void => {
  for (const { name, run } of contenders) {
    const found = new TextDecoder().decode(run()).split(itemMark).length - 1;
    if (found !== count) throw new Error(`${name} wrote ${found} items instead of ${count}.`);
  }
};

/** Round by round, so that what slowed a whole round does not show. */
const ratios = ({ samples }: Timing, peer: Timing | undefined, of: (sample: Sample) => number) =>
  spreadOf(
    samples.flatMap((sample, round) => {
      const other = peer?.samples[round];
      return other === undefined ? [] : [of(sample) / of(other)];
    }),
  );

const rowsOf = (format: string, count: number, timings: readonly Timing[]): readonly (readonly string[])[] => {
  const peer = timings.find(({ name }) => name === PEER);
  return timings.map((timing) => {
    const clock = spreadOf(timing.samples.map((sample) => sample.clock));
    const ratio = ratios(timing, peer, (sample) => sample.clock);
    return [
      `${format}, ${count.toLocaleString("en-US")} items: ${timing.name}`,
      kilobytes(timing.bytes),
      threeDigits(clock.median),
      range(clock),
      timing === peer ? "1" : threeDigits(ratio.median),
      timing === peer ? "" : range(ratio),
      threeDigits(spreadOf(timing.samples.map((sample) => sample.cpu)).median),
      timing === peer ? "1" : threeDigits(ratios(timing, peer, (sample) => sample.cpu).median),
    ];
  });
};

/** How long it takes to write a feed as bytes, beside the libraries that others use. */
export const renderPart: Part = async ({ isQuick }) => {
  const [rounds, warmUp, runs] = isQuick ? [3, 1, 100] : [21, 5, 1000];
  const rows: (readonly string[])[] = [];
  for (const count of isQuick ? [10, 100] : [10, 100, 1000]) {
    const feed = await benchFeed(count);
    for (const { format, itemMark, enter } of contests) {
      const contenders = enter(feed);
      checkItems(contenders, itemMark, count);
      const timings = alternate(contenders, { rounds, warmUp, repetitions: Math.ceil(runs / count) });
      rows.push(...rowsOf(format.name, count, timings));
    }
  }
  const head = ["format: writer", "bytes", "median ms", "min–max", "ratio to feed", "min–max", "CPU ms", "CPU ratio"];
  return `## Rendering

A Feed of full-text items, about 4.9 kB of HTML each, to UTF-8 bytes. Everyone's input objects are ready before the clock starts.
${rounds} rounds, each in random order; \`ratio\` is the median of the rounds' ratios to the \`feed\` package's time, less is faster. \`CPU\` is processor time of all
threads, which a busy machine changes less. Goal: RSS and Atom of 1,000 items in at most 0.333 (next 0.25).

${table(head, rows)}
`;
};
