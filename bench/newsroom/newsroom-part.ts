import { range, threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { openDesk } from "./desk.ts";
import { fill, migrate } from "./fill.ts";
import { type Cost, measureDesk } from "./measure.ts";
import { FEED_LENGTH, runNewsroom } from "./running.ts";

const measure = async (stories: number, samples: number): Promise<readonly Cost[]> => {
  await using running = await runNewsroom();
  await migrate(running);
  await fill(running, stories);
  using desk = openDesk(running);
  return await measureDesk(desk, samples);
};

/** What requests and publishing take while stories are in D1, with few of them and with many. */
export const newsroomPart: Part = async ({ isQuick }) => {
  const samples = isQuick ? 5 : 21;
  const rows: (readonly string[])[] = [];
  const measured = new Map<number, readonly Cost[]>();
  for (const stories of isQuick ? [1000, 5000] : [1000, 100_000])
    measured.set(stories, await measure(stories, samples));
  for (const name of [...measured.values()][0]?.map((cost) => cost.name) ?? []) {
    for (const [stories, costs] of measured) {
      const cost = costs.find((one) => one.name === name);
      if (cost === undefined) continue;
      const { cold, warm } = cost;
      rows.push([
        `${name}, ${stories.toLocaleString("en-US")} stories`,
        String(cost.rows),
        threeDigits(cold.median),
        range(cold),
        warm === undefined ? "" : threeDigits(warm.median),
      ]);
    }
  }
  return `## The newsroom

TODO ${FEED_LENGTH}

${table(["request, stories in D1", "rows read", "median ms", "min–max ms", "warm 304, ms"], rows)}
`;
};
