import { benchPublication } from "../input/publication.ts";
import { randomFrom } from "../input/random.ts";
import { threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { bareWorker } from "../serve/bare-worker.ts";
import { sendRequest, type WireResponse } from "../serve/send-request.ts";
import { type SiteFolder, writeSite } from "../serve/site-folder.ts";
import { ourWorker } from "../serve/worker-source.ts";
import { startWorkerd } from "../serve/workerd.ts";
import { residentBytes } from "./resident-bytes.ts";
import { knownRequest, randomRequest, type SampleRequest } from "./sample-requests.ts";
import { sendAll } from "./send-all.ts";

/** After how many requests memory is first read, and after how many more it is read again. */
interface Effort {
  readonly warmUp: number;
  readonly steps: readonly number[];
}

const QUICK: Effort = { warmUp: 500, steps: [1000, 5000] };
const WHOLE: Effort = { warmUp: 2000, steps: [10_000, 30_000, 100_000] };

/** Number of the requests that are repeated where none is to be new. */
const REPEATED = 50;

const megabytes = (bytes: number): string => (Number.isNaN(bytes) ? "n/a" : `${threeDigits(bytes / 1e6)} MB`);

/** Requests that are never the same twice. */
const newRequests = (): ((number: number) => SampleRequest) => {
  const random = randomFrom(1);
  return () => randomRequest(random);
};

/** The first few of those, again and again. */
const repeatedRequests = (): ((number: number) => SampleRequest) => {
  const random = randomFrom(1);
  const requests = Array.from({ length: REPEATED }, () => randomRequest(random));
  return (number) => requests[number % REPEATED] ?? randomRequest(random);
};

/** The same requests, for a worker that answers 200 to all of them. */
const expecting200 =
  (next: (number: number) => SampleRequest): ((number: number) => SampleRequest) =>
  (number) => ({ ...next(number), status: 200 });

/** Resident bytes after the warm-up, then after each step. */
const measure = async (
  { config }: SiteFolder,
  next: (number: number) => SampleRequest,
  { warmUp, steps }: Effort,
): Promise<readonly number[]> => {
  using server = await startWorkerd(config);
  await sendAll(server.port, warmUp, knownRequest);
  const readings = [await residentBytes(server.pid)];
  let sent = 0;
  for (const step of steps) {
    await sendAll(server.port, step - sent, next);
    sent = step;
    readings.push(await residentBytes(server.pid));
  }
  return readings;
};

/** The response with the main feed in gzip, for the bare worker: about as long as most of our responses. */
const recordFeed = async ({ config }: SiteFolder): Promise<WireResponse> => {
  using server = await startWorkerd(config);
  return await sendRequest(server.port, "/rss.xml", { "accept-encoding": "gzip" });
};

/** How much memory requests make our worker keep that nobody sends twice. */
export const memoryPart: Part = async ({ isQuick }) => {
  const effort = isQuick ? QUICK : WHOLE;
  using site = await writeSite(await ourWorker(await benchPublication(20, 20)));
  const found = await recordFeed(site);
  using bareSite = await writeSite(bareWorker(found, found, "literal"));
  const runs = [
    { name: "feedwright, never the same request", readings: await measure(site, newRequests(), effort) },
    { name: `feedwright, the same ${REPEATED} requests`, readings: await measure(site, repeatedRequests(), effort) },
    { name: "bare, never the same request", readings: await measure(bareSite, expecting200(newRequests()), effort) },
  ];
  const last = effort.steps.at(-1) ?? 0;
  return `## Memory

Resident memory (VmRSS, Linux only) of plain workerd with our worker and 20 stories: after ${effort.warmUp.toLocaleString("en-US")} requests for known addresses, then after
more random requests: for the same feeds with query strings that are never the same twice, and for feeds of made-up tags, with Accept and
Accept-Encoding headers that are all different. workerd's own memory grows with the number of responses, whatever a worker does: so the
same is measured with requests that are always the same ${REPEATED}, and with a bare worker, which keeps nothing. What random requests make our
worker keep is the first row's growth less the second's.

${table(
  [
    "worker, requests",
    "known",
    ...effort.steps.map((step) => `+ ${step.toLocaleString("en-US")}`),
    `growth by ${last.toLocaleString("en-US")}`,
  ],
  runs.map(({ name, readings }) => [
    name,
    ...readings.map(megabytes),
    megabytes((readings.at(-1) ?? Number.NaN) - (readings[0] ?? Number.NaN)),
  ]),
)}
`;
};
