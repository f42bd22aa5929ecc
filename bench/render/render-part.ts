import { benchFeed } from "../input/feed.ts";
import { alternate, type Contender, type Effort, type Timing } from "../measure/alternate.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { comparisons } from "./contenders.ts";
import { COLD_HEAD, coldRows, WARM_HEAD, warmRows } from "./rows.ts";

/** Items of the feeds that are rendered cold; the last is rendered after one new story, too. */
const COUNTS = { smaller: [10, 100], last: 1000 } as const;
const QUICK_COUNTS = { smaller: [10], last: 100 } as const;

const checkItems = (contenders: readonly Contender[], itemMark: string, count: number): void => {
  for (const { name, prepare } of contenders) {
    const found = new TextDecoder().decode(prepare()()).split(itemMark).length - 1;
    if (found !== count) throw new Error(`${name} wrote ${found} items instead of ${count}.`);
  }
};

const timeAll = (
  contenders: readonly Contender[],
  itemMark: string,
  count: number,
  effort: Effort,
): readonly Timing[] => {
  checkItems(contenders, itemMark, count);
  return alternate(contenders, effort);
};

/** Measures how long it takes to render a feed to bytes, beside libraries that others use. */
export const renderPart: Part = async ({ isQuick }) => {
  // After one new story, ours takes so little time that a single run would not be exact.
  const [rounds, warmUp, runs, warmRepetitions] = isQuick ? [3, 1, 50, 2] : [21, 5, 1000, 3];
  const cold: (readonly string[])[] = [];
  const warm: (readonly string[])[] = [];
  const { smaller, last } = isQuick ? QUICK_COUNTS : COUNTS;
  const feed = await benchFeed(last);
  for (const one of [...(await Promise.all(smaller.map(benchFeed))), feed]) {
    const count = one.items.length;
    const repetitions = Math.ceil(runs / count);
    for (const { format, itemMark, coldContenders } of comparisons) {
      const timings = timeAll(coldContenders(one), itemMark, count, { rounds, warmUp, repetitions });
      cold.push(...coldRows(`${format.name}, ${count.toLocaleString("en-US")} items`, timings));
    }
  }
  for (const { format, itemMark, warmContenders } of comparisons) {
    const effort = { rounds, warmUp, repetitions: warmRepetitions };
    warm.push(...warmRows(format.name, timeAll(warmContenders(feed), itemMark, last, effort)));
  }
  return `## Rendering

A Feed of full-text items, about 4.9 kB of HTML each, to UTF-8 bytes. All input objects are ready before the clock starts.
${rounds} rounds, each in random order; \`ratio\` is the median of the rounds' ratios to the \`feed\` package's time, less is faster. \`CPU\` is processor time of all
threads, which a busy machine changes less.

### Cold

Nothing was rendered before. Ours also makes the digests that entity tags and deltas need. The floor is \`JSON.stringify\` of the finished feed.
Goal: RSS and Atom of 1,000 items in at most 0.25 of \`feed\`, JSON in at most 1.2 of the floor.

${table(COLD_HEAD, cold)}

### After one new story

A feed of ${last.toLocaleString("en-US")} items, of which all but the newest are in a document that is still in memory, as in a worker that has served the feed before.
Ours copies what was rendered; \`feed\` writes the whole again. Goal: at most 1/50 of \`feed\`.

${table(WARM_HEAD, warm)}
`;
};
