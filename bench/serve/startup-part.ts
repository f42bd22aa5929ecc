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

const firstResponse = async ({ config }: SiteFolder): Promise<WireResponse> => {
  using server = await startWorkerd(config);
  const response = await sendRequest(server.port, PATH, {});
  if (response.status !== 200) throw new Error(`${PATH} answered ${response.status} at the start.`);
  return response;
};

const writeOurSite = async (stories: number): Promise<SiteFolder> =>
  writeSite(await ourWorker(await benchPublication(stories, 20)));

/** The time from starting workerd to the end of the first response. */
export const startupPart: Part = async ({ isQuick }) => {
  using small = await writeOurSite(20);
  using large = await writeOurSite(isQuick ? 100 : 1000);
  const found = await firstResponse(small);
  using bare = await writeSite(bareWorker(found, found, "literal"));
  const workers: readonly { readonly name: string; readonly site: SiteFolder; readonly times: number[] }[] = [
    { name: "feedwright, 20 stories", site: small, times: [] },
    { name: `feedwright, ${isQuick ? "100" : "1,000"} stories`, site: large, times: [] },
    { name: "bare", site: bare, times: [] },
  ];
  for (let round = 0; round < (isQuick ? 1 : 9); round++) {
    for (const { site, times } of workers) {
      const start = performance.now();
      await firstResponse(site);
      times.push(performance.now() - start);
    }
  }
  const rows = workers.map(({ name, times }) => {
    const spread = spreadOf(times);
    return [name, threeDigits(spread.median), range(spread)];
  });
  return `## Start-up

From spawning workerd to the whole answer to its first request, \`${PATH}\` with 20 items.

${table(["worker", "median ms", "min–max ms"], rows)}
`;
};
