import { performance } from "node:perf_hooks";
import { benchPublication } from "../input/publication.ts";
import { spreadOf } from "../measure/statistics.ts";
import { range, threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { bareWorker } from "./bare-worker.ts";
import { sendRequest, type WireResponse } from "./send-request.ts";
import { type SiteFolder, writeSite } from "./site-folder.ts";
import { ourWorker } from "./worker-source.ts";
import { startWorkerd } from "./workerd.ts";

const PATH = "/rss.xml";
const BARE = "bare";

const firstResponse = async ({ config }: SiteFolder): Promise<WireResponse> => {
  using server = await startWorkerd(config);
  const response = await sendRequest(server.port, PATH, {});
  if (response.status !== 200) throw new Error(`${PATH} answered ${response.status} at the start.`);
  return response;
};

const writeOurSite = async (stories: number, root?: string): Promise<SiteFolder> =>
  writeSite(await ourWorker(await benchPublication(stories, 20), root));

/** The time from starting workerd to the end of the first response. */
export const startupPart: Part = async ({ isQuick, before }) => {
  using small = await writeOurSite(20);
  using large = await writeOurSite(isQuick ? 100 : 1000);
  const found = await firstResponse(small);
  using bare = await writeSite(bareWorker(found, found, "literal"));
  using former = before === undefined ? undefined : await writeOurSite(20, before);
  const workers: readonly { readonly name: string; readonly site: SiteFolder; readonly times: number[] }[] = [
    { name: "feedwright, 20 stories", site: small, times: [] },
    { name: `feedwright, ${isQuick ? "100" : "1,000"} stories`, site: large, times: [] },
    { name: BARE, site: bare, times: [] },
    ...(former === undefined ? [] : [{ name: "before, 20 stories", site: former, times: [] }]),
  ];
  for (let round = 0; round < (isQuick ? 1 : 31); round++) {
    for (const { site, times } of workers) {
      const start = performance.now();
      await firstResponse(site);
      times.push(performance.now() - start);
    }
  }
  const bareTimes = workers.find(({ name }) => name === BARE)?.times ?? [];
  const rows = workers.map(({ name, times }) => {
    const spread = spreadOf(times);
    const ratio = spreadOf(times.map((time, round) => time / (bareTimes[round] ?? Number.NaN)));
    return [name, threeDigits(spread.median), range(spread), threeDigits(ratio.median)];
  });
  return `## Start-up

From spawning workerd to the whole answer to its first request, \`${PATH}\` with 20 items. \`ratio\` is the median of the rounds' ratios.
Goal: at most 1.5 of bare with 20 stories.

${table(["worker", "median ms", "min–max ms", "ratio to bare"], rows)}
`;
};
