import { randomFrom } from "../input/random.ts";
import { type Spread, spreadOf } from "../measure/statistics.ts";
import { kilobytes, range, threeDigits } from "../report/numbers.ts";
import type { Part } from "../report/part.ts";
import { table } from "../report/table.ts";
import type { DeliveryRun } from "./delivery-run.ts";
import { type Measurements, measure } from "./measure.ts";

const CASES = [
  { stories: 20, secret: undefined },
  { stories: 20, secret: "open sesame" },
  { stories: 1, secret: undefined },
] as const;

const nameOf = ({ task: { stories, secret }, bytes }: Measurements): string =>
  `${stories === 1 ? "1 story" : `${stories} stories`}, ${kilobytes(bytes)}${secret === undefined ? "" : ", signed"}`;

const spreadOver = (runs: readonly DeliveryRun[], value: (run: DeliveryRun) => number): Spread =>
  spreadOf(runs.map(value));

const cells = (spread: Spread): readonly string[] => [threeDigits(spread.median), range(spread)];

const ratioOf = ({ ours, bare }: Measurements, value: (run: DeliveryRun) => number): Spread =>
  spreadOf(ours.flatMap((run, round) => bare.slice(round, round + 1).map((other) => value(run) / value(other))));

const megabytes = (bytes: number): string => (Number.isNaN(bytes) ? "n/a" : `${threeDigits(bytes / 1e6)} MB`);

const rateRow = (measurements: Measurements): readonly string[] => {
  const { ours, bare } = measurements;
  const cpu = (runs: readonly DeliveryRun[]): string => threeDigits(spreadOver(runs, (run) => run.cpu).median);
  return [
    nameOf(measurements),
    ...cells(spreadOver(ours, ({ rate }) => rate)),
    ...cells(spreadOver(bare, ({ rate }) => rate)),
    ...cells(ratioOf(measurements, ({ rate }) => rate)),
    ...[cpu(ours), cpu(bare)],
  ];
};

const countRow = (measurements: Measurements): readonly string[] => {
  const { ours, slow, status, subscribing } = measurements;
  const editions = [slow, ...ours];
  const total = (value: (run: DeliveryRun) => number): number => editions.reduce((sum, run) => sum + value(run), 0);
  return [
    nameOf(measurements),
    String(Math.max(...editions.map(({ arrivals }) => arrivals.maxConcurrent))),
    String(status.maxFetches),
    threeDigits(status.messages / editions.length),
    String(total(({ arrivals }) => arrivals.duplicates)),
    ...cells(spreadOver(ours, ({ first }) => first)),
    ...cells(spreadOver(ours, ({ last }) => last)),
    threeDigits(subscribing),
  ];
};

const memoryRows = (measurements: Measurements): readonly (readonly string[])[] => {
  const [before = Number.NaN, after = Number.NaN] = measurements.bareMemory;
  return [
    [`${nameOf(measurements)}: hub`, ...measurements.memory.map(megabytes)],
    [`${nameOf(measurements)}: bare`, megabytes(before), "", megabytes(after)],
  ];
};

/** What the hub delivers, beside a worker that does nothing else, and what that takes. */
export const pushPart: Part = async ({ isQuick }) => {
  const [subscribers, rounds, cases] = isQuick ? [100, 3, CASES.slice(1)] : [1000, 7, CASES];
  const random = randomFrom(1);
  const results: Measurements[] = [];
  for (const one of cases) results.push(await measure({ ...one, subscribers, rounds }, random));
  const busiest = Math.max(...results.flatMap(({ ours, bare }) => [...ours, ...bare].map((run) => run.arrivals.busy)));
  const many = subscribers.toLocaleString("en-US");
  return `## Push

One edition of the main feed to ${many} subscribers on loopback, whose server has a thread of its own. Our worker is a newsroom with its hub, run by
miniflare with its Durable Objects, its database and its queue on this machine. Beside it, in a workerd of its own, stands a bare worker that
loops \`fetch\` over the same callbacks from one request, 6 at a time, with the same body and headers (it signs, too, where ours does), and neither
knows of subscriptions nor cares what became of a delivery. ${rounds} rounds after one to warm up, in each of which both deliver once, chance deciding who comes first.

### Deliveries per second

From the arrival of the first delivery to that of the last; \`ratio\` is the median of the rounds' ratios to the bare worker. \`CPU\` is that of all of
workerd, per delivery: ours has the PUT, the database, rendering, the queue and the outbox in it. The sink was busy for ${(busiest * 100).toFixed(0)} % of the time at most${busiest > 0.8 ? ", so it limits these rates" : ""}.
Goal: a ratio of 0.5 or better.

${table(["edition", "hub: median", "min–max", "bare: median", "min–max", "ratio", "min–max", "hub: CPU µs", "bare: CPU µs"], results.map(rateRow))}

### Counts and times

\`at once\` is the most deliveries that were at the sink unanswered at the same time, while miniflare works on one message of the queue after the
other (Cloudflare works on several, each with 6 connections of its own): in these rounds, and in one more in which every subscriber takes 5 ms to answer.
\`fetches\` is the most requests to the outside that one invocation of the queue's consumer made, counted in the worker. \`twice\` counts deliveries to a callback that had
this edition already. Milliseconds go from sending a story (PUT) to the arrival of the first and of the last delivery. \`subscribed/s\` counts
subscriptions from POST /hub until they are verified and saved, 6 requests at once.
Goal: at most 6 at once and 40 fetches, none twice.

${table(["edition", "at once", "fetches", "messages", "twice", "PUT to first ms", "min–max", "to last ms", "min–max", "subscribed/s"], results.map(countRow))}

### Memory

Resident memory (VmRSS, Linux only) of workerd with all that miniflare runs in it: before anybody has subscribed, with ${many} subscribers, and after
${rounds + 1} editions to them. The bare worker keeps nothing, so what its workerd grows by is what workerd itself takes for as many requests.

${table(["edition", "before", "subscribed", "delivered"], results.flatMap(memoryRows))}
`;
};
