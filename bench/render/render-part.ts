import { benchFeed } from "../input/feed.ts";
import { alternate, type Timing } from "../measure/alternate.ts";
import { spreadOf } from "../measure/statistics.ts";
import { kilobytes, range, threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { type Contest, contestsFor } from "./contenders.ts";

const PEER = "feed";

const checkItems = ({ contenders, itemMark }: Contest, count: number): void => {
  for (const { name, run } of contenders) {
    const found = new TextDecoder().decode(run()).split(itemMark).length - 1;
    if (found !== count) throw new Error(`${name} wrote ${found} items instead of ${count}.`);
  }
};

/** Round by round, so that what slowed a whole round does not show. */
const ratiosTo = (peer: Timing | undefined, { rounds }: Timing) =>
  spreadOf(rounds.map((time, round) => time / (peer?.rounds[round] ?? Number.NaN)));

const rowsOf = (format: string, count: number, timings: readonly Timing[]): readonly (readonly string[])[] => {
  const peer = timings.find(({ name }) => name === PEER);
  return timings.map((timing) => [
    `${format}, ${count.toLocaleString("en-US")} items: ${timing.name}`,
    kilobytes(timing.bytes),
    threeDigits(timing.spread.median),
    range(timing.spread),
    timing === peer ? "1" : threeDigits(ratiosTo(peer, timing).median),
    timing === peer ? "" : range(ratiosTo(peer, timing)),
  ]);
};

/** How long it takes to write a feed as bytes, beside the libraries that others use. */
export const renderPart: Part = async ({ isQuick }) => {
  const rows: (readonly string[])[] = [];
  for (const count of isQuick ? [10, 100] : [10, 100, 1000]) {
    const repetitions = Math.ceil((isQuick ? 100 : 1000) / count);
    for (const contest of contestsFor(await benchFeed(count))) {
      checkItems(contest, count);
      const timings = alternate(contest.contenders, {
        rounds: isQuick ? 3 : 21,
        warmUp: isQuick ? 1 : 5,
        repetitions,
      });
      rows.push(...rowsOf(contest.format.name, count, timings));
    }
  }
  return `## Rendering

A Feed of full-text items, about 4.9 kB of HTML each, to UTF-8 bytes. Everyone's input objects are ready before the clock starts.
The ratio is to the \`feed\` package's time in the same round; less is faster.
Goal: RSS and Atom of 1,000 items in at most 0.333 (next 0.25).

${table(["format, items: writer", "bytes", "median ms", "min–max ms", "ratio to feed", "min–max"], rows)}
`;
};
