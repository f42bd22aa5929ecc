import { benchPublication } from "../input/publication.ts";
import { randomFrom } from "../input/random.ts";
import { threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { bareWorker } from "../serve/bare-worker.ts";
import { ask, type Exchange } from "../serve/exchange.ts";
import { type SiteFolder, writeSite } from "../serve/site-folder.ts";
import { ourWorker } from "../serve/worker-source.ts";
import { startWorkerd } from "../serve/workerd.ts";
import { askAll } from "./ask-all.ts";
import { knownQuestion, type Question, strayQuestion } from "./questions.ts";
import { residentBytes } from "./resident-bytes.ts";

/** How many requests come before the growth counts, and after how many more it is read. */
interface Effort {
  readonly warmUp: number;
  readonly steps: readonly number[];
}

const QUICK: Effort = { warmUp: 500, steps: [1000, 5000] };
const WHOLE: Effort = { warmUp: 2000, steps: [10_000, 30_000, 100_000] };

/** So many strange requests come again and again where none is to be new. */
const REPEATED = 50;

const megabytes = (bytes: number): string => (Number.isNaN(bytes) ? "n/a" : `${threeDigits(bytes / 1e6)} MB`);

/** Never the same request twice. */
const strangers = (): ((number: number) => Question) => {
  const random = randomFrom(1);
  return () => strayQuestion(random);
};

/** The first few of the same requests, again and again. */
const repeated = (): ((number: number) => Question) => {
  const random = randomFrom(1);
  const questions = Array.from({ length: REPEATED }, () => strayQuestion(random));
  return (number) => questions[number % REPEATED] ?? strayQuestion(random);
};

/** A worker that answers everything with the same 200 remembers nothing. */
const answered200 =
  (next: (number: number) => Question): ((number: number) => Question) =>
  (number) => ({ ...next(number), status: 200 });

/** Resident bytes after the warm-up, then after each step. */
const measure = async (
  { config }: SiteFolder,
  next: (number: number) => Question,
  { warmUp, steps }: Effort,
): Promise<readonly number[]> => {
  using server = await startWorkerd(config);
  await askAll(server.port, warmUp, knownQuestion);
  const readings = [await residentBytes(server.pid)];
  let asked = 0;
  for (const step of steps) {
    await askAll(server.port, step - asked, next);
    asked = step;
    readings.push(await residentBytes(server.pid));
  }
  return readings;
};

/** The main feed in gzip, for the bare worker to answer: about as long as most of our answers. */
const recordFeed = async ({ config }: SiteFolder): Promise<Exchange> => {
  using server = await startWorkerd(config);
  return await ask(server.port, "/rss.xml", { "accept-encoding": "gzip" });
};

/** What strangers can make our worker remember. */
export const memoryPart: Part = async ({ isQuick }) => {
  const effort = isQuick ? QUICK : WHOLE;
  using site = await writeSite(await ourWorker(await benchPublication(20, 20)));
  const found = await recordFeed(site);
  using bareSite = await writeSite(bareWorker(found, found, "literal"));
  const runs = [
    { name: "feedwright, never the same request", readings: await measure(site, strangers(), effort) },
    { name: `feedwright, the same ${REPEATED} requests`, readings: await measure(site, repeated(), effort) },
    { name: "bare, never the same request", readings: await measure(bareSite, answered200(strangers()), effort) },
  ];
  const last = effort.steps.at(-1) ?? 0;
  return `## Memory

Resident memory (VmRSS, Linux only) of plain workerd with our worker and 20 stories: after ${effort.warmUp.toLocaleString("en-US")} requests for known addresses, then after
more requests of strangers. They ask for the same feeds with query strings that nobody sends twice, for feeds of made-up tags, and
with Accept and Accept-Encoding headers that are all different. workerd's own memory grows with the number of answers, whatever a worker
does: so the same is measured with requests that are always the same ${REPEATED}, and with a bare worker, which can remember nothing. What strangers
make our worker remember is the first row's growth less the second's.

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
