import { benchPublication } from "../input/publication.ts";
import { type Random, randomFrom } from "../input/random.ts";
import { type Spread, spreadOf } from "../measure/statistics.ts";
import { kilobytes, range, threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { bareWorker } from "./bare-worker.ts";
import { type Case, cases, checkAnswer, type Recording, record, requestText } from "./cases.ts";
import { type Load, openLoad } from "./load.ts";
import { type Course, type Entrant, type Lap, type Runner, race } from "./race.ts";
import { type SiteFolder, writeSite } from "./site-folder.ts";
import { ourWorker } from "./worker-source.ts";
import { startWorkerd } from "./workerd.ts";

const BARE = "bare";

const ratios = ({ laps }: Runner, base: Runner, of: (lap: Lap, baseLap: Lap) => number): Spread =>
  spreadOf(laps.flatMap((lap, round) => (base.laps[round] === undefined ? [] : [of(lap, base.laps[round])])));

/** Ratio, its range, and the ratio of CPU time; none where ours runs alone. */
const compare = (runner: Runner, base: Runner | undefined): readonly [ratio: string, range: string, cpu: string] => {
  if (base === undefined) return ["", "", ""];
  if (runner === base) return ["1", "", "1"];
  const ratio = ratios(runner, base, (lap, other) => lap.rate / other.rate);
  const cpuRatio = ratios(runner, base, (lap, other) => other.cpu / lap.cpu);
  return [threeDigits(ratio.median), range(ratio), threeDigits(cpuRatio.median)];
};

const describe = ({ path, status, acceptEncoding }: Case, { expected }: Recording): string =>
  status === 304 ? `304 ${path}` : `${status} ${acceptEncoding} ${path} (${kilobytes(expected.body.byteLength)})`;

const rowsOf = (one: Case, recording: Recording, runners: readonly Runner[]): readonly (readonly string[])[] => {
  const base = runners.find(({ name }) => name === BARE);
  return runners.map((runner) => {
    const rate = spreadOf(runner.laps.map((lap) => lap.rate));
    const [ratio, ratioRange, cpuRatio] = compare(runner, base);
    return [
      `${describe(one, recording)}: ${runner.name}`,
      threeDigits(rate.median),
      range(rate),
      ratio,
      ratioRange,
      threeDigits(spreadOf(runner.laps.map(({ cpu }) => cpu)).median),
      cpuRatio,
      threeDigits(spreadOf(runner.laps.map(({ busy }) => busy)).median),
    ];
  });
};

const recordOn = async ({ config }: SiteFolder, one: Case): Promise<Recording> => {
  using server = await startWorkerd(config);
  return await record(server, one);
};

/** Who takes part, and where its worker is. */
interface Lane {
  readonly name: string;
  readonly site: SiteFolder;
}

/** Where all races are run. */
interface Track {
  readonly load: Load;
  readonly course: Course;
  readonly random: Random;
  readonly heats: number;
}

/** One race between servers that have just been started. */
const heat = async (lanes: readonly Lane[], one: Case, recording: Recording, { load, course, random }: Track) => {
  using servers = new DisposableStack();
  const entrants: Entrant[] = [];
  for (const { name, site } of lanes) {
    const server = servers.use(await startWorkerd(site.config));
    await checkAnswer(server, one, recording);
    entrants.push({ name, server });
  }
  const order = { request: requestText(one.path, recording.fields), status: one.status };
  return await race(load, entrants, order, course, random);
};

/** Several heats in a row: a process may be a tenth faster than another of the same program, for as long as it runs. */
const measure = async (one: Case, ourSite: SiteFolder, track: Track): Promise<readonly (readonly string[])[]> => {
  const recording = await recordOn(ourSite, one);
  const { found, notModified } = recording;
  using bareSite = await writeSite(bareWorker(found, notModified, "literal"));
  using readySite = await writeSite(bareWorker(found, notModified, "object"));
  const ours: Lane = { name: "feedwright", site: ourSite };
  const others: readonly Lane[] = [
    { name: BARE, site: bareSite },
    { name: "bare, Headers ready", site: readySite },
  ];
  const lanes = one.status === 226 ? [ours] : [ours, ...others];
  const laps = new Map<string, Lap[]>(lanes.map(({ name }) => [name, []]));
  for (let done = 0; done < track.heats; done++) {
    for (const runner of await heat(lanes, one, recording, track)) laps.get(runner.name)?.push(...runner.laps);
  }
  return rowsOf(
    one,
    recording,
    Array.from(laps, ([name, own]) => ({ name, laps: own })),
  );
};

/** How many requests a second our worker answers, beside the least that a worker can do for the same answers. */
export const requestsPart: Part = async ({ isQuick }) => {
  const heats = isQuick ? 1 : 4;
  const course: Course = isQuick
    ? { rounds: 3, milliseconds: 80, warmUpMilliseconds: 120, connections: 32 }
    : { rounds: 5, milliseconds: 400, warmUpMilliseconds: 1000, connections: 32 };
  using site = await writeSite(await ourWorker(await benchPublication(20, 20)));
  await using load = openLoad();
  const track: Track = { load, course, random: randomFrom(1), heats };
  const rows: (readonly string[])[] = [];
  for (const one of cases) rows.push(...(await measure(one, site, track)));
  const head = ["answer: worker", "req/s", "min–max", "ratio to bare", "min–max", "CPU µs", "CPU ratio", "client busy"];
  return `## Requests per second in workerd

Our worker as it is deployed, with 20 stories, beside a worker that only compares If-None-Match with one string and sends the
same status, headers and bytes. Plain \`workerd serve\` on loopback, ${course.connections} kept-alive connections without pipelining,
${heats * course.rounds} rounds of ${course.milliseconds / 1000} s each, in random order, and new processes after every ${course.rounds}. \`bare\` holds its headers as an object literal, \`Headers ready\` as a Headers object.
\`ratio\` is the median of the rounds' ratios of requests per second. \`CPU µs\` is the server's CPU time per request (Linux only),
\`CPU ratio\` what it says of speed on a machine that has nothing else to do. \`client busy\` near 1 would mean that the load generator is the limit.
226 is a delta of one story, made once; no bare worker makes any.
Goal: 0.9 of bare or more for 304, 200 identity and 200 gzip.

${table(head, rows)}
`;
};
