import { benchPublication } from "../input/publication.ts";
import { type Random, randomFrom } from "../input/random.ts";
import { spreadOf } from "../measure/statistics.ts";
import { kilobytes, range, threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { bareWorker } from "./bare-worker.ts";
import { type Case, cases, checkAnswer, type Recording, record, requestText } from "./cases.ts";
import { type Load, openLoad } from "./load.ts";
import { type Course, type Lap, type Runner, race } from "./race.ts";
import { type SiteFolder, writeSite } from "./site-folder.ts";
import { ourWorker } from "./worker-source.ts";
import { startWorkerd } from "./workerd.ts";

const BARE = "bare";

const ratios = ({ laps }: Runner, base: Runner | undefined, of: (lap: Lap, baseLap: Lap) => number) =>
  spreadOf(laps.flatMap((lap, round) => (base?.laps[round] === undefined ? [] : [of(lap, base.laps[round])])));

const rowsOf = ({ path, status }: Case, { found }: Recording, runners: readonly Runner[]) => {
  const what = `${status} ${path}${status === 200 ? ` (${kilobytes(found.body.byteLength)})` : ""}`;
  const base = runners.find(({ name }) => name === BARE);
  return runners.map((runner) => {
    const rate = spreadOf(runner.laps.map((lap) => lap.rate));
    const ratio = ratios(runner, base, (lap, other) => lap.rate / other.rate);
    const cpuRatio = ratios(runner, base, (lap, other) => other.cpu / lap.cpu);
    return [
      `${what}: ${runner.name}`,
      threeDigits(rate.median),
      range(rate),
      runner === base ? "1" : threeDigits(ratio.median),
      runner === base ? "" : range(ratio),
      threeDigits(spreadOf(runner.laps.map(({ cpu }) => cpu)).median),
      runner === base ? "1" : threeDigits(cpuRatio.median),
      threeDigits(spreadOf(runner.laps.map(({ busy }) => busy)).median),
    ];
  });
};

const measure = async (one: Case, ourSite: SiteFolder, load: Load, course: Course, random: Random) => {
  using ours = await startWorkerd(ourSite.config);
  const recording = await record(ours, one);
  const { found, notModified, fields } = recording;
  using bareSite = await writeSite(bareWorker(found, notModified, "literal"));
  using bare = await startWorkerd(bareSite.config);
  using readySite = await writeSite(bareWorker(found, notModified, "object"));
  using ready = await startWorkerd(readySite.config);
  for (const server of [ours, bare, ready]) await checkAnswer(server, one, recording);
  const entrants = [
    { name: "feedwright", server: ours },
    { name: BARE, server: bare },
    { name: "bare, Headers ready", server: ready },
  ];
  const request = requestText(one.path, fields);
  return rowsOf(one, recording, await race(load, entrants, { request, status: one.status }, course, random));
};

/** How many requests a second our worker answers, beside the least that a worker can do for the same answers. */
export const requestsPart: Part = async ({ isQuick }) => {
  const course: Course = isQuick
    ? { rounds: 3, milliseconds: 100, warmUpMilliseconds: 200, connections: 32 }
    : { rounds: 21, milliseconds: 500, warmUpMilliseconds: 2000, connections: 32 };
  using site = await writeSite(await ourWorker(await benchPublication(20, 20)));
  await using load = openLoad();
  const random = randomFrom(1);
  const rows: (readonly string[])[] = [];
  for (const one of cases) rows.push(...(await measure(one, site, load, course, random)));
  const head = ["answer: worker", "req/s", "min–max", "ratio to bare", "min–max", "CPU µs", "CPU ratio", "client busy"];
  return `## Requests per second in workerd

Our worker as it is deployed, with 20 stories, beside a worker that only compares If-None-Match with one string and sends the
same status, headers and bytes. Plain \`workerd serve\` on loopback, ${course.connections} kept-alive connections without pipelining,
${course.rounds} rounds of ${course.milliseconds / 1000} s each, in random order. \`bare\` holds its headers as an object literal, \`Headers ready\` as a Headers object.
\`ratio\` is the median of the rounds' ratios of requests per second. \`CPU µs\` is the server's CPU time per request (Linux only),
\`CPU ratio\` what it says of speed on a machine that has nothing else to do. \`client busy\` near 1 would mean that the load generator is the limit.
Goal: 304s at 0.8 of bare or more (next 0.9 for 304 and 200).

${table(head, rows)}
`;
};
