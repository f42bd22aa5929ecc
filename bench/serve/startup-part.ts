import { performance } from "node:perf_hooks";
import { benchPublication } from "../input/publication.ts";
import { spreadOf } from "../measure/statistics.ts";
import { range, threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { bareWorker } from "./bare-worker.ts";
import { ask, type Exchange } from "./exchange.ts";
import { type SiteFolder, writeSite } from "./site-folder.ts";
import { ourWorker } from "./worker-source.ts";
import { startWorkerd } from "./workerd.ts";

const PATH = "/rss.xml";

const firstAnswer = async ({ config }: SiteFolder): Promise<Exchange> => {
  using server = await startWorkerd(config);
  const answer = await ask(server.port, PATH, {});
  if (answer.status !== 200) throw new Error(`${PATH} answered ${answer.status} at the start.`);
  return answer;
};

const ours = async (stories: number): Promise<SiteFolder> =>
  writeSite(await ourWorker(await benchPublication(stories, 20)));

/** From starting workerd to the first answered request. */
export const startupPart: Part = async ({ isQuick }) => {
  using small = await ours(20);
  using large = await ours(isQuick ? 100 : 1000);
  const found = await firstAnswer(small);
  using bare = await writeSite(bareWorker(found, found, "literal"));
  const entrants = [
    { name: "feedwright, 20 stories", site: small, times: [] as number[] },
    { name: `feedwright, ${isQuick ? "100" : "1,000"} stories`, site: large, times: [] },
    { name: "bare", site: bare, times: [] },
  ];
  for (let round = 0; round < (isQuick ? 1 : 9); round++) {
    for (const { site, times } of entrants) {
      const start = performance.now();
      await firstAnswer(site);
      times.push(performance.now() - start);
    }
  }
  const rows = entrants.map(({ name, times }) => {
    const spread = spreadOf(times);
    return [name, threeDigits(spread.median), range(spread)];
  });
  return `## Start-up

From spawning workerd to the whole answer to its first request, \`${PATH}\` with 20 items.

${table(["worker", "median ms", "min–max ms"], rows)}
`;
};
