import { benchPublication } from "../input/publication.ts";
import { type Random, randomFrom } from "../input/random.ts";
import { type Spread, spreadOf } from "../measure/statistics.ts";
import { kilobytes, range, threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import { bareWorker } from "./bare-worker.ts";
import { type Case, cases, checkResponse, type Recording, record, requestText } from "./cases.ts";
import {
  compareServers,
  type LoadEffort,
  type LoadSample,
  type NamedServer,
  type ServerSamples,
} from "./compare-servers.ts";
import { type LoadGenerator, startLoadGenerator } from "./load-generator.ts";
import { type SiteFolder, writeSite } from "./site-folder.ts";
import { ourWorker } from "./worker-source.ts";
import { startWorkerd } from "./workerd.ts";

const BARE = "bare";

const ratios = (
  { samples }: ServerSamples,
  base: ServerSamples,
  ratioOf: (sample: LoadSample, baseSample: LoadSample) => number,
): Spread =>
  spreadOf(
    samples.flatMap((sample, round) => {
      const baseSample = base.samples[round];
      return baseSample === undefined ? [] : [ratioOf(sample, baseSample)];
    }),
  );

/** Ratio to the base, its range, and the ratio of CPU time; empty without a base. */
const compareToBase = (
  server: ServerSamples,
  base: ServerSamples | undefined,
): readonly [ratio: string, range: string, cpu: string] => {
  if (base === undefined) return ["", "", ""];
  if (server === base) return ["1", "", "1"];
  const ratio = ratios(server, base, (sample, other) => sample.rate / other.rate);
  const cpuRatio = ratios(server, base, (sample, other) => other.cpu / sample.cpu);
  return [threeDigits(ratio.median), range(ratio), threeDigits(cpuRatio.median)];
};

const describe = ({ path, status, acceptEncoding }: Case, { expected }: Recording): string =>
  status === 304 ? `304 ${path}` : `${status} ${acceptEncoding} ${path} (${kilobytes(expected.body.byteLength)})`;

const rowsOf = (one: Case, recording: Recording, servers: readonly ServerSamples[]): readonly (readonly string[])[] => {
  const base = servers.find(({ name }) => name === BARE);
  return servers.map((server) => {
    const rate = spreadOf(server.samples.map((sample) => sample.rate));
    const [ratio, ratioRange, cpuRatio] = compareToBase(server, base);
    return [
      `${describe(one, recording)}: ${server.name}`,
      threeDigits(rate.median),
      range(rate),
      ratio,
      ratioRange,
      threeDigits(spreadOf(server.samples.map(({ cpu }) => cpu)).median),
      cpuRatio,
      threeDigits(spreadOf(server.samples.map(({ busy }) => busy)).median),
    ];
  });
};

const recordOn = async ({ config }: SiteFolder, one: Case): Promise<Recording> => {
  using server = await startWorkerd(config);
  return await record(server, one);
};

/** A worker, and the folder from which it is started. */
interface NamedSite {
  readonly name: string;
  readonly site: SiteFolder;
}

/** What all comparisons share. */
interface Setup {
  readonly load: LoadGenerator;
  readonly effort: LoadEffort;
  readonly random: Random;
  /** How often servers are started anew. */
  readonly restarts: number;
}

/** Compares servers that have just been started. */
const compareOnce = async (
  sites: readonly NamedSite[],
  one: Case,
  recording: Recording,
  { load, effort, random }: Setup,
): Promise<readonly ServerSamples[]> => {
  using started = new DisposableStack();
  const servers: NamedServer[] = [];
  for (const { name, site } of sites) {
    const server = started.use(await startWorkerd(site.config));
    await checkResponse(server, one, recording);
    servers.push({ name, server });
  }
  const target = { request: requestText(one.path, recording.fields), status: one.status };
  return await compareServers(load, servers, target, effort, random);
};

/**
 * Compares our worker and bare ones by a case, with new processes several times: one may be a tenth faster than another
 * of the same program for as long as it runs.
 */
const measure = async (
  one: Case,
  ourSite: SiteFolder,
  former: readonly NamedSite[],
  setup: Setup,
): Promise<readonly (readonly string[])[]> => {
  const recording = await recordOn(ourSite, one);
  const { found, notModified } = recording;
  using bareSite = await writeSite(bareWorker(found, notModified, "literal"));
  using readySite = await writeSite(bareWorker(found, notModified, "object"));
  const ours: NamedSite = { name: "feedwright", site: ourSite };
  const bare: readonly NamedSite[] = [
    { name: BARE, site: bareSite },
    { name: "bare, Headers ready", site: readySite },
  ];
  const sites = one.status === 226 ? [ours, ...former] : [ours, ...former, ...bare];
  const samples = new Map<string, LoadSample[]>(sites.map(({ name }) => [name, []]));
  for (let count = 0; count < setup.restarts; count++) {
    for (const server of await compareOnce(sites, one, recording, setup)) {
      samples.get(server.name)?.push(...server.samples);
    }
  }
  return rowsOf(
    one,
    recording,
    Array.from(samples, ([name, all]) => ({ name, samples: all })),
  );
};

/** How many requests a second our worker answers, beside the least that a worker can do for the same responses. */
export const requestsPart: Part = async ({ isQuick, before }) => {
  const restarts = isQuick ? 1 : 4;
  const effort: LoadEffort = isQuick
    ? { rounds: 3, milliseconds: 80, warmUpMilliseconds: 120, connections: 32 }
    : { rounds: 5, milliseconds: 400, warmUpMilliseconds: 1000, connections: 32 };
  const publication = await benchPublication(20, 20);
  using site = await writeSite(await ourWorker(publication));
  using formerSite = before === undefined ? undefined : await writeSite(await ourWorker(publication, before));
  const former: readonly NamedSite[] = formerSite === undefined ? [] : [{ name: "before", site: formerSite }];
  await using load = startLoadGenerator();
  const setup: Setup = { load, effort, random: randomFrom(1), restarts };
  const rows: (readonly string[])[] = [];
  for (const one of cases) rows.push(...(await measure(one, site, former, setup)));
  const head = ["answer: worker", "req/s", "min–max", "ratio to bare", "min–max", "CPU µs", "CPU ratio", "client busy"];
  return `## Requests per second in workerd

Our worker as it is deployed, with 20 stories, beside a worker that only compares If-None-Match with one string and sends the
same status, headers and bytes. Plain \`workerd serve\` on loopback, ${effort.connections} kept-alive connections without pipelining,
${restarts * effort.rounds} rounds of ${effort.milliseconds / 1000} s each, in random order, and new processes after every ${effort.rounds}. \`bare\` holds its headers as an object literal, \`Headers ready\` as a Headers object.
\`ratio\` is the median of the rounds' ratios of requests per second. \`CPU µs\` is the server's CPU time per request (Linux only),
\`CPU ratio\` what it says of speed on a machine that has nothing else to do. \`client busy\` near 1 would mean that the load generator is the limit.
226 is a delta of one story, made once; no bare worker makes any.
Goal: 0.9 of bare or more for 304, 200 identity and 200 gzip.

${table(head, rows)}
`;
};
