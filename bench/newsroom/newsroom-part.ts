import { range, threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { openDesk } from "./desk.ts";
import { fill, migrate } from "./fill.ts";
import { type Cost, measureDesk } from "./measure.ts";
import { FEED_LENGTH, runNewsroom } from "./running.ts";

/** What it takes with so many stories. */
interface Measured {
  readonly stories: number;
  readonly costs: readonly Cost[];
}

const measure = async (stories: number, count: number): Promise<Measured> => {
  await using running = await runNewsroom();
  await migrate(running);
  await fill(running, stories);
  using desk = openDesk(running);
  return { stories, costs: await measureDesk(desk, count) };
};

const rowOf = ({ name, rows, milliseconds, unchanged }: Cost, stories: number): readonly string[] => [
  `${name}: ${stories.toLocaleString("en-US")} stories`,
  String(rows),
  threeDigits(milliseconds.median),
  range(milliseconds),
  ...(unchanged ? [threeDigits(unchanged.median), range(unchanged)] : ["", ""]),
];

/** Rows of the same request stand together. */
const rowsOf = (few: Measured, many: Measured): readonly (readonly string[])[] =>
  few.costs.flatMap((cost, index) => [
    rowOf(cost, few.stories),
    ...many.costs.slice(index, index + 1).map((other) => rowOf(other, many.stories)),
  ]);

/** What requests and publishing take while stories are in D1, with few of them and with many. */
export const newsroomPart: Part = async ({ isQuick }) => {
  const count = isQuick ? 5 : 21;
  const few = await measure(1000, count);
  const many = await measure(isQuick ? 5000 : 100_000, count);
  return `## The newsroom

Our worker with its stories in D1 and the publish API on, run by miniflare: one isolate, the database and the Cache API on this
machine, no replicas, no scheduler. Stories have about 1 kB of text, feeds ${FEED_LENGTH} stories; each story is in four feeds. ${count} requests each, one at a time.
Before each a story is published, which makes every edition new: so a 200 is made from the database, in gzip, and finds nothing in
memory or on the shelf but the stories that were read before. The 304 is asked for right after it. \`PUT\` publishes a story newer than all others,
from sending it to the whole answer; the row below it goes on until the head feed shows it to a reader of the same isolate. Other isolates
notice within REVISION_SECONDS (3 unless it says otherwise). On Cloudflare the way to the database comes on top.
\`rows read\` is the most that one request read, the look at the revision included: the sum of \`meta.rows_read\` of all answers
that D1 gave to the worker, counted where the worker calls it.
Goal: as many rows with 100,000 stories as with 1,000.

${table(["request: stories in D1", "rows read", "median ms", "min–max ms", "304 ms", "min–max ms"], rowsOf(few, many))}
`;
};
