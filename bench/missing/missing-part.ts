import { fillDatabase } from "../newsroom/fill-database.ts";
import { type RunningNewsroom, runNewsroom } from "../newsroom/run-newsroom.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { measureMisses } from "./measure-misses.ts";

const startNewsroom = async (stories: number, root?: string): Promise<RunningNewsroom> => {
  const newsroom = await runNewsroom(root);
  await fillDatabase(newsroom, stories, root);
  return newsroom;
};

/** What is read for requests of what does not exist, and what shows of stories that are hidden. */
export const missingPart: Part = async ({ isQuick, before }) => {
  const [stories, paths] = isQuick ? [2000, 500] : [100_000, 10_000];
  // Both end when both were measured: miniflare's connections to a workerd that has ended fail.
  await using ours = await startNewsroom(stories);
  await using theirs = before === undefined ? undefined : await startNewsroom(stories, before);
  const costs = await measureMisses(ours, paths);
  const former = theirs && (await measureMisses(theirs, paths));
  const rows = [...costs].map(([name, cost]) => [name, cost, ...(former ? [former.get(name) ?? ""] : [])]);
  return `## What does not exist, and what is hidden

The newsroom with ${stories.toLocaleString("en-US")} stories in D1, run by miniflare: one isolate without the limit by address, which would end it after
sixty. Paths that do not exist are all different, of every kind there is: stories, feeds of tags, authors and sections, archive pages,
media files, anything else. Each cell has the queries, and the rows that they read. The revision is read every three seconds, which
is part of the sums. \`hidden\` is a story that appears in a quarter of an hour, \`missing\` one that there is not.
Goal: 100 rows for 10,000 paths, 10 for the first of an isolate, none for bad tokens, the same for hidden and missing.

${table(["", "now", ...(former ? ["before"] : [])], rows)}
`;
};
