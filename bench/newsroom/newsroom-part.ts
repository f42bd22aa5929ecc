import { range, threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { openNewsroomClient } from "./client.ts";
import { fillDatabase } from "./fill-database.ts";
import { type Cost, measures, reduced } from "./measure.ts";
import { FEED_LENGTH, type RunningNewsroom, runNewsroom } from "./run-newsroom.ts";

/** Starts a newsroom with so many stories. */
const startNewsroom = async (stories: number): Promise<RunningNewsroom> => {
  const newsroom = await runNewsroom();
  await fillDatabase(newsroom, stories);
  return newsroom;
};

const rowOf = (stories: number, { name, rows, milliseconds, unchanged }: Cost): readonly string[] => [
  `${name}: ${stories.toLocaleString("en-US")} stories`,
  rows.toLocaleString("en-US"),
  threeDigits(milliseconds.median),
  range(milliseconds),
  ...(unchanged ? [threeDigits(unchanged.median), range(unchanged)] : ["", ""]),
];

/** What requests and publishing take while stories are in D1, with few of them and with many. */
export const newsroomPart: Part = async ({ isQuick }) => {
  const count = isQuick ? 5 : 21;
  const [few, many] = [1000, isQuick ? 5000 : 100_000];
  await using small = await startNewsroom(few);
  await using large = await startNewsroom(many);
  using smallClient = openNewsroomClient(small);
  using largeClient = openNewsroomClient(large);
  const rows: (readonly string[])[] = [];
  for (const measure of measures) {
    const ofFew = await measure(smallClient, count);
    const ofMany = await measure(largeClient, count);
    ofFew.forEach((cost, index) => {
      rows.push(rowOf(few, cost), ...ofMany.slice(index, index + 1).map((other) => rowOf(many, other)));
    });
  }
  return `## The newsroom

Our worker with its stories in D1 and the publish API on, run by miniflare: one isolate, the database and the Cache API on this
machine, no replicas, no scheduler. Stories have 1.6 kB of text, feeds ${FEED_LENGTH} stories; each story is in four feeds. ${count} requests each, one at a time.
Before each a story is published, which makes every edition new: so a 200 is made from the database, in gzip, and finds nothing in
memory or in the edge cache but the stories that were read before. The 304 is asked for right after it. \`PUT\` publishes a story newer than all others,
from sending it to the whole answer; the row below it goes on until the main feed shows it to a reader of the same isolate. Other isolates
notice within REVISION_SECONDS (3 unless it says otherwise). On Cloudflare the way to the database comes on top. \`PUT of the oldest\` adds
a story that is older than all (samples: ${reduced(count)}): every later one of its feeds moves by a place, which is why imports should send the oldest first.
\`rows read\` is the most that one request read, the revision included: the sum of \`meta.rows_read\` of all answers
that D1 gave to the worker, counted where the worker calls it.
Goal: as many rows with 100,000 stories as with 1,000.

${table(["request: stories in D1", "rows read", "median ms", "min–max ms", "304 ms", "min–max ms"], rows)}
`;
};
