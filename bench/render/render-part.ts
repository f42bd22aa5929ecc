import { benchFeed } from "../input/feed.ts";
import { alternate, type Contender, type Effort, type Timing } from "../measure/alternate.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { contests } from "./contenders.ts";
import { AGAIN_HEAD, againRows, COLD_HEAD, coldRows } from "./rows.ts";

const SMALLER_COUNTS = [10, 100] as const;

/** Items of the feed that is written cold as well as after one new story. */
const COUNT = 1000;

const checkItems = (contenders: readonly Contender[], itemMark: string, count: number): void => {
  for (const { name, prepare } of contenders) {
    const found = new TextDecoder().decode(prepare()()).split(itemMark).length - 1;
    if (found !== count) throw new Error(`${name} wrote ${found} items instead of ${count}.`);
  }
};

const time = (contenders: readonly Contender[], itemMark: string, count: number, effort: Effort): readonly Timing[] => {
  checkItems(contenders, itemMark, count);
  return alternate(contenders, effort);
};

/** How long it takes to write a feed as bytes, beside the libraries that others use. */
export const renderPart: Part = async ({ isQuick }) => {
  // After one new story, ours are so short that a single one would wobble.
  const [rounds, warmUp, runs, againRepetitions] = isQuick ? [3, 1, 50, 2] : [21, 5, 1000, 3];
  const cold: (readonly string[])[] = [];
  const again: (readonly string[])[] = [];
  const feed = await benchFeed(COUNT);
  for (const one of [...(await Promise.all(SMALLER_COUNTS.map(benchFeed))), feed]) {
    const count = one.items.length;
    const repetitions = Math.ceil(runs / count);
    for (const { format, itemMark, enter } of contests) {
      const timings = time(enter(one), itemMark, count, { rounds, warmUp, repetitions });
      cold.push(...coldRows(`${format.name}, ${count.toLocaleString("en-US")} items`, timings));
    }
  }
  for (const { format, itemMark, enterAgain } of contests) {
    const effort = { rounds, warmUp, repetitions: againRepetitions };
    again.push(...againRows(format.name, time(enterAgain(feed), itemMark, COUNT, effort)));
  }
  return `## Rendering

A Feed of full-text items, about 4.9 kB of HTML each, to UTF-8 bytes. Everyone's input objects are ready before the clock starts.
${rounds} rounds, each in random order; \`ratio\` is the median of the rounds' ratios to the \`feed\` package's time, less is faster. \`CPU\` is processor time of all
threads, which a busy machine changes less.

### Cold

Nothing was rendered before. Ours also makes the digests that entity tags and deltas need. The floor is \`JSON.stringify\` of the finished feed.
Goal: RSS and Atom of 1,000 items in at most 0.25 of \`feed\`, JSON in at most 1.2 of the floor.

${table(COLD_HEAD, cold)}

### After one new story

A feed of ${COUNT.toLocaleString("en-US")} items, of which all but the newest stand in a document that is still kept, as in a worker that has served the feed before.
Ours copies what was rendered; \`feed\` writes the whole again. Goal: at most 1/50 of \`feed\`.

${table(AGAIN_HEAD, again)}
`;
};
