import { benchPublication } from "../input/publication.ts";
import { randomFrom } from "../input/random.ts";
import { threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { writeSite } from "../serve/site-folder.ts";
import { ourWorker } from "../serve/worker-source.ts";
import { startWorkerd } from "../serve/workerd.ts";
import { askAll } from "./ask-all.ts";
import { knownQuestion, strayQuestion } from "./questions.ts";
import { residentBytes } from "./resident-bytes.ts";

const megabytes = (bytes: number): string => (Number.isNaN(bytes) ? "n/a" : `${threeDigits(bytes / 1e6)} MB`);

const count = (requests: number): string => requests.toLocaleString("en-US");

/** What strangers can make our worker remember. */
export const memoryPart: Part = async ({ isQuick }) => {
  const [warmUp, steps] = isQuick ? [500, [1000, 5000]] : [2000, [10_000, 30_000, 100_000]];
  using site = await writeSite(await ourWorker(await benchPublication(20, 20)));
  using server = await startWorkerd(site.config);
  const started = await residentBytes(server.pid);
  await askAll(server.port, warmUp, knownQuestion);
  const warm = await residentBytes(server.pid);
  const rows = [
    ["at the start", megabytes(started), ""],
    [`after ${count(warmUp)} requests for known addresses`, megabytes(warm), ""],
  ];
  const random = randomFrom(1);
  let asked = 0;
  for (const step of steps) {
    await askAll(server.port, step - asked, () => strayQuestion(random));
    asked = step;
    const now = await residentBytes(server.pid);
    rows.push([`after ${count(step)} more of strangers`, megabytes(now), megabytes(now - warm)]);
  }
  return `## Memory

Resident memory (VmRSS, Linux only) of plain workerd with our worker and 20 stories. Strangers ask for the same feeds with query
strings that are never the same, for feeds of made-up tags, and with Accept and Accept-Encoding headers that are all different.
What grows once and then stays is the engine's heap; what grows with the number of requests would be a leak.

${table(["resident memory of workerd", "VmRSS", "growth since known"], rows)}
`;
};
